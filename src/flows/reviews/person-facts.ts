import { day, second } from '../../base/clock.js';
import { within } from '../../base/sleep.js';
import {
  type DecisionInfo,
  decisionPages,
  instancesOf,
  myDecisions,
  myInstances,
  type ReviewStage,
} from '../../graph/access-review.js';
import { deliveredAssignments, grantingAmong, type HeldPackage } from '../../graph/entitlement.js';
import { graphError } from '../../graph/errors.js';
import type { GraphReader } from '../../graph/graph.js';
import { type Belonging, belongings, nestedGroups } from '../../graph/membership.js';
import type { Turn } from '../turn.js';
import { lookBackDays, verdictView } from './cards/item-views.js';
import type { AdviceView, FactsView, VerdictView } from './cards/views.js';
import type { Reading } from './facts.js';

export interface PersonFacts {
  readonly facts: FactsView;
  readonly advice: AdviceView;
  readonly earlier: VerdictView;
  /** A package that brings the access back, or empty. */
  readonly wayBack: string;
}

/**
 * All that is known about one person in one review. Each part may be missing without taking the others along: a
 * fact that cannot be read is said to be missing, and the person can still be decided about.
 */
export async function readPersonFacts(
  turn: Turn,
  reading: Reading,
  item: DecisionInfo,
): Promise<PersonFacts> {
  const { principal } = item;
  const reader = turn.services.graph.reader(turn.reference);
  const orUnknown = missing(turn);
  // The bot sees more of the directory than a guest may.
  const { guest } = reading.facts.me;
  const [belonging, access, last, earlier] = await Promise.all([
    principal.kind === 'user' && !guest
      ? orUnknown(belongings(reader, [principal.id]).then((all) => all.get(principal.id)))
      : undefined,
    guest ? undefined : orUnknown(readAccess(turn, reading, item)),
    orUnknown(lastTime(turn, reading, item)),
    orUnknown(earlierStage(turn, reading, item)),
  ]);
  return {
    facts: {
      ...personView(item, belonging),
      ...howView(reading, belonging, access),
      ...signInView(item),
      outlier: item.outlier === undefined ? 'unknown' : yesNo(item.outlier),
      ...lastView(last),
    },
    advice: adviceOf(reading, item, turn.services.clock.now()),
    earlier: verdictView(earlier, turn.actor.objectId),
    wayBack: turn.services.policy.flows.packages === 'off' ? '' : reading.about.wayBack,
  };
}

const longestMs = 3 * second;

/** A log line instead of a card that fails, or that comes too late: the reviewer sees that this is not known. */
function missing({ services, reference }: Turn) {
  const tell = (error: unknown): void =>
    services.log.warn({ error, reference }, 'a fact about a person could not be read');
  return async <T>(work: Promise<T>): Promise<T | undefined> => {
    try {
      const known = await within(work, { ms: longestMs, sleep: services.sleep, afterwards: tell });
      return known.kind === 'done' ? known.value : undefined;
    } catch (error) {
      tell(error);
      return undefined;
    }
  };
}

export function signInView({ lastSignIn }: DecisionInfo): Pick<FactsView, 'signIn' | 'lastSignInAt'> {
  if (lastSignIn === undefined) return { signIn: 'unknown', lastSignInAt: '' };
  return lastSignIn.kind === 'never'
    ? { signIn: 'never', lastSignInAt: '' }
    : { signIn: 'at', lastSignInAt: lastSignIn.at };
}

function personView({ principal }: DecisionInfo, belonging: Belonging | undefined) {
  const user = belonging?.user;
  return {
    kind: principal.kind === 'service' ? 'service' : belonging?.gone === true ? 'gone' : 'user',
    guest: user?.guest ?? false,
    sponsors: belonging?.sponsors?.join(', ') ?? '',
    sponsorsKnown: belonging?.sponsors !== undefined,
    jobTitle: user?.jobTitle ?? '',
    department: user?.department ?? '',
    manager: belonging?.manager ?? '',
    managerKnown: belonging?.manager !== undefined,
    enabled: user === undefined ? 'unknown' : yesNo(user.enabled),
  } as const;
}

function yesNo(value: boolean): 'yes' | 'no' {
  return value ? 'yes' : 'no';
}

interface Access {
  /** Groups inside the reviewed one. */
  readonly nested: readonly { readonly id: string; readonly name: string }[];
  /** The package they have it through. */
  readonly through: HeldPackage | undefined;
}

async function readAccess(turn: Turn, { about }: Reading, { principal }: DecisionInfo): Promise<Access> {
  const reader = turn.services.graph.reader(turn.reference);
  const isGroup = about.kind === 'group' || about.kind === 'pim-group';
  const [nested, held] = await Promise.all([
    isGroup ? nestedGroups(reader, about.id) : [],
    isGroup || about.kind === 'package' ? packagesOf(reader, principal) : [],
  ]);
  const ids = held.map(({ packageId }) => packageId);
  const bringing =
    isGroup && ids.length > 0 ? await grantingAmong(reader, ids, about.id) : new Set([about.id]);
  return { nested, through: held.find(({ packageId }) => bringing.has(packageId)) };
}

/** Not to know what somebody holds is not to know how they came in. */
async function packagesOf(
  reader: GraphReader,
  { kind, id }: DecisionInfo['principal'],
): Promise<readonly HeldPackage[]> {
  if (kind !== 'user') return [];
  const held = (await deliveredAssignments(reader, [id])).get(id);
  if (held === undefined) throw graphError('graph.unavailable');
  return held;
}

/** Also direct and through a package: a package puts people straight into the group, so it is asked first. */
function howView(
  { about }: Reading,
  belonging: Belonging | undefined,
  access: Access | undefined,
): Pick<FactsView, 'how' | 'howName' | 'sinceAt'> {
  const none = { how: 'unknown', howName: '', sinceAt: '' } as const;
  if (access?.through !== undefined) {
    return { how: 'package', howName: access.through.packageName, sinceAt: access.through.since };
  }
  if (belonging?.groups === undefined || access === undefined) return none;
  const groups = new Set(belonging.groups.map(({ id }) => id));
  if (groups.has(about.id)) return { how: 'direct', howName: '', sinceAt: '' };
  const between = access.nested.find(({ id }) => groups.has(id));
  return between === undefined ? none : { how: 'group', howName: between.name, sinceAt: '' };
}

type Last = { readonly kind: 'first' } | { readonly kind: 'decided'; readonly item: DecisionInfo };

/** The same person in the review before this one. Undefined: Entra does not show it to this reviewer. */
async function lastTime(
  turn: Turn,
  { place, review }: Reading,
  item: DecisionInfo,
): Promise<Last | undefined> {
  const ids = [place.definitionId];
  const [every, own] = await Promise.all([instancesOf(turn.graph, ids), myInstances(turn.graph, ids)]);
  const all = every.get(place.definitionId);
  if (all === undefined) return undefined;
  const current = all.find(({ id }) => id === review.instance_id);
  const before = all
    .filter(({ id, endsAt }) => id !== review.instance_id && endsAt <= (current?.startsAt ?? endsAt))
    .sort((one, other) => other.endsAt.localeCompare(one.endsAt))[0];
  if (before === undefined) return { kind: 'first' };
  // Of a review that was somebody else's their list is empty, and an empty list says nothing.
  if (own.get(place.definitionId)?.some(({ id }) => id === before.id) !== true) return undefined;
  const query = { principalId: item.principal.id, top: 20 };
  const { items } = await myDecisions(
    turn.graph,
    { definitionId: place.definitionId, instanceId: before.id },
    query,
  );
  const same = items.find(({ principal }) => principal.id === item.principal.id);
  if (same !== undefined) return { kind: 'decided', item: same };
  // A service that does not know the filter leaves it out, and answers with others.
  return items.length === 0 ? { kind: 'first' } : undefined;
}

function lastView(last: Last | undefined) {
  const decided = last?.kind === 'decided' ? last.item : undefined;
  const wasDecided = decided !== undefined && decided.decision !== 'NotReviewed';
  return {
    lastKnown: last !== undefined,
    lastDecision: decided?.decision ?? '',
    lastBy: wasDecided ? (decided.reviewedBy?.name ?? '') : '',
    lastAt: wasDecided ? (decided.reviewedAt ?? '') : '',
  };
}

/** What the stage before said about this person, where the review lets later reviewers see it. */
async function earlierStage(
  turn: Turn,
  { place, stages, definition }: Reading,
  { principal }: DecisionInfo,
): Promise<DecisionInfo | undefined> {
  const before = stageBefore(stages, place.stageId);
  if (before === undefined || !definition.settings.earlierShown) return undefined;
  const there = { ...place, stageId: before.id };
  for await (const page of decisionPages(turn.graph, there, { principalId: principal.id })) {
    const same = page.find((each) => each.principal.id === principal.id);
    if (same !== undefined) return same;
  }
  return undefined;
}

function stageBefore(stages: readonly ReviewStage[], stageId: string | undefined): ReviewStage | undefined {
  const inOrder = [...stages].sort((one, other) => one.startsAt.localeCompare(other.startsAt));
  return inOrder[inOrder.findIndex(({ id }) => id === stageId) - 1];
}

/** Entra gives a word and not its reason. One is named only where the facts on the card are one. */
export function adviceOf(
  { definition }: Pick<Reading, 'definition'>,
  { recommendation, lastSignIn, outlier }: DecisionInfo,
  now: Date,
): AdviceView {
  const { recommendations, lookBack } = definition.settings;
  const days = lookBackDays(lookBack);
  const known = recommendation === 'Approve' || recommendation === 'Deny';
  const shown = recommendations && known ? recommendation : '';
  const since = now.getTime() - days * day;
  const at = lastSignIn?.kind === 'at' ? Date.parse(lastSignIn.at) : Number.NaN;
  const active = Number.isNaN(at) ? undefined : at >= since;
  const inactive = lastSignIn?.kind === 'never' || active === false;
  const because = {
    Deny: outlier === true ? 'outlier' : inactive ? 'inactive' : '',
    Approve: active === true ? 'active' : '',
    '': '',
  } as const;
  return { recommendation: shown, because: because[shown], lookBackDays: days };
}
