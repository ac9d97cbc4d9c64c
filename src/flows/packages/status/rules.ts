import type { Json } from '../../../base/json.js';
import { type Decision, permit, refuse } from '../../../policy/decision.js';
import type { Capability } from '../../../policy/policy.js';

/** What the card still has to say about the request while something is done to it. */
export interface Snapshot {
  readonly [key: string]: Json;
  readonly id: string;
  readonly state: string;
  readonly packageId: string;
  readonly packageName: string;
  readonly justification: string;
  readonly createdAt: string;
}

export interface CancelFacts {
  readonly capability: Capability;
  readonly card: { readonly ref: string; readonly expired: boolean };
  /** As Entra shows it to its requester now. */
  readonly request: Snapshot;
}

export interface CancelArgs {
  readonly [key: string]: Json;
  readonly request: Snapshot;
  readonly ref: string;
}

const cancellable = ['submitted', 'pendingApproval', 'scheduled'];

export function decideCancel({
  capability,
  card,
  request,
}: CancelFacts): Decision<'packages.cancel', CancelArgs> {
  if (capability !== 'act') return refuse('flows.off', ['flows.packages']);
  if (card.expired) return refuse('flows.card-expired', []);
  if (!cancellable.includes(request.state)) return refuse('packages.not-open', []);
  return permit('packages.cancel', { request, ref: card.ref }, ['own request']);
}

export interface ReprocessFacts {
  readonly capability: Capability;
  /** It was to be taken away. */
  readonly removal: boolean;
  readonly request: { readonly id: string; readonly state: string; readonly completedAt: string };
  readonly packageName: string;
  readonly personName: string;
  readonly justification: string;
  readonly createdAt: string;
  /** How often that was done before. */
  readonly tries: number;
  readonly ref: string;
  readonly now: number;
  /** So long after the failure Entra takes it. */
  readonly within: number;
}

export interface ReprocessArgs {
  readonly [key: string]: Json;
  readonly removal: boolean;
  readonly requestId: string;
  readonly state: string;
  readonly completedAt: string;
  readonly packageName: string;
  readonly personName: string;
  readonly justification: string;
  readonly createdAt: string;
  readonly tries: number;
  readonly ref: string;
}

export function decideReprocess(facts: ReprocessFacts): Decision<'packages.reprocess', ReprocessArgs> {
  const { request, removal, packageName, personName, justification, createdAt, tries, ref } = facts;
  if (facts.capability !== 'act') return refuse('flows.off', ['flows.packages']);
  if (!['deliveryFailed', 'partiallyDelivered'].includes(request.state)) {
    return refuse('packages.not-failed', []);
  }
  const failed = Date.parse(request.completedAt);
  if (!Number.isNaN(failed) && facts.now > failed + facts.within) {
    return refuse('packages.too-late-to-retry', ['entra.rule']);
  }
  const { id: requestId, state, completedAt } = request;
  const about = { removal, packageName, personName, justification, createdAt };
  // Whether this person may is for Entra to say.
  return permit('packages.reprocess', { requestId, state, completedAt, ...about, tries, ref }, [
    'entra.role',
  ]);
}
