import { type Decision, permit, refuse } from '../../../policy/decision.js';
import type { Capability } from '../../../policy/policy.js';

export interface OwnFacts {
  readonly capability: Capability;
  readonly card: { readonly expired: boolean };
  readonly me: string;
  readonly subject: string;
  readonly open: boolean;
}

export type SignOutArgs<One> = {
  /** The case as it was shown. */
  readonly one: One;
  /** When it was pressed, in ms. */
  readonly at: number;
};

/** With their own token people sign out themselves and nobody else; so nobody has to vouch for that. */
export function decideSignOut<One>(
  facts: OwnFacts & { readonly one: One; readonly now: number },
): Decision<'recovery.sign-out', SignOutArgs<One>> {
  const code = whyNot(facts) ?? (facts.me === facts.subject ? undefined : 'recovery.not-yours');
  if (code !== undefined) return refuse(code, []);
  return permit('recovery.sign-out', { one: facts.one, at: facts.now }, ['own-sessions']);
}

export interface WithdrawFacts extends OwnFacts {
  readonly caseId: string;
  readonly openedBy: string;
  readonly kind: string;
  /** Somebody else may hold what still signs in. */
  readonly wrongHands: boolean;
  readonly state: string;
  readonly passMade: boolean;
}

/** As long as nothing has been made that somebody with a role has to take back. */
export function decideWithdraw(facts: WithdrawFacts): Decision<'recovery.withdraw', { caseId: string }> {
  // Whoever holds the account must not be able to call off what a colleague opened about it.
  const own = facts.me === facts.subject && !facts.wrongHands;
  const concerned = own || facts.me === facts.openedBy;
  const early = !facts.passMade && (facts.state === 'attest' || facts.state === 'issue');
  const code =
    whyNot(facts) ??
    (facts.kind === 'not-me' ? 'recovery.denied-stays' : undefined) ??
    (concerned ? undefined : 'recovery.not-yours') ??
    (early ? undefined : 'recovery.pass-made');
  if (code !== undefined) return refuse(code, []);
  return permit('recovery.withdraw', { caseId: facts.caseId }, ['no-pass-yet']);
}

function whyNot({ capability, card, open }: OwnFacts): string | undefined {
  if (capability !== 'act') return 'flows.off';
  if (card.expired) return 'flows.card-expired';
  return open ? undefined : 'recovery.closed';
}
