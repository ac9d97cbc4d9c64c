import type { PracticeContext } from '../../context.js';
import { groupById } from '../../world/groups.js';
import { aiLab, sameText } from '../../world/pim/catalogue.js';
import type { PimKind, TargetRef } from '../../world/pim/records.js';
import { directoryPerson } from '../../world/reviewed-people.js';
import { retrievalApp, roles } from '../../world/roles.js';
import { pimGroups, pimRoles } from '../access.js';
import type { Access } from '../caller.js';
import { groupEntity, userEntity } from '../directory-views.js';
import type { Entity } from '../entity.js';
import { roleEntity } from '../role-entity.js';

/** How Graph words one of its two forms of Privileged Identity Management; what happens is the same in both. */
export interface Words {
  readonly kind: Exclude<PimKind, 'azure'>;
  readonly base: string;
  readonly names: {
    readonly eligibleInstances: string;
    readonly eligibleSchedules: string;
    readonly instances: string;
    readonly schedules: string;
    readonly requests: string;
    readonly eligibleRequests: string;
    readonly approvals: string;
    /** What an instance calls the schedule it comes from. */
    readonly eligibleScheduleId: string;
    readonly scheduleId: string;
  };
  readonly types: {
    readonly eligibleInstance: string;
    readonly eligibleSchedule: string;
    readonly instance: string;
    readonly schedule: string;
    readonly request: string;
  };
  readonly access: {
    readonly eligible: Access;
    readonly assigned: Access;
    readonly requests: Access;
    readonly submit: Access;
    readonly eligibleRequests: Access;
    readonly readApproval: Access;
    readonly decide: Access;
  };
  /** A plain list must say about whom or what. */
  readonly listNeeds: readonly string[];
  props(target: TargetRef): Readonly<Record<string, unknown>>;
  nav(ctx: PracticeContext, target: TargetRef): NonNullable<Entity['nav']>;
  /** Of an instance or a schedule. */
  id(target: TargetRef, id: string): string;
  /** Members of enumerations. */
  word(text: string): string;
}

export const roleWords: Words = {
  kind: 'role',
  base: '/roleManagement/directory',
  names: {
    eligibleInstances: 'roleEligibilityScheduleInstances',
    eligibleSchedules: 'roleEligibilitySchedules',
    instances: 'roleAssignmentScheduleInstances',
    schedules: 'roleAssignmentSchedules',
    requests: 'roleAssignmentScheduleRequests',
    eligibleRequests: 'roleEligibilityScheduleRequests',
    approvals: 'roleAssignmentApprovals',
    eligibleScheduleId: 'roleEligibilityScheduleId',
    scheduleId: 'roleAssignmentScheduleId',
  },
  types: {
    eligibleInstance: 'unifiedRoleEligibilityScheduleInstance',
    eligibleSchedule: 'unifiedRoleEligibilitySchedule',
    instance: 'unifiedRoleAssignmentScheduleInstance',
    schedule: 'unifiedRoleAssignmentSchedule',
    request: 'unifiedRoleAssignmentScheduleRequest',
  },
  access: pimRoles,
  listNeeds: [],
  props: ({ id, scope }) => ({ roleDefinitionId: id, directoryScopeId: scope, appScopeId: null }),
  nav: (_ctx, { id, scope }) => ({
    roleDefinition: () => {
      const role = roles.find((each) => sameText(each.id, id));
      return role && roleEntity(role);
    },
    directoryScope: () => (scope === '/' ? undefined : administrativeUnit()),
    appScope: () => undefined,
  }),
  id: (_target, id) => id,
  word: (text) => text,
};

export const groupWords: Words = {
  kind: 'group',
  base: '/identityGovernance/privilegedAccess/group',
  names: {
    eligibleInstances: 'eligibilityScheduleInstances',
    eligibleSchedules: 'eligibilitySchedules',
    instances: 'assignmentScheduleInstances',
    schedules: 'assignmentSchedules',
    requests: 'assignmentScheduleRequests',
    eligibleRequests: 'eligibilityScheduleRequests',
    approvals: 'assignmentApprovals',
    eligibleScheduleId: 'eligibilityScheduleId',
    scheduleId: 'assignmentScheduleId',
  },
  types: {
    eligibleInstance: 'privilegedAccessGroupEligibilityScheduleInstance',
    eligibleSchedule: 'privilegedAccessGroupEligibilitySchedule',
    instance: 'privilegedAccessGroupAssignmentScheduleInstance',
    schedule: 'privilegedAccessGroupAssignmentSchedule',
    request: 'privilegedAccessGroupAssignmentScheduleRequest',
  },
  access: pimGroups,
  listNeeds: ['groupId', 'principalId'],
  props: ({ id, scope }) => ({ groupId: id, accessId: scope }),
  nav: (ctx, { id }) => ({
    group: () => {
      const group = groupById(id);
      return group && groupEntity(ctx, group);
    },
  }),
  id: ({ id: group, scope }, id) => `${group}_${scope}_${id}`,
  word: (text) => text.toLowerCase(),
};

/** A person, a group or an app, with its type, as it is where any of them may stand. */
export function principalEntity(ctx: PracticeContext, id: string): Entity | undefined {
  const person = directoryPerson(id);
  const group = groupById(id);
  if (person) return typed(userEntity(ctx, person));
  if (group) return typed(groupEntity(ctx, group));
  const { appId, displayName } = retrievalApp;
  return id === retrievalApp.id
    ? typed({ type: 'servicePrincipal', props: { id, appId, displayName } })
    : undefined;
}

function typed({ type, props, defaults, ...rest }: Entity): Entity {
  const name = '@odata.type';
  const first = defaults ? { defaults: [name, ...defaults] } : {};
  return { ...rest, ...first, type, props: { [name]: `#microsoft.graph.${type}`, ...props } };
}

function administrativeUnit(): Entity {
  const { id, name: displayName } = aiLab;
  const props = { id, displayName, description: null, visibility: null };
  return typed({ type: 'administrativeUnit', props });
}
