import { userById } from '../../graph/directory.js';
import type { PackageInfo, RequestInfo } from '../../graph/entitlement.js';
import type { Policy, Tier } from '../../policy/policy.js';
import { tierOf } from '../../policy/tier-of.js';
import type { CardRow } from '../../store/schema.js';
import type { Turn } from '../turn.js';

const openStates = ['submitted', 'pendingApproval', 'delivering', 'scheduled'];

/** Entra still works on it, or somebody has to decide it. */
export function isOpen(request: Pick<RequestInfo, 'state'>): boolean {
  return openStates.includes(request.state);
}

export interface Offer extends PackageInfo {
  readonly tier: Tier;
  readonly openRequest: RequestInfo | undefined;
}

export function offers(
  policy: Policy,
  offered: readonly PackageInfo[],
  mine: readonly RequestInfo[],
): readonly Offer[] {
  return offered.map((each) => ({
    ...each,
    tier: packageTier(policy, each).tier,
    openRequest: mine.find((request) => request.packageId === each.id && isOpen(request)),
  }));
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
