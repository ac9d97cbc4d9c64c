import { z } from 'zod/v4';
import { isAppError } from '../../base/errors.js';
import { collect } from '../collect.js';
import { equal } from '../equal.js';
import { list } from '../fields.js';
import type { GraphAs, GraphReader } from '../graph.js';
import { segment } from '../url.js';
import type { Activating, Asked, Target, Wish } from './activating.js';
import { onlyPolicy } from './activation-policy.js';
import { armApprovalVersion, armCollection, armName, armPath, armVersion } from './arm.js';
import { newestFirst } from './asked.js';
import { asAzureRoleInstance, asAzureRoleRequest, asAzureStage, asEligibleAzureRole } from './azure-role.js';
import { scheduleOf, ticketOf } from './schedule.js';

/** The person of the token, or a group they are in; everywhere at once. */
const mine = { ...armVersion, $filter: 'asTarget()' };

/** Roles of Azure resources: another service with another token, whose paths are scopes. */
export const azureRoles: Activating = {
  eligible: (graph) =>
    collect(
      graph.pages(armCollection('', 'roleEligibilityScheduleInstances'), { query: mine }),
      asEligibleAzureRole,
    ),

  held: (graph) =>
    collect(
      graph.pages(armCollection('', 'roleAssignmentScheduleInstances'), { query: mine }),
      asAzureRoleInstance,
    ),

  async mine(graph) {
    const pages = graph.pages(armCollection('', requests), { query: mine });
    return newestFirst(await collect(pages, asAzureRoleRequest));
  },

  async waiting(graph) {
    const query = { ...armVersion, $filter: 'asApprover()' };
    const pages = graph.pages(armCollection('', requests), { query });
    // What has been decided already is among them, and Azure cannot be asked to leave it out.
    return newestFirst((await collect(pages, asAzureRoleRequest)).filter(({ state }) => state === 'waiting'));
  },

  async rules(reader, { id, scope }) {
    const query = { ...armVersion, $filter: equal('roleDefinitionId', id) };
    const pages = reader.pages(armCollection(scope, 'roleManagementPolicyAssignments'), { query });
    return onlyPolicy(await collect(pages, (found) => policyShape.parse(found)));
  },

  async validate(graph, wish) {
    const path = `${requestPath(wish.scope, wish.requestId)}/validate`;
    await graph.post(path, activation(wish), { query: armVersion, readsOnly: true });
  },

  async submit(graph, wish, landed) {
    const path = requestPath(wish.scope, wish.requestId);
    await graph.put(path, activation(wish), { query: armVersion, landed });
    return madeAt(graph, path);
  },

  async deactivate(graph, wish, landed) {
    const body = { properties: { requestType: 'SelfDeactivate', ...aboutWish(wish) } };
    await graph.put(requestPath(wish.scope, wish.requestId), body, { query: armVersion, landed });
  },

  async cancel(graph, { id, target }, landed) {
    await graph.post(`${requestPath(target.scope, id)}/cancel`, {}, { query: armVersion, landed });
  },

  steps: (graph, approvalId) =>
    collect(graph.pages(stagesPath(approvalId), { query: armApprovalVersion }), asAzureStage),

  decide(graph, { approvalId, stepId, result, justification, landed }) {
    const path = `${stagesPath(approvalId)}/${segment(stepId)}`;
    return graph.patch(path, { reviewResult: result, justification }, { query: armApprovalVersion, landed });
  },

  seen: () => Promise.resolve(undefined),
};

const requests = 'roleAssignmentScheduleRequests';

/** Is it theirs now? Only with their own token. */
export async function azureEffective(
  reader: GraphReader,
  { target }: { readonly target: Target },
): Promise<boolean> {
  const path = armCollection('', 'roleAssignmentScheduleInstances');
  const held = await collect(reader.pages(path, { query: mine }), asAzureRoleInstance);
  return held.some(({ id, scope }) => id === target.id.toLowerCase() && scope === target.scope.toLowerCase());
}

const policyShape = z
  .object({ properties: z.object({ effectiveRules: list(z.unknown()) }) })
  .catch({ properties: { effectiveRules: [] } })
  .transform(({ properties }) => properties.effectiveRules);

/** It is made, whether or not it can be read. */
async function madeAt(graph: GraphAs, path: string): Promise<Asked | undefined> {
  try {
    return asAzureRoleRequest(await graph.get(path, { query: armVersion }));
  } catch (error) {
    if (isAppError(error)) return undefined;
    throw error;
  }
}

function requestPath(scope: string, id: string): string {
  return `${armCollection(scope, requests)}/${segment(id)}`;
}

/** Azure names an approval by its whole path, or by the last part of it. */
function stagesPath(approvalId: string): string {
  const path = approvalId.startsWith('/')
    ? armPath(approvalId)
    : `${armCollection('', 'roleAssignmentApprovals')}/${segment(armName(approvalId))}`;
  return `${path}/stages`;
}

function aboutWish({ principalId, id, scheduleId, reason }: Wish) {
  return {
    principalId,
    roleDefinitionId: id,
    ...(scheduleId === '' ? {} : { linkedRoleEligibilityScheduleId: scheduleId }),
    ...(reason === '' ? {} : { justification: reason }),
  };
}

function activation(wish: Wish) {
  const scheduleInfo = scheduleOf(wish, 'AfterDuration');
  return {
    properties: { requestType: 'SelfActivate', ...aboutWish(wish), scheduleInfo, ...ticketOf(wish) },
  };
}
