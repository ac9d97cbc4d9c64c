import { type Decision, permit, refuse } from '../../../policy/decision.js';
import type { Capability, Tier } from '../../../policy/policy.js';
import { reasonProblem } from '../../../policy/reason.js';

export type Answer = 'expected' | 'question';

/** What was looked at, as every card about it shows it. */
export interface LookedAt {
  readonly activation: string;
  readonly personId: string;
  readonly personName: string;
  readonly kind: 'role' | 'group' | 'azure';
  readonly target: string;
  readonly scope: string;
  readonly name: string;
  readonly scopeName: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

export interface CloseFacts {
  readonly capability: Capability;
  readonly card: { readonly expired: boolean };
  readonly me: { readonly id: string; readonly name: string; readonly guest: boolean };
  /** Among those who answer for the role now, and not when the card was sent. */
  readonly isOwner: boolean;
  readonly looked: LookedAt;
  readonly closed: boolean;
  readonly emergency: boolean;
  readonly tier: Tier;
  readonly tierBasis: readonly string[];
  readonly comment: string;
  readonly use: {
    readonly done: number;
    readonly failed: number;
    /** How much of Entra's log was there to be looked at. */
    readonly log: 'whole' | 'late' | 'cut' | 'unread';
  };
  /** Object ids of who else hears of a question. */
  readonly tell: readonly string[];
  /** ISO; the moment of the press. */
  readonly at: string;
}

export interface CloseArgs extends LookedAt {
  readonly [key: string]: string | number | readonly string[];
  readonly answer: Answer;
  readonly comment: string;
  readonly byId: string;
  readonly byName: string;
  readonly at: string;
  readonly done: number;
  readonly failed: number;
  readonly log: 'whole' | 'late' | 'cut' | 'unread';
  readonly tell: readonly string[];
}

export function decideClose<Verb extends 'pim.expected' | 'pim.question'>(
  verb: Verb,
  facts: CloseFacts,
): Decision<Verb, CloseArgs> {
  const { me, looked, tierBasis: basis } = facts;
  // Before anything else is even asked: nobody closes the look at what they did themselves.
  if (looked.personId === me.id) return refuse('pim.own-use', ['self-approval never']);
  if (facts.capability === 'off') return refuse('flows.off', ['flows.pim']);
  if (me.guest) return refuse('pim.no-guest-owner', basis);
  if (!facts.isOwner) return refuse('pim.not-owner', ['pim.owners', 'entra.owners']);
  if (facts.closed) return refuse('pim.looked-back', []);
  if (facts.card.expired) return refuse('flows.card-expired', []);
  const answer = verb === 'pim.expected' ? 'expected' : 'question';
  if (commentProblem(answer, facts) !== undefined)
    return refuse('pim.look-back-comment', [...basis, 'tier.reason']);
  const args: CloseArgs = {
    ...looked,
    answer,
    comment: facts.comment,
    byId: me.id,
    byName: me.name,
    at: facts.at,
    ...facts.use,
    tell: answer === 'question' ? facts.tell : [],
  };
  return permit(verb, args, [...basis, facts.emergency ? 'pim.emergency' : 'tier.activation.lookBack']);
}

/** Whoever asks questions says which; after an emergency a nod is not enough either. */
export function commentProblem(
  answer: Answer,
  { emergency, tier, comment }: Pick<CloseFacts, 'emergency' | 'tier' | 'comment'>,
): string | undefined {
  return answer === 'question' || emergency ? reasonProblem(tier, comment, 'decision') : undefined;
}
