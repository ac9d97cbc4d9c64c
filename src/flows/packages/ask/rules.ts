import type { Json } from '../../../base/json.js';
import { type Decision, permit, refuse } from '../../../policy/decision.js';
import type { Capability, Tier } from '../../../policy/policy.js';
import { reasonProblem } from '../../../policy/reason.js';
import {
  type Answer,
  type AskedQuestion,
  choiceOnCard,
  readAnswers,
  type TypedAnswers,
} from './answer-rules.js';
import { type DatesTyped, readDates } from './date-rules.js';

/** What Entra asks for under one policy that applies to the person it is for. */
export interface AskRequirement {
  readonly policyId: string;
  readonly reasonRequired: boolean;
  readonly ownDates: boolean;
  /** ISO 8601 duration, a date, or empty: no end. */
  readonly lasts: string;
  readonly questions: readonly AskedQuestion[];
}

export interface AskFacts {
  readonly capability: Capability;
  readonly card: { readonly ref: string; readonly expired: boolean };
  readonly me: { readonly id: string; readonly guest: boolean };
  /** Who will have the access; `mine`: whether it is me, or somebody whose manager I am. */
  readonly target: {
    readonly id: string;
    readonly name: string;
    readonly mine: boolean;
    readonly guest: boolean;
  };
  readonly packageId: string;
  readonly packageName: string;
  /** The policy that was chosen, as Entra offers it at this moment; absent: it does not. */
  readonly requirement: AskRequirement | undefined;
  readonly tier: Tier;
  readonly tierBasis: readonly string[];
  /** The most that is asked for a guest (ms). */
  readonly guestLongest: number;
  readonly now: number;
  readonly timeZone: string;
  /** Ids of the requests for the package that Entra knew before: what is new afterwards is ours. */
  readonly earlier: readonly string[];
  readonly openRequest: boolean;
  /** They have it already; near its end it can be asked for again. */
  readonly held: { readonly endsSoon: boolean } | undefined;
  /** Names of what they have and would have to give back first. */
  readonly conflicts: readonly string[];
  readonly wish: Wish;
}

/** What was typed, as it was typed. */
export interface Wish extends DatesTyped {
  readonly reason: string;
  /** By question; those that cannot be changed hold the earlier answer, and are not asked for. */
  readonly answers: TypedAnswers;
}

export interface Problems {
  readonly form: string;
  readonly reason: string;
  readonly start: string;
  readonly end: string;
  /** By question. */
  readonly answers: Readonly<Record<string, string>>;
}

export const noProblems: Problems = { form: '', reason: '', start: '', end: '', answers: {} };

export interface AskArgs {
  readonly [key: string]: Json;
  readonly packageId: string;
  readonly packageName: string;
  readonly policyId: string;
  readonly targetId: string;
  /** Empty: for oneself. */
  readonly targetName: string;
  readonly reason: string;
  readonly answers: readonly Answer[];
  /** ISO; empty: at once. */
  readonly startsAt: string;
  /** ISO; empty: as the policy says. */
  readonly endsAt: string;
  readonly earlier: readonly string[];
  /** The form: one form makes one request, however often it is sent. */
  readonly ref: string;
}

/** What was typed, looked at once: patterns take time. */
export interface WishRead {
  readonly answers: readonly Answer[];
  readonly startsAt: string;
  readonly endsAt: string;
  readonly problems: Problems;
}

export function decideAsk(
  facts: AskFacts,
  read: WishRead = readWish(facts),
): Decision<'packages.ask', AskArgs> {
  const { requirement, held, target, tierBasis: basis } = facts;
  if (facts.capability !== 'act') return refuse('flows.off', ['flows.packages']);
  if (facts.card.expired) return refuse('flows.card-expired', []);
  if ((facts.me.guest || target.guest) && !facts.tier.guests.mayAsk)
    return refuse('packages.no-guests', basis);
  if (!target.mine) return refuse('packages.not-for-them', ['entra.manager']);
  if (facts.openRequest) return refuse('packages.asked-already', []);
  if (requirement === undefined) {
    return refuse(isForMe(facts) ? 'packages.may-not-ask' : 'packages.not-for-them', ['entra.policy']);
  }
  if (held !== undefined && !held.endsSoon) return refuse('packages.held', []);
  if (!canBeAsked(requirement.questions)) return refuse('packages.questions', ['entra.policy']);
  if (facts.conflicts.length > 0) return refuse('packages.conflict', ['entra.policy']);
  const { problems } = read;
  if (isOnlyReason(problems)) return refuse('packages.reason', [...basis, 'tier.reason']);
  if (hasProblem(problems)) return refuse('packages.form', [...basis, 'entra.policy']);
  return permit('packages.ask', argsOf(facts, requirement, read), [...basis, 'entra.policy']);
}

function argsOf(facts: AskFacts, requirement: AskRequirement, read: WishRead): AskArgs {
  const { answers, startsAt, endsAt } = read;
  return {
    packageId: facts.packageId,
    packageName: facts.packageName,
    policyId: requirement.policyId,
    targetId: facts.target.id,
    targetName: isForMe(facts) ? '' : facts.target.name,
    reason: facts.wish.reason,
    answers,
    startsAt,
    endsAt,
    earlier: facts.earlier,
    ref: facts.card.ref,
  };
}

/** Everything that is wrong with what was typed, so that nobody has to send a form once a mistake. */
export function readWish(facts: AskFacts): WishRead {
  const { tier, wish, requirement } = facts;
  if (requirement === undefined) return { answers: [], startsAt: '', endsAt: '', problems: noProblems };
  const dates = datesOf(facts, requirement);
  const read = readAnswers(requirement.questions, wish.answers);
  const needed = needsReason({ requirement, tier });
  const problems = {
    form: '',
    reason: needed ? (reasonProblem(tier, wish.reason) ?? '') : '',
    ...dates.problems,
    answers: read.problems,
  };
  return { answers: read.answers, startsAt: dates.startsAt, endsAt: dates.endsAt, problems };
}

function datesOf(facts: AskFacts, { ownDates, lasts }: AskRequirement) {
  const { now, timeZone, wish } = facts;
  const longest = facts.target.guest ? facts.guestLongest : undefined;
  const renews = facts.held !== undefined;
  return readDates({ own: ownDates, lasts, longest, renews, now, timeZone }, wish);
}

function isForMe({ me, target }: AskFacts): boolean {
  return me.id === target.id;
}

function isOnlyReason(problems: Problems): boolean {
  return problems.reason !== '' && !hasProblem({ ...problems, reason: '' });
}

export function hasProblem({ answers, ...others }: Problems): boolean {
  return Object.keys(answers).length > 0 || Object.values(others).some((problem) => problem !== '');
}

/** More, or longer ones, than a card of Teams has room for. */
const questionsAtMost = 20;
const bytesAtMost = 8500;
/** What a question and a choice take besides their words. */
const around = { question: 450, choice: 30 };

/** Of a kind we know, and few enough for a card. */
export function canBeAsked(questions: readonly AskedQuestion[]): boolean {
  if (questions.some(({ kind, required }) => kind === 'other' && required)) return false;
  const known = questions.filter(({ kind }) => kind !== 'other');
  const bytes = known.reduce((sum, question) => sum + sizeOf(question), 0);
  return known.length <= questionsAtMost && bytes <= bytesAtMost;
}

function sizeOf({ text, pattern, choices }: AskedQuestion): number {
  const words = choices.reduce(
    (sum, each) => sum + around.choice + choiceOnCard(each.value).length + Buffer.byteLength(each.text),
    0,
  );
  return around.question + Buffer.byteLength(text) + pattern.length + words;
}

/** Entra's own setting, or a tier that wants one anyway. */
export function needsReason({
  requirement,
  tier,
}: {
  readonly requirement: Pick<AskRequirement, 'reasonRequired'> | undefined;
  readonly tier: Tier;
}): boolean {
  return requirement?.reasonRequired === true || tier.reason.atLeast > 0;
}
