import { collect } from '../collect.js';
import { equal } from '../equal.js';
import { segment } from '../url.js';
import type { Activating, Holding, Wish } from './activating.js';
import { onlyPolicy } from './activation-policy.js';
import { approvalsAt } from './approvals.js';
import { newestFirst } from './asked.js';
import { asEligibleMember, asMemberInstance, asMemberRequest, asMemberSchedule } from './group-right.js';
import { policies } from './policies.js';
import { scheduleOf, ticketOf } from './schedule.js';
import { startedOrPlanned } from './started-or-planned.js';

export const groupBase = '/identityGovernance/privilegedAccess/group';
const requests = `${groupBase}/assignmentScheduleRequests`;
const mine = "filterByCurrentUser(on='principal')";

/**
 * Membership and ownership of groups. Entra names neither groups nor people here, and a person's token need not be
 * allowed to look them up: see group-names.ts.
 */
export const groupAccess: Activating = {
  ...approvalsAt(`${groupBase}/assignmentApprovals`),

  async eligible(graph) {
    return collect(graph.pages(`${groupBase}/eligibilityScheduleInstances/${mine}`), asEligibleMember);
  },

  async held(graph) {
    return collect(graph.pages(`${groupBase}/assignmentScheduleInstances/${mine}`), asMemberInstance);
  },

  async mine(graph) {
    return newestFirst(await collect(graph.pages(`${requests}/${mine}`), asMemberRequest));
  },

  async waiting(graph) {
    const query = { $filter: equal('status', 'PendingApproval') };
    const path = `${requests}/filterByCurrentUser(on='approver')`;
    return newestFirst(await collect(graph.pages(path, { query }), asMemberRequest));
  },

  async rules(reader, { id, scope }) {
    const filter = [equal('scopeId', id), equal('scopeType', 'Group'), equal('roleDefinitionId', scope)];
    return onlyPolicy(await policies(reader, filter));
  },

  async validate(graph, wish) {
    const body = { ...activation(wish), isValidationOnly: true };
    await graph.post(requests, body, { readsOnly: true });
  },

  async submit(graph, wish, landed) {
    const answer = await graph.post(requests, activation(wish), { landed });
    return answer === undefined ? undefined : asMemberRequest(answer);
  },

  async deactivate(graph, wish, landed) {
    await graph.post(requests, { action: 'selfDeactivate', ...aboutWish(wish) }, { landed });
  },

  async cancel(graph, { id }, landed) {
    await graph.post(`${requests}/${segment(id)}/cancel`, {}, { landed });
  },

  async seen(reader, { id, scope, principalId }) {
    const query = { $filter: `${equal('groupId', id)} and ${equal('principalId', principalId)}` };
    const [instances, schedules] = await Promise.all([
      collect(reader.pages(`${groupBase}/assignmentScheduleInstances`, { query }), asMemberInstance),
      collect(reader.pages(`${groupBase}/assignmentSchedules`, { query }), asMemberSchedule),
    ]);
    const found = startedOrPlanned<Holding>(instances, schedules);
    return found.filter((one) => one.scope === scope.toLowerCase());
  },
};

function aboutWish({ principalId, id, scope, reason }: Wish) {
  const justification = reason === '' ? {} : { justification: reason };
  return { accessId: scope, groupId: id, principalId, ...justification };
}

function activation(wish: Wish) {
  const scheduleInfo = scheduleOf(wish, 'afterDuration');
  return { action: 'selfActivate', ...aboutWish(wish), scheduleInfo, ...ticketOf(wish) };
}
