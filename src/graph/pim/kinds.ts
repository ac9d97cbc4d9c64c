import type { GraphReader } from '../graph.js';
import type { Activating, Target, TargetKind } from './activating.js';
import { azureEffective, azureRoles } from './azure-roles.js';
import { directoryRoles } from './directory-roles.js';
import { groupAccess } from './group-access.js';
import {
  groupActivations,
  groupEffective,
  groupEligibleHolders,
  groupStandingHolders,
} from './group-holders.js';
import type { EligibleHolder, ScheduledHolder, StandingHolder } from './principal.js';
import { roleActivations, roleEffective, roleEligibleHolders, roleStandingHolders } from './role-holders.js';

export { withGroupNames, withNames } from './group-names.js';
export type { EligibleHolder, Principal, ScheduledHolder, StandingHolder } from './principal.js';
export { privilegedRoleAdministrators, rolesOfGroup } from './role-holders.js';

const kinds: Readonly<Record<TargetKind, Activating>> = {
  role: directoryRoles,
  group: groupAccess,
  azure: azureRoles,
};

export function activatingOf(kind: TargetKind): Activating {
  return kinds[kind];
}

/** Does it work now, wherever Entra looks it up? Azure tells only the person themself: their own token, not the bot's. */
export function effective(
  reader: GraphReader,
  whose: { readonly target: Target; readonly principalId: string },
): Promise<boolean> {
  switch (whose.target.kind) {
    case 'role':
      return roleEffective(reader, whose);
    case 'group':
      return groupEffective(reader, whose);
    case 'azure':
      return azureEffective(reader, whose);
  }
}

/** Whoever has it without having activated it, people or not. Undefined in Azure, where nobody is asked about others. */
export async function standingHolders(
  reader: GraphReader,
  target: Target,
): Promise<readonly StandingHolder[] | undefined> {
  switch (target.kind) {
    case 'role':
      return roleStandingHolders(reader, target);
    case 'group':
      return groupStandingHolders(reader, target);
    case 'azure':
      return undefined;
  }
}

/**
 * Whoever could activate it. Roles: all of them, or one by its id. Groups: one by its id, because Entra lists no
 * other way; without an id, or in Azure, undefined.
 */
export async function eligibleHolders(
  reader: GraphReader,
  kind: TargetKind,
  targetId?: string,
): Promise<readonly EligibleHolder[] | undefined> {
  switch (kind) {
    case 'role':
      return roleEligibleHolders(reader, targetId);
    case 'group':
      return targetId === undefined ? undefined : groupEligibleHolders(reader, targetId);
    case 'azure':
      return undefined;
  }
}

/** Who has activated it now, or planned to, whoever they are. Undefined in Azure, where nobody is asked about others. */
export async function activations(
  reader: GraphReader,
  { kind, id }: Pick<Target, 'kind' | 'id'>,
): Promise<readonly ScheduledHolder[] | undefined> {
  switch (kind) {
    case 'role':
      return roleActivations(reader, id);
    case 'group':
      return groupActivations(reader, id);
    case 'azure':
      return undefined;
  }
}
