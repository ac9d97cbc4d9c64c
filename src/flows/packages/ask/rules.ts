import { type Decision, permit, refuse } from '../../../policy/decision.js';
import type { Capability, Tier } from '../../../policy/policy.js';
import { reasonProblem } from '../../../policy/reason.js';

export interface AskFacts {
  readonly capability: Capability;
  readonly card: { readonly ref: string; readonly expired: boolean };
  readonly me: { readonly id: string; readonly guest: boolean };
  readonly packageId: string;
  readonly packageName: string;
  /** What Entra asks of this person for this package; absent: they may not ask. */
  readonly requirement: { readonly policyId: string; readonly reasonRequired: boolean } | undefined;
  readonly tier: Tier;
  readonly tierBasis: readonly string[];
  readonly reason: string;
  /** Ids of this person's requests for the package that Entra knew before: what is new afterwards is ours. */
  readonly earlier: readonly string[];
  readonly openRequest: boolean;
}

export interface AskArgs {
  readonly [key: string]: string | readonly string[];
  readonly packageId: string;
  readonly packageName: string;
  readonly policyId: string;
  readonly targetId: string;
  readonly reason: string;
  readonly earlier: readonly string[];
  /** The form: one form makes one request, however often it is sent. */
  readonly ref: string;
}

export function decideAsk(facts: AskFacts): Decision<'packages.ask', AskArgs> {
  const basis = facts.tierBasis;
  if (facts.capability !== 'act') return refuse('flows.off', ['flows.packages']);
  if (facts.card.expired) return refuse('flows.card-expired', []);
  if (facts.me.guest && !facts.tier.guests.mayAsk) return refuse('packages.no-guests', basis);
  if (facts.openRequest) return refuse('packages.asked-already', []);
  if (facts.requirement === undefined) return refuse('packages.may-not-ask', ['entra.policy']);
  if (needsReason(facts) && reasonProblem(facts.tier, facts.reason) !== undefined) {
    return refuse('packages.reason', [...basis, 'tier.reason']);
  }
  const { packageId, packageName, earlier, reason } = facts;
  const { policyId } = facts.requirement;
  const args = {
    packageId,
    packageName,
    policyId,
    targetId: facts.me.id,
    reason,
    earlier,
    ref: facts.card.ref,
  };
  return permit('packages.ask', args, [...basis, 'entra.policy']);
}

/** Entra's own setting, or a tier that wants one anyway. */
export function needsReason(facts: Pick<AskFacts, 'requirement' | 'tier'>): boolean {
  return facts.requirement?.reasonRequired === true || facts.tier.reason.atLeast > 0;
}
