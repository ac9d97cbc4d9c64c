import { type ArmCall, type ArmRoutes, badArmRequest, forbidden } from './arm-call.js';
import { isRelated, nameIn, sameScope } from './arm-ids.js';
import { armPage } from './arm-page.js';
import { policyAssignmentView } from './arm-rules.js';
import { eligibleView, holdingView } from './arm-views.js';

const versions = ['2020-10-01', '2020-10-01-preview'];

/** What the caller is eligible for and what is active, and the rules of a role at a scope. */
export function scheduleRoutes(on: ArmRoutes): void {
  on('GET', '/roleeligibilityscheduleinstances', versions, (call) => {
    mustAskForThemselves(call, 'roleEligibilityScheduleInstances/read');
    const found = call.ctx.tenant.pim
      .eligible('azure', call.asker.person.id)
      .filter(({ target }) => isRelated(target.scope, call.scope));
    const items = found.map((each) => eligibleView(call.ctx, each));
    return armPage(call, 'roleEligibilityScheduleInstances', items);
  });
  on('GET', '/roleassignmentscheduleinstances', versions, (call) => {
    mustAskForThemselves(call, 'roleAssignmentScheduleInstances/read');
    const found = call.ctx.tenant.pim
      .held('azure', call.asker.person.id)
      .filter(({ target }) => isRelated(target.scope, call.scope));
    const items = found.map((each) => holdingView(call.ctx, each));
    return armPage(call, 'roleAssignmentScheduleInstances', items);
  });
  on('GET', '/rolemanagementpolicyassignments', versions, (call) => {
    mustBeConcerned(call);
    const wanted = wantedRole(call.req.query.get('$filter'));
    const items = call.ctx.tenant.pim
      .targets()
      .filter(({ kind, scope }) => kind === 'azure' && sameScope(scope, call.scope))
      .filter(({ id }) => wanted === undefined || id.toLowerCase() === wanted)
      .map(policyAssignmentView);
    return armPage(call, 'roleManagementPolicyAssignments', items);
  });
}

// Nobody in this tenant administers the subscription, so every list that is not about the caller is refused.
function mustAskForThemselves(call: ArmCall, action: string): void {
  const filter = call.req.query.get('$filter') ?? '';
  if (!/^\s*asTarget\(\)\s*$/i.test(filter)) forbidden(call.asker, action, call.scope);
}

/** Whoever can activate a role, or decides about it, may see its rules. */
function mustBeConcerned({ ctx, asker, scope }: ArmCall): void {
  const { pim } = ctx.tenant;
  const { id } = asker.person;
  const eligible = pim.eligible('azure', id).some(({ target }) => isRelated(target.scope, scope));
  const decides = pim
    .targets()
    .filter((each) => each.kind === 'azure' && sameScope(each.scope, scope))
    .some((each) => pim.approvers(each).includes(id));
  if (!eligible && !decides) forbidden(asker, 'roleManagementPolicyAssignments/read', scope);
}

function wantedRole(filter: string | null): string | undefined {
  if (filter === null) return undefined;
  const found = /^\s*roleDefinitionId eq '([^']+)'\s*$/i.exec(filter)?.[1];
  return nameIn(found ?? badArmRequest(`The filter '${filter}' is not supported.`));
}
