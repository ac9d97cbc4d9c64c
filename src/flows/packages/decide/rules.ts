import { type Decision, permit, refuse } from '../../../policy/decision.js';
import type { Capability, Tier } from '../../../policy/policy.js';

export type Verdict = 'Approve' | 'Deny';

export interface DecideFacts {
  readonly capability: Capability;
  /** `stage`: the one it was made for, counted from 0. */
  readonly card: { readonly ref: string; readonly expired: boolean; readonly stage: number };
  readonly me: { readonly id: string; readonly guest: boolean };
  readonly request: {
    readonly id: string;
    readonly packageId: string;
    readonly requestorId: string;
    readonly targetId: string;
    readonly targetName: string;
    readonly packageName: string;
    readonly reason: string;
    readonly askedAt: string;
    readonly pending: boolean;
  };
  /** How many stages are decided, by all that is known. */
  readonly decided: number;
  /** How many the policy has. */
  readonly stages: number;
  /** The stage that waits for a decision, as the approver's own token shows it. */
  readonly stage: { readonly id: string; readonly index: number; readonly assignedToMe: boolean } | undefined;
  readonly tier: Tier;
  readonly tierBasis: readonly string[];
  readonly comment: string;
  /** Entra's rule for this stage wants the approver's words, whatever our tier says. */
  readonly commentRequired: boolean;
}

export interface DecideArgs {
  readonly [key: string]: string | number;
  readonly requestId: string;
  readonly stageId: string;
  /** Counted from 0. */
  readonly stage: number;
  readonly stages: number;
  readonly verdict: Verdict;
  readonly comment: string;
  readonly packageName: string;
  readonly requesterName: string;
  readonly reason: string;
  readonly askedAt: string;
}

export function decideStage<Verb extends 'packages.approve' | 'packages.deny'>(
  verb: Verb,
  facts: DecideFacts,
): Decision<Verb, DecideArgs> {
  const { request, me, stage, card, tierBasis: basis } = facts;
  // Before anything else is even asked: nobody decides about themselves.
  if (request.requestorId === me.id) return refuse('packages.own-request', ['self-approval never']);
  if (request.targetId === me.id) return refuse('packages.own-access', ['self-approval never']);
  if (facts.capability !== 'act') return refuse('flows.off', ['flows.packages']);
  if (!request.pending) return refuse('packages.settled', []);
  // Whoever decides at the next stage too has read the card of this one only.
  if (facts.decided > card.stage) return refuse('packages.stage-over', ['entra.stage']);
  if (card.expired) return refuse('flows.card-expired', []);
  if (stage?.assignedToMe !== true || stage.index !== card.stage)
    return refuse('packages.not-approver', ['entra.stage']);
  if (me.guest && !facts.tier.guests.mayApprove) return refuse('packages.no-guest-approver', basis);
  const verdict = verb === 'packages.approve' ? 'Approve' : 'Deny';
  const missing = wordMissing(facts, verdict);
  if (missing !== undefined) return refuse('packages.comment', [...basis, missing]);
  return permit(verb, argsOf(facts, stage, verdict), [...basis, 'entra.stage']);
}

function argsOf(
  { request, stages, comment }: DecideFacts,
  stage: { readonly id: string; readonly index: number },
  verdict: Verdict,
): DecideArgs {
  return {
    requestId: request.id,
    stageId: stage.id,
    stage: stage.index,
    stages,
    verdict,
    comment,
    packageName: request.packageName,
    requesterName: request.targetName,
    reason: request.reason,
    askedAt: request.askedAt,
  };
}

/** Which rule wants a word that is not there. */
function wordMissing({ comment, commentRequired, tier }: DecideFacts, verdict: Verdict): string | undefined {
  if (comment.trim() !== '') return undefined;
  if (commentRequired) return 'entra.stage';
  const wanted =
    tier.approverComment === 'always' || (tier.approverComment === 'on-deny' && verdict === 'Deny');
  return wanted ? 'tier.approverComment' : undefined;
}
