import { type Decision, permit, refuse } from '../../../policy/decision.js';
import type { Capability } from '../../../policy/policy.js';

export interface AnswerFacts {
  readonly capability: Capability;
  readonly card: { readonly expired: boolean };
  readonly me: string;
  readonly change: {
    readonly id: string;
    readonly person: string;
    readonly answer: '' | 'ours' | 'mine' | 'not-me';
  };
}

export type AnswerArgs = { readonly change: string; readonly person: string };

export function decideMine(facts: AnswerFacts): Decision<'recovery.mine', AnswerArgs> {
  // Whoever holds the account later must not be able to call it off.
  const code = whyNot(facts) ?? (facts.change.answer === 'not-me' ? 'recovery.denied-already' : undefined);
  if (code !== undefined) return refuse(code, []);
  return permit('recovery.mine', argsOf(facts), ['own-sign-in']);
}

/** Said by a thief it does no harm: it only brings people who look. */
export function decideNotMe(facts: AnswerFacts): Decision<'recovery.not-me', AnswerArgs> {
  const code = whyNot(facts);
  if (code !== undefined) return refuse(code, []);
  return permit('recovery.not-me', argsOf(facts), ['own-sign-in']);
}

function whyNot({ capability, card, me, change }: AnswerFacts): string | undefined {
  if (me !== change.person) return 'recovery.not-yours';
  if (capability !== 'act') return 'flows.off';
  return card.expired ? 'flows.card-expired' : undefined;
}

function argsOf({ change: { id, person } }: AnswerFacts): AnswerArgs {
  return { change: id, person };
}
