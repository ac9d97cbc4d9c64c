import type { Activating, TargetKind } from '../../graph/pim/activating.js';
import { activatingOf } from '../../graph/pim/kinds.js';
import { flowError } from '../errors.js';
import type { HouseServices } from '../turn.js';

type Switches = Pick<HouseServices, 'policy'>;

/** With people's own tokens nothing is read of what the policy has switched off, whatever a card asks for. */
export function serviceOf({ policy }: Switches, kind: TargetKind): Activating {
  if (policy.flows.pim === 'off' || (kind === 'azure' && !policy.pim.azure)) throw flowError('flows.off');
  return activatingOf(kind);
}

export function kindsOn({ policy }: Switches): readonly TargetKind[] {
  if (policy.flows.pim === 'off') throw flowError('flows.off');
  return policy.pim.azure ? ['role', 'group', 'azure'] : ['role', 'group'];
}
