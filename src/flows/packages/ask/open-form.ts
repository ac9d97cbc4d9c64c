import type { Held, RequestInfo } from '../../../graph/entitlement.js';
import { flowError } from '../../errors.js';
import type { Outcome } from '../../flow.js';
import type { Turn } from '../../turn.js';
import type { AskView } from '../cards/ask-views.js';
import { packagesError } from '../errors.js';
import { endsSoon, heldOf, openRequestFor } from '../offers.js';
import { openStatus } from '../status/open-status.js';
import { conflictsFor } from './conflicts.js';
import { earlierAnswers, fixedAmong } from './earlier.js';
import { readMine, requestsFor } from './facts.js';
import { formCard } from './form-card.js';
import { newForm } from './new-form.js';
import { policiesCard } from './policies-card.js';
import { canBeAsked, noProblems, type Wish } from './rules.js';
import { isMe, type Target, targetOf, type Way, waysFor } from './ways.js';

export interface FormWanted {
  readonly packageId: string;
  /** Absent: the only one there is, or the reader's choice of several. */
  readonly policyId?: string | undefined;
  /** Object id of whom it is for; absent: oneself. */
  readonly person?: string | undefined;
  /** What is to last longer; its own policy is taken where Entra still offers it. */
  readonly extends?: Held;
  /** Taken where Entra still offers it. */
  readonly prefers?: string | undefined;
  /** What was typed the last time. */
  readonly typed?: Wish;
  /** Further packages that fit what was written. */
  readonly others?: AskView['others'];
}

/** The form of one package; or, where it was asked for already, how that stands; or first the choice of a policy. */
export async function openForm(turn: Turn, wanted: FormWanted): Promise<Outcome> {
  const packageId = wanted.packageId.toLowerCase();
  const [target, mine] = await Promise.all([targetOf(turn, wanted.person), readMine(turn)]);
  if (!target.mine) throw packagesError('packages.not-for-them');
  const forMe = isMe(turn, target);
  const same = (await requestsFor(turn, target, mine.requests)).filter(
    (each) => each.packageId === packageId,
  );
  const open = openRequestFor(packageId, same);
  if (open !== undefined) return openStatus(turn, open);
  if (turn.services.policy.flows.packages !== 'act') throw flowError('flows.off');
  const held = forMe ? (heldOf(packageId, mine.held) ?? wanted.extends) : undefined;
  if (held !== undefined && !endsSoon(turn.services.policy, held, turn.services.clock.now().getTime())) {
    throw packagesError('packages.held');
  }
  const ways = await waysFor(turn, packageId, target);
  if (ways.length === 0 && forMe) throw packagesError('packages.may-not-ask');
  // Entra may still let them in the portal, so the card leads there.
  if (ways.length === 0) return policiesCard(turn, { packageId, target, ways });
  const way = chosenWay(ways, wanted);
  if (way === undefined) return policiesCard(turn, { packageId, target, ways });
  if (!canBeAsked(way.questions)) throw packagesError('packages.questions');
  const conflicts = await conflictsFor(turn, packageId, forMe ? mine.held : []);
  return showForm(turn, { ...wanted, packageId }, { target, way, ways, held, same, conflicts });
}

/** Undefined: the reader chooses. A policy that was named and is not offered any more is no choice of ours. */
function chosenWay(
  ways: readonly Way[],
  { policyId, prefers, extends: extended }: FormWanted,
): Way | undefined {
  if (policyId !== undefined) {
    const named = ways.find((way) => way.policyId === policyId.toLowerCase());
    if (named === undefined) throw packagesError('packages.may-not-ask');
    return named;
  }
  const preferred = prefers ?? extended?.policyId;
  return ways.length === 1 ? ways[0] : ways.find((way) => way.policyId === preferred);
}

interface Found {
  readonly target: Target;
  readonly way: Way;
  readonly ways: readonly Way[];
  readonly held: Held | undefined;
  readonly same: readonly RequestInfo[];
  readonly conflicts: Awaited<ReturnType<typeof conflictsFor>>;
}

async function showForm(turn: Turn, wanted: FormWanted, found: Found): Promise<Outcome> {
  const { target, way, ways, held, conflicts } = found;
  const earlier = earlierAnswers(found.same);
  const { reason = '', startDate = '', endDate = '', answers = earlier } = wanted.typed ?? {};
  const fixed = fixedAmong(way.questions, found.same, held);
  const ref = await newForm(turn, wanted.packageId, target);
  const card = await formCard(turn.services, {
    ref,
    packageId: wanted.packageId,
    target,
    way,
    ways: ways.length,
    held,
    typed: { reason, startDate, endDate, answers: new Map([...earlier, ...answers, ...fixed]) },
    fixed,
    conflicts,
    problems: noProblems,
    others: wanted.others ?? [],
    language: turn.language,
  });
  return { kind: 'card', card, ref };
}
