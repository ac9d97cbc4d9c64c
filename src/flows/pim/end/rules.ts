import { type Decision, permit, refuse } from '../../../policy/decision.js';
import type { Capability } from '../../../policy/policy.js';
import { shortestUse } from '../ask/rules.js';

type Snapshot = Readonly<Record<string, string | number>>;

export interface StopFacts {
  readonly capability: Capability;
  readonly card: { readonly ref: string; readonly expired: boolean };
  readonly me: string;
  readonly personId: string;
  /** As Entra shows it to its asker now. */
  readonly state: string;
  /** All that is known of it, for the record and the card. */
  readonly activation: Snapshot;
}

export interface StopArgs {
  readonly [key: string]: Snapshot;
  readonly activation: Snapshot;
}

export function decideCancel(facts: StopFacts): Decision<'pim.cancel', StopArgs> {
  const no = refusal(facts);
  if (no !== undefined) return no;
  if (facts.state !== 'asked' && facts.state !== 'scheduled') return refuse('pim.not-open', []);
  return permit('pim.cancel', { activation: facts.activation }, ['own request']);
}

export interface EndFacts extends StopFacts {
  readonly now: number;
  readonly startsAt: number;
}

export function decideEnd(facts: EndFacts): Decision<'pim.end', StopArgs> {
  const no = refusal(facts);
  if (no !== undefined) return no;
  if (facts.state !== 'active' && facts.state !== 'ready') return refuse('pim.not-active', []);
  if (facts.now < facts.startsAt + shortestUse) return refuse('pim.too-soon', ['entra.rule']);
  return permit('pim.end', { activation: facts.activation }, ['own role']);
}

function refusal({ capability, card, me, personId }: StopFacts): Decision<never, never> | undefined {
  if (me !== personId) return refuse('flows.not-your-card', []);
  if (capability !== 'act') return refuse('flows.off', ['flows.pim']);
  return card.expired ? refuse('flows.card-expired', []) : undefined;
}
