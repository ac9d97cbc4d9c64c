import { collect } from '../collect.js';
import { equal } from '../equal.js';
import type { ReadOptions } from '../graph.js';
import { segment } from '../url.js';
import type { Activating, Asked, Holding, Wish } from './activating.js';
import { onlyPolicy } from './activation-policy.js';
import { approvalsAt } from './approvals.js';
import { newestFirst } from './asked.js';
import { asEligibleRole, asRoleInstance, asRoleRequest, asRoleSchedule } from './directory-role.js';
import { policies } from './policies.js';
import { scheduleOf, ticketOf } from './schedule.js';
import { startedOrPlanned } from './started-or-planned.js';

export const roleBase = '/roleManagement/directory';
const requests = `${roleBase}/roleAssignmentScheduleRequests`;
const mine = "filterByCurrentUser(on='principal')";

/** The scope has a name of its own only where it is an administrative unit. */
const withNames = { $expand: 'roleDefinition,directoryScope' };
const withPeople = { $expand: 'roleDefinition,directoryScope,principal' };

/** Roles of Entra itself. */
export const directoryRoles: Activating = {
  ...approvalsAt(`${roleBase}/roleAssignmentApprovals`),

  async eligible(graph) {
    const path = `${roleBase}/roleEligibilityScheduleInstances/${mine}`;
    const found = await collect(graph.pages(path, { query: withNames }), asEligibleRole);
    // What is tied to a scope inside an application is asked for there.
    return found.filter(({ scope }) => scope !== '');
  },

  held: (graph) =>
    collect(
      graph.pages(`${roleBase}/roleAssignmentScheduleInstances/${mine}`, { query: withNames }),
      asRoleInstance,
    ),

  async mine(graph) {
    return newestFirst(
      await collect(graph.pages(`${requests}/${mine}`, { query: withPeople }), asRoleRequest),
    );
  },

  async waiting(graph) {
    const query = { ...withPeople, $filter: equal('status', 'PendingApproval') };
    const path = `${requests}/filterByCurrentUser(on='approver')`;
    return newestFirst(await collect(graph.pages(path, { query }), asRoleRequest));
  },

  async rules(reader, { id }) {
    const filter = [
      equal('scopeId', '/'),
      equal('scopeType', 'DirectoryRole'),
      equal('roleDefinitionId', id),
    ];
    return onlyPolicy(await policies(reader, filter));
  },

  async validate(graph, wish) {
    const body = { ...activation(wish), isValidationOnly: true };
    await graph.post(requests, body, { readsOnly: true });
  },

  async submit(graph, wish, landed) {
    return asked(await graph.post(requests, activation(wish), { landed }));
  },

  async deactivate(graph, wish, landed) {
    await graph.post(requests, { action: 'selfDeactivate', ...aboutWish(wish) }, { landed });
  },

  async cancel(graph, { id }, landed) {
    await graph.post(`${requests}/${segment(id)}/cancel`, {}, { landed });
  },

  async seen(reader, whose) {
    const filter = `${equal('principalId', whose.principalId)} and ${equal('roleDefinitionId', whose.id)}`;
    const options: ReadOptions = { query: { ...withNames, $filter: filter } };
    const [instances, schedules] = await Promise.all([
      collect(reader.pages(`${roleBase}/roleAssignmentScheduleInstances`, options), asRoleInstance),
      collect(reader.pages(`${roleBase}/roleAssignmentSchedules`, options), asRoleSchedule),
    ]);
    return startedOrPlanned<Holding>(instances, schedules);
  },
};

function aboutWish({ principalId, id, scope, reason }: Wish) {
  const justification = reason === '' ? {} : { justification: reason };
  return { principalId, roleDefinitionId: id, directoryScopeId: scope, ...justification };
}

function activation(wish: Wish) {
  const scheduleInfo = scheduleOf(wish, 'afterDuration');
  return { action: 'selfActivate', ...aboutWish(wish), scheduleInfo, ...ticketOf(wish) };
}

function asked(answer: unknown): Asked | undefined {
  return answer === undefined ? undefined : asRoleRequest(answer);
}
