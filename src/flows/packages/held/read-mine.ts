import {
  type Held,
  listRequestable,
  myHeld,
  myRequests,
  packagesByIds,
  type RequestInfo,
} from '../../../graph/entitlement.js';
import type { Turn } from '../../turn.js';
import type { HeldExtras } from '../cards/held-card.js';
import { asksForAccess, isOpen, packageTier } from '../offers.js';
import { readOpens } from '../status/opens.js';
import { orElse } from '../status/or-else.js';
import { endOf } from './notices.js';

export interface Mine {
  /** What ends first comes first. */
  readonly held: readonly Held[];
  /** Packages of which an extension has been asked for. */
  readonly asked: ReadonlySet<string>;
  /** Packages that are being given back. */
  readonly removing: ReadonlySet<string>;
  /** Packages that this person may ask for; undefined: it could not be read. */
  readonly requestable: ReadonlySet<string> | undefined;
}

/** All that this person holds, and what is under way about it, with their own token. */
export async function readMine(turn: Turn): Promise<Mine> {
  const { graph, services } = turn;
  const [all, requests, requestable] = await Promise.all([
    myHeld(graph),
    orElse(services, () => myRequests(graph), []),
    orElse(services, () => listRequestable(graph), undefined),
  ]);
  const open = requests.filter(isOpen);
  const packagesOf = (which: readonly RequestInfo[]) => new Set(which.map(({ packageId }) => packageId));
  return {
    held: all.filter(isCurrent).sort((a, b) => ordered(a, b)),
    asked: packagesOf(open.filter(asksForAccess)),
    removing: packagesOf(open.filter(isRemoval)),
    requestable: requestable && new Set(requestable.map(({ id }) => id)),
  };
}

/** What the cards say about each of these. */
export async function extrasOf(
  { services, reference }: Turn,
  mine: Mine,
  held: readonly Held[],
): Promise<(held: Held) => HeldExtras> {
  const ids = [...new Set(held.map(({ packageId }) => packageId))];
  const reader = services.graph.reader(reference);
  const [opens, packages] = await Promise.all([
    readOpens(services, ids),
    orElse(services, () => packagesByIds(reader, ids), []),
  ]);
  return ({ packageId: id }) => {
    const known = packages.find((each) => each.id === id) ?? { id, catalogId: undefined };
    return {
      tier: packageTier(services.policy, known).tier.name,
      opens: opens.get(id) ?? [],
      asked: mine.asked.has(id),
      removing: mine.removing.has(id),
      extendable: mine.requestable?.has(id) ?? false,
    };
  };
}

export function isRemoval(request: Pick<RequestInfo, 'type'>): boolean {
  return !asksForAccess(request);
}

/** Still in this person's hands, or on its way there. */
export function isCurrent({ state }: Pick<Held, 'state'>): boolean {
  return ['delivering', 'partiallyDelivered', 'delivered', 'deliveryFailed'].includes(state);
}

function ordered(a: Held, b: Held): number {
  const [first, second] = [endOf(a), endOf(b)];
  return first === second ? a.packageName.localeCompare(b.packageName) : first < second ? -1 : 1;
}
