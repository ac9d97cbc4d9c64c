import type { Target } from '../../graph/pim/activating.js';
import { isEmergency } from '../../policy/is-emergency.js';
import type { Policy } from '../../policy/policy.js';
import { type TierFound, tierOf } from '../../policy/tier-of.js';
import type { HouseServices } from '../turn.js';
import type { TargetData, TargetView } from './cards/views.js';
import { roleWords } from './role-words.js';

/** How much care it needs. */
export function targetTier(policy: Policy, target: Target): TierFound {
  const kind = target.kind === 'azure' ? 'azure-role' : target.kind;
  return tierOf(policy, { kind, id: policyId(target) });
}

export function isForEmergencies(policy: Policy, target: Target): boolean {
  return isEmergency(policy, policyId(target));
}

/** How the policy file names it: an Azure role by the GUID its long id ends with. */
export function policyId({ kind, id }: Target): string {
  return kind === 'azure' ? (id.split('/').at(-1) ?? id) : id;
}

export function sameTarget(one: Target, other: Target): boolean {
  return (
    one.kind === other.kind &&
    one.id.toLowerCase() === other.id.toLowerCase() &&
    one.scope.toLowerCase() === other.scope.toLowerCase()
  );
}

export interface Named extends Target {
  readonly name: string;
  readonly scopeName: string;
  /** In the directory's own words, where we have no plainer ones. */
  readonly does: string;
}

export function targetView({ policy }: Pick<HouseServices, 'policy'>, target: Named): TargetView {
  return {
    kind: target.kind,
    name: target.name,
    // The log does not say where a role is held, and nothing is claimed about it until somebody sees it.
    scopeName: target.scope === '' ? 'place not told yet' : target.scopeName,
    access: target.kind === 'group' && target.scope === 'owner' ? 'owner' : '',
    does: wordsFor(target, target.does),
    tier: targetTier(policy, target).tier.name,
    emergency: isForEmergencies(policy, target),
  };
}

function wordsFor({ kind, id }: Target, description: string): string {
  return (kind === 'role' ? roleWords(id) : undefined) ?? description;
}

/** What a button carries: hostile when it comes back, and only ever used to look among the reader's own roles. */
export function targetData({ kind, id, scope }: Target): TargetData {
  return { kind, id, scope };
}
