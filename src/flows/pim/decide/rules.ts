import { type GuardedDecision, permit, refuse, stepUp } from '../../../policy/decision.js';
import type { Capability, Tier } from '../../../policy/policy.js';

type Snapshot = Readonly<Record<string, string | number>>;

export type Word = 'Approve' | 'Deny';

export interface DecideFacts {
  readonly capability: Capability;
  readonly card: { readonly ref: string; readonly expired: boolean };
  readonly me: { readonly id: string; readonly guest: boolean };
  readonly request: {
    readonly id: string;
    readonly approvalId: string;
    readonly personId: string;
    /** All that is known of it, for the record and the card. */
    readonly as: Snapshot;
    /** As the approver's own token shows it at this moment. */
    readonly waits: boolean;
    /** It was decided, taken back or ran out: Entra shows it to nobody as waiting. */
    readonly settled: boolean;
  };
  /** The step that waits for a decision; undefined: Entra shows this person none. */
  readonly step: { readonly id: string; readonly assignedToMe: boolean } | undefined;
  readonly tier: Tier;
  readonly tierBasis: readonly string[];
  readonly contexts: readonly string[];
  readonly comment: string;
  /** Entra's own rules want the approver's words, whatever our tier says. */
  readonly commentRequired: boolean;
}

export interface DecideArgs {
  readonly [key: string]: string | Snapshot;
  readonly activation: Snapshot;
  readonly approvalId: string;
  readonly stepId: string;
  readonly word: Word;
  readonly comment: string;
}

export function decideRequest<Verb extends 'pim.approve' | 'pim.deny'>(
  verb: Verb,
  facts: DecideFacts,
): GuardedDecision<Verb, DecideArgs> {
  const { request, me, tier, step } = facts;
  const basis = facts.tierBasis;
  // Before anything else is even asked: nobody decides about themselves.
  if (request.personId === me.id) return refuse('pim.own-request', ['self-approval never']);
  if (facts.capability !== 'act') return refuse('flows.off', ['flows.pim']);
  if (request.settled) return refuse('pim.settled', []);
  if (facts.card.expired) return refuse('flows.card-expired', []);
  if (!request.waits || step?.assignedToMe !== true) return refuse('pim.not-approver', ['entra.approvers']);
  if (me.guest && !tier.guests.mayApprove) return refuse('pim.no-guest-approver', basis);
  const word = verb === 'pim.approve' ? 'Approve' : 'Deny';
  if (commentMissing(facts, word)) return refuse('pim.comment', [...basis, 'tier.approverComment']);
  const context = tier.activation.stepUp;
  if (context !== undefined && !facts.contexts.includes(context)) return stepUp(context, basis);
  const { as: activation, approvalId } = request;
  const args: DecideArgs = { activation, approvalId, stepId: step.id, word, comment: facts.comment };
  return permit(verb, args, [...basis, 'entra.approvers']);
}

function commentMissing({ comment, commentRequired, tier }: DecideFacts, word: Word): boolean {
  if (comment.trim() !== '') return false;
  if (commentRequired || tier.approverComment === 'always') return true;
  return tier.approverComment === 'on-deny' && word === 'Deny';
}
