import { userById } from '../../graph/directory.js';
import type { Held, PackageInfo, RequestInfo } from '../../graph/entitlement.js';
import type { Policy, Tier } from '../../policy/policy.js';
import { tierOf } from '../../policy/tier-of.js';
import type { CardRow } from '../../store/schema.js';
import type { Turn } from '../turn.js';

const openStates = ['submitted', 'pendingApproval', 'delivering', 'scheduled'];

/** Entra still works on it, or somebody has to decide it. */
export function isOpen(request: Pick<RequestInfo, 'state'>): boolean {
  return openStates.includes(request.state);
}

/** For access, not for the end of it: giving back is a request as well. */
export function asksForAccess({ type }: Pick<RequestInfo, 'type'>): boolean {
  return !/remove/i.test(type);
}

const heldStates = ['delivering', 'partiallyDelivered', 'delivered'];

export function isHeld({ state }: Pick<Held, 'state'>): boolean {
  return heldStates.includes(state);
}

/** Near enough to its end to be told of it, and to ask for longer. */
export function endsSoon(policy: Policy, { endsAt }: Pick<Held, 'endsAt'>, now: number): boolean {
  return endsAt !== '' && Date.parse(endsAt) - now <= Math.max(0, ...policy.packages.notices);
}

export interface Offer extends PackageInfo {
  readonly tier: Tier;
  readonly openRequest: RequestInfo | undefined;
  /** What the person has of it now; the one that lasts longest. */
  readonly held: Held | undefined;
}

export function offers(
  policy: Policy,
  offered: readonly PackageInfo[],
  mine: { readonly requests: readonly RequestInfo[]; readonly held: readonly Held[] },
): readonly Offer[] {
  return offered.map((each) => ({
    ...each,
    tier: packageTier(policy, each).tier,
    openRequest: openRequestFor(each.id, mine.requests),
    held: heldOf(each.id, mine.held),
  }));
}

export function openRequestFor(packageId: string, requests: readonly RequestInfo[]): RequestInfo | undefined {
  return requests.find(
    (request) => request.packageId === packageId && asksForAccess(request) && isOpen(request),
  );
}

export function heldOf(packageId: string, held: readonly Held[]): Held | undefined {
  const end = ({ endsAt }: Held): string => (endsAt === '' ? '9999' : endsAt);
  return held
    .filter((each) => each.packageId === packageId && isHeld(each))
    .sort((a, b) => end(b).localeCompare(end(a)))[0];
}

export function packageTier(policy: Policy, { id, catalogId }: Pick<PackageInfo, 'id' | 'catalogId'>) {
  return tierOf(policy, { kind: 'package', id, ...(catalogId === undefined ? {} : { catalogId }) });
}

export function itemId(row: CardRow): string {
  return row.item.slice(row.item.indexOf(':') + 1);
}

export async function readMe(turn: Turn) {
  const reader = turn.services.graph.reader(turn.reference);
  const me = await userById(reader, turn.actor.objectId);
  return { id: turn.actor.objectId, guest: me.guest };
}
