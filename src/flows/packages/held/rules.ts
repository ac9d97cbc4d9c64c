import type { Json } from '../../../base/json.js';
import { type Decision, permit, refuse } from '../../../policy/decision.js';
import type { Capability } from '../../../policy/policy.js';

/** What the access opens, as the cards show it. */
export type OpensFact = {
  readonly name: string;
  readonly role: string;
  readonly kind: 'group' | 'application' | 'site' | 'role' | 'other';
  readonly url: string;
};

export interface GiveBackFacts {
  readonly capability: Capability;
  readonly card: { readonly ref: string; readonly expired: boolean };
  /** What is to be given back, as Entra shows it to its holder now. */
  readonly held:
    | {
        readonly id: string;
        readonly packageId: string;
        readonly packageName: string;
        readonly endsAt: string;
      }
    | undefined;
  readonly me: string;
  /** It is being taken away already. */
  readonly removing: boolean;
  /** Ids of this person's requests that Entra knew before: what is new afterwards is ours. */
  readonly earlier: readonly string[];
  readonly opens: readonly OpensFact[];
}

export interface GiveBackArgs {
  readonly [key: string]: Json;
  readonly assignment: string;
  readonly personId: string;
  readonly packageId: string;
  readonly packageName: string;
  readonly endsAt: string;
  readonly earlier: readonly string[];
  readonly opens: readonly OpensFact[];
  /** The card that asked a second time: one of them gives back once. */
  readonly ref: string;
}

export function decideGiveBack(facts: GiveBackFacts): Decision<'packages.give-back', GiveBackArgs> {
  const { card, held, me, earlier } = facts;
  if (facts.capability !== 'act') return refuse('flows.off', ['flows.packages']);
  if (held === undefined) return refuse('packages.not-held', []);
  if (card.expired) return refuse('flows.card-expired', []);
  if (facts.removing) return refuse('packages.given-back-already', []);
  const args = {
    assignment: held.id,
    personId: me,
    packageId: held.packageId,
    packageName: held.packageName,
    endsAt: held.endsAt,
    earlier,
    opens: facts.opens,
    ref: card.ref,
  };
  return permit('packages.give-back', args, ['own access']);
}
