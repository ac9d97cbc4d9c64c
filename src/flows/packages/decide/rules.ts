import { type Decision, permit, refuse } from '../../../policy/decision.js';
import type { Capability, Tier } from '../../../policy/policy.js';

export type Verdict = 'Approve' | 'Deny';

export interface DecideFacts {
  readonly capability: Capability;
  readonly card: { readonly ref: string; readonly expired: boolean };
  readonly me: { readonly id: string; readonly guest: boolean };
  readonly request: {
    readonly id: string;
    readonly requestorId: string;
    readonly requestorName: string;
    readonly packageName: string;
    readonly reason: string;
    readonly pending: boolean;
  };
  /** The stage that waits for a decision, as the approver's own token shows it. */
  readonly stage: { readonly id: string; readonly assignedToMe: boolean } | undefined;
  readonly tier: Tier;
  readonly tierBasis: readonly string[];
  readonly comment: string;
  /** How many stages the policy has; deciding one of several comes with a card of its own. */
  readonly stages: number;
  /** Entra's policy wants the approver's words, whatever our tier says. */
  readonly commentRequired: boolean;
}

export interface DecideArgs {
  readonly [key: string]: string;
  readonly requestId: string;
  readonly stageId: string;
  readonly verdict: Verdict;
  readonly comment: string;
  readonly packageName: string;
  readonly requesterName: string;
  readonly reason: string;
}

export function decideStage<Verb extends 'packages.approve' | 'packages.deny'>(
  verb: Verb,
  facts: DecideFacts,
): Decision<Verb, DecideArgs> {
  const basis = facts.tierBasis;
  // Before anything else is even asked: nobody decides about themselves.
  if (facts.request.requestorId === facts.me.id)
    return refuse('packages.own-request', ['self-approval never']);
  if (facts.capability !== 'act') return refuse('flows.off', ['flows.packages']);
  if (!facts.request.pending) return refuse('packages.settled', []);
  if (facts.card.expired) return refuse('flows.card-expired', []);
  if (facts.stage?.assignedToMe !== true) return refuse('packages.not-approver', ['entra.stage']);
  if (facts.stages > 1) return refuse('packages.many-stages', ['entra.policy']);
  if (facts.me.guest && !facts.tier.guests.mayApprove) return refuse('packages.no-guest-approver', basis);
  const verdict = verb === 'packages.approve' ? 'Approve' : 'Deny';
  if (commentMissing(facts, verdict)) return refuse('packages.comment', [...basis, 'tier.approverComment']);
  const { id: requestId, packageName, requestorName: requesterName, reason } = facts.request;
  const about = { packageName, requesterName, reason };
  const args: DecideArgs = { requestId, stageId: facts.stage.id, verdict, comment: facts.comment, ...about };
  return permit(verb, args, [...basis, 'entra.stage']);
}

function commentMissing(facts: DecideFacts, verdict: Verdict): boolean {
  if (facts.comment.trim() !== '') return false;
  if (facts.commentRequired || facts.tier.approverComment === 'always') return true;
  return facts.tier.approverComment === 'on-deny' && verdict === 'Deny';
}
