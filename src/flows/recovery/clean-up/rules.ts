import { type Decision, permit, refuse } from '../../../policy/decision.js';
import type { Capability } from '../../../policy/policy.js';

export interface CleanUpFacts {
  readonly capability: Capability;
  readonly card: { readonly expired: boolean };
  readonly me: string;
  readonly guest: boolean;
  /** Who made what the person knows nothing of. */
  readonly changedBy: readonly string[];
  readonly one: {
    readonly id: string;
    readonly subject: string;
    readonly kind: string;
    readonly state: string;
    readonly closed_at: number;
  };
  /** Somebody else may hold what still signs in. */
  readonly wrongHands: boolean;
  readonly subjectName: string;
  /** They have the role that it takes for this person. Entra asks again. */
  readonly hasRole: boolean;
}

export type RemoveArgs = {
  readonly caseId: string;
  readonly subject: string;
  readonly subjectName: string;
  readonly method: Lost;
  /** All that was picked with the same press: with the last of them the account is cleaned up. */
  readonly picked: string[];
};

export type Lost = {
  readonly id: string;
  readonly kind: string;
  /** By what people call it. */
  readonly text: string;
  /** With its id this tells it from one that is added again; in which half minute it was picked, where Entra has no date. */
  readonly createdAt: string;
};

export type RevokeArgs = {
  readonly caseId: string;
  readonly subject: string;
  readonly subjectName: string;
  /** When it was pressed, in ms. */
  readonly at: number;
};

/** For the list of what somebody signs in with, and for saying that none of it is gone. */
export function whyNoRemoval(facts: CleanUpFacts): string | undefined {
  const { one } = facts;
  // Until somebody has vouched, taking things away would only shut out its owner.
  const early = one.state === 'attest' && one.kind !== 'not-me';
  const own = facts.changedBy.includes(facts.me) ? 'recovery.own-change' : undefined;
  return whyNot(facts) ?? own ?? (early ? 'recovery.clean-up-early' : roleMissing(facts));
}

export function decideRemove(
  facts: CleanUpFacts,
  method: Lost,
  picked: readonly string[],
): Decision<'recovery.remove', RemoveArgs> {
  const code = whyNoRemoval(facts);
  if (code !== undefined) return refuse(code, []);
  const { one, subjectName } = facts;
  const args = { caseId: one.id, subject: one.subject, subjectName, method, picked: [...picked] };
  return permit('recovery.remove', args, ['own role']);
}

/** Where somebody else may hold the device this comes first, before anybody has vouched: it gives nothing away. */
export function decideRevoke(
  facts: CleanUpFacts & { readonly now: number },
): Decision<'recovery.revoke', RevokeArgs> {
  const { one, subjectName, wrongHands, now: at } = facts;
  const early = one.state === 'attest' && !wrongHands;
  const code = whyNot(facts) ?? (early ? 'recovery.clean-up-early' : roleMissing(facts));
  if (code !== undefined) return refuse(code, []);
  return permit('recovery.revoke', { caseId: one.id, subject: one.subject, subjectName, at }, ['own role']);
}

function whyNot({ capability, card, me, guest, one }: CleanUpFacts): string | undefined {
  if (me === one.subject) return 'recovery.own-case';
  if (guest) return 'recovery.guest-helps';
  if (capability !== 'act') return 'flows.off';
  if (card.expired) return 'flows.card-expired';
  return one.closed_at === 0 ? undefined : 'recovery.closed';
}

function roleMissing({ hasRole }: CleanUpFacts): string | undefined {
  return hasRole ? undefined : 'recovery.no-role';
}
