import {
  type Held,
  myHeld,
  myRequests,
  type PackageInfo,
  packageById,
  type RequestInfo,
  requestsIMade,
} from '../../../graph/entitlement.js';
import type { CardRow } from '../../../store/schema.js';
import { cardFacts } from '../../known-card.js';
import type { Turn } from '../../turn.js';
import { asksForAccess, endsSoon, heldOf, itemId, openRequestFor, packageTier, readMe } from '../offers.js';
import type { TypedAnswers } from './answer-rules.js';
import { conflictsFor } from './conflicts.js';
import { fixedAmong } from './earlier.js';
import { personOfForm } from './new-form.js';
import type { AskFacts, Wish } from './rules.js';
import { isMe, type Target, targetOf, type Way, waysFor } from './ways.js';

export interface AskReading {
  readonly facts: AskFacts;
  readonly offer: PackageInfo;
  readonly target: Target;
  readonly way: Way | undefined;
  readonly ways: number;
  readonly held: Held | undefined;
  readonly fixed: TypedAnswers;
  /** What this form, or an earlier one, already became. */
  readonly request: RequestInfo | undefined;
}

/** What this person may ask for with this form, as Entra tells it at this moment. */
export async function readAskFacts(
  turn: Turn,
  row: CardRow,
  { policy, wish }: { readonly policy: string | undefined; readonly wish: Wish },
): Promise<AskReading> {
  const { services } = turn;
  const packageId = itemId(row);
  const [me, offer, mine, target] = await Promise.all([
    readMe(turn),
    packageById(services.graph.reader(turn.reference), packageId),
    readMine(turn),
    targetOf(turn, personOfForm(row)),
  ]);
  const ways = await waysFor(turn, packageId, target);
  const way = policy === undefined ? only(ways) : ways.find(({ policyId }) => policyId === policy);
  const forMe = isMe(turn, target);
  const same = (await requestsFor(turn, target, mine.requests)).filter(
    (each) => each.packageId === packageId,
  );
  const held = forMe ? heldOf(packageId, mine.held) : undefined;
  const request = openRequestFor(packageId, same);
  const { tier, basis } = packageTier(services.policy, offer);
  const now = services.clock.now().getTime();
  const fixed = fixedAmong(way?.questions ?? [], same, held);
  const facts: AskFacts = {
    capability: services.policy.flows.packages,
    card: cardFacts(turn, row),
    me,
    target: { ...target, guest: target.guest ?? me.guest },
    packageId,
    packageName: offer.name,
    // What stays as it was is neither checked by today's rules nor sent.
    requirement: way && { ...way, questions: way.questions.filter(({ id }) => !fixed.has(id)) },
    tier,
    tierBasis: basis,
    guestLongest: services.policy.packages.guestLongest,
    now,
    timeZone: services.policy.notices.timeZone,
    earlier: same.map(({ id }) => id),
    openRequest: request !== undefined,
    held: held && { endsSoon: endsSoon(services.policy, held, now) },
    conflicts: forMe ? (await conflictsFor(turn, packageId, mine.held)).had : [],
    wish: { ...wish, answers: new Map([...wish.answers, ...fixed]) },
  };
  return { facts, offer, target, way, ways: ways.length, held, fixed, request };
}

export async function readMine({ graph }: Turn) {
  const [requests, held] = await Promise.all([myRequests(graph), myHeld(graph)]);
  return { requests, held };
}

/** For somebody else only what the reader asked for is seen; whatever else there is, Entra knows. */
export async function requestsFor(
  turn: Turn,
  target: Pick<Target, 'id'>,
  mine: readonly RequestInfo[],
): Promise<readonly RequestInfo[]> {
  const all = isMe(turn, target)
    ? mine
    : (await requestsIMade(turn.graph)).filter(({ targetId }) => targetId === target.id);
  return all.filter(asksForAccess);
}

/** A card from before there were several has named none. */
function only(ways: readonly Way[]): Way | undefined {
  return ways.length === 1 ? ways[0] : undefined;
}
