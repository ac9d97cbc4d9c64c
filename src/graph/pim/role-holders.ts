import type { UnifiedRoleAssignment } from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { collect } from '../collect.js';
import { groupMembers } from '../directory.js';
import { equal } from '../equal.js';
import { type Shape, text } from '../fields.js';
import type { GraphReader } from '../graph.js';
import type { Target } from './activating.js';
import { asEligibleRole, asRoleInstance, asRoleSchedule } from './directory-role.js';
import { roleBase } from './directory-roles.js';
import type { EligibleHolder, ScheduledHolder, StandingHolder } from './principal.js';

const withPeople = { $expand: 'roleDefinition,directoryScope,principal' };

/** Not what role management has decided, but what Entra looks at when the role is used. */
export async function roleEffective(
  reader: GraphReader,
  { target, principalId }: { readonly target: Target; readonly principalId: string },
): Promise<boolean> {
  const filter = `${equal('principalId', principalId)} and ${equal('roleDefinitionId', target.id)}`;
  const pages = reader.pages(`${roleBase}/roleAssignments`, { query: { $filter: filter } });
  const assigned = await collect(pages, (found) => assignmentShape.parse(found));
  // Whoever has it everywhere has it in every part.
  return assigned.some(({ scope }) => scope === '/' || scope === target.scope.toLowerCase());
}

export async function roleStandingHolders(
  reader: GraphReader,
  target: Target,
): Promise<readonly StandingHolder[]> {
  const query = { ...withPeople, $filter: equal('roleDefinitionId', target.id) };
  const pages = reader.pages(`${roleBase}/roleAssignmentScheduleInstances`, { query });
  const held = await collect(pages, asRoleInstance);
  const wanted = target.scope.toLowerCase();
  return held.filter(({ activated, scope }) => !activated && scope.toLowerCase() === wanted);
}

/** Activations of one role by whomever, those that begin later too. */
export async function roleActivations(
  reader: GraphReader,
  roleId: string,
): Promise<readonly ScheduledHolder[]> {
  const query = { ...withPeople, $filter: equal('roleDefinitionId', roleId) };
  const found = await collect(reader.pages(`${roleBase}/roleAssignmentSchedules`, { query }), asRoleSchedule);
  return found.filter(({ activated }) => activated);
}

export function roleEligibleHolders(
  reader: GraphReader,
  roleId: string | undefined,
): Promise<readonly EligibleHolder[]> {
  const filter = roleId === undefined ? {} : { $filter: equal('roleDefinitionId', roleId) };
  const query = { ...withPeople, ...filter };
  return collect(reader.pages(`${roleBase}/roleEligibilityScheduleInstances`, { query }), asEligibleRole);
}

/** Names of the roles that its members have, or may activate, because they are in it. */
export async function rolesOfGroup(reader: GraphReader, groupId: string): Promise<readonly string[]> {
  const query = { $expand: 'roleDefinition', $filter: equal('principalId', groupId) };
  const [eligible, held] = await Promise.all([
    collect(reader.pages(`${roleBase}/roleEligibilityScheduleInstances`, { query }), asEligibleRole),
    collect(reader.pages(`${roleBase}/roleAssignmentScheduleInstances`, { query }), asRoleInstance),
  ]);
  const names = [...eligible, ...held].map(({ name, id: roleId }) => name || roleId);
  return [...new Set(names)].sort((one, other) => one.localeCompare(other, 'en'));
}

const privilegedRoleAdministrator = 'e8611ab8-c189-46e8-94e1-60213ab1f814';

/** Object ids of the people whom Entra asks where a role names no approver: those who have that role now. */
export async function privilegedRoleAdministrators(reader: GraphReader): Promise<readonly string[]> {
  const query = { ...withPeople, $filter: equal('roleDefinitionId', privilegedRoleAdministrator) };
  const pages = reader.pages(`${roleBase}/roleAssignmentScheduleInstances`, { query });
  const everywhere = (await collect(pages, asRoleInstance)).filter(({ scope }) => scope === '/');
  const people = everywhere.map(async ({ principal }) => {
    if (principal.kind === 'person') return [principal.id];
    if (principal.kind !== 'group') return [];
    return (await groupMembers(reader, principal.id)).map((member) => member.id);
  });
  return [...new Set((await Promise.all(people)).flat())];
}

const assignmentShape = z
  .object({ directoryScopeId: text } satisfies Shape<UnifiedRoleAssignment>)
  .transform(({ directoryScopeId }) => ({ scope: directoryScopeId.toLowerCase() }));
