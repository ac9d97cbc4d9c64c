import type { PracticeResponse } from '../http/router.js';
import type { PimRequest } from '../world/pim/records.js';
import { refuse } from '../world/refusal.js';
import { type ArmCall, type ArmRoutes, badArmRequest, forbidden } from './arm-call.js';
import { isRelated, sameScope } from './arm-ids.js';
import { armPage } from './arm-page.js';
import { requestView } from './arm-views.js';
import { type PutRequest, putRequest } from './request-input.js';

const versions = ['2020-10-01', '2020-10-01-preview', '2022-04-01-preview'];
const base = '/roleassignmentschedulerequests';
const type = 'roleAssignmentScheduleRequests';

/** Activations that people ask for, and what becomes of them. */
export function requestRoutes(on: ArmRoutes): void {
  on('PUT', `${base}/:name`, versions, put);
  on('POST', `${base}/:name/validate`, versions, (call) => {
    const asked = input(call);
    return { status: 200, body: requestView(call.ctx, submitted(call, asked, true)) };
  });
  on('GET', `${base}/:name`, versions, (call) => {
    const found = subject(call);
    const { person } = call.asker;
    if (found.principalId !== person.id && !call.ctx.tenant.pim.mayDecide(person.id, found))
      forbidden(call.asker, `${type}/read`, call.scope);
    return { status: 200, body: requestView(call.ctx, found) };
  });
  on('POST', `${base}/:name/cancel`, versions, (call) => {
    const { id } = subject(call);
    call.ctx.tenant.pim.cancel(call.asker.person, 'azure', id);
    return { status: 200 };
  });
  on('GET', base, versions, (call) => {
    const items = listed(call).map((found) => requestView(call.ctx, found));
    return armPage(call, type, items);
  });
}

// Who asks chooses the id, so that the same request put twice is one request.
function put(call: ArmCall): PracticeResponse {
  const { azure, pim } = call.ctx.tenant;
  const name = nameOf(call);
  const asked = input(call);
  const earlier = pim.request('azure', name);
  if (!earlier) {
    const found = submitted(call, asked, false);
    azure.remember(name, asked.fingerprint);
    return { status: 201, body: requestView(call.ctx, found) };
  }
  const same = earlier.principalId === call.asker.person.id && azure.fingerprint(name) === asked.fingerprint;
  if (!same) refuse(409, 'Conflict', `Another request has the name '${name}' already.`);
  return { status: 200, body: requestView(call.ctx, earlier) };
}

function input(call: ArmCall): PutRequest {
  return putRequest(call.req.body, call.scope);
}

function submitted(call: ArmCall, asked: PutRequest, validationOnly: boolean): PimRequest {
  const { pim } = call.ctx.tenant;
  const { wish, roleId, eligibilityId } = asked;
  // The world knows its scopes in one spelling only.
  const known = pim
    .targets()
    .find(({ kind, id, scope }) => kind === 'azure' && id === roleId && sameScope(scope, call.scope));
  if (wish.action === 'selfActivate') mustBeLinked(call, eligibilityId);
  const target = { kind: 'azure', id: roleId, scope: known?.scope ?? call.scope } as const;
  return pim.submit(call.asker, { ...wish, target, id: nameOf(call), validationOnly });
}

function mustBeLinked({ ctx, asker }: ArmCall, eligibilityId: string | undefined): void {
  if (eligibilityId === undefined) badArmRequest('linkedRoleEligibilityScheduleId is required.');
  const mine = ctx.tenant.pim.eligible('azure', asker.person.id);
  if (!mine.some(({ scheduleId }) => scheduleId === eligibilityId))
    refuse(400, 'RoleAssignmentDoesNotExist', 'The Role assignment does not exist.');
}

function listed(call: ArmCall): readonly PimRequest[] {
  const { pim } = call.ctx.tenant;
  const { id } = call.asker.person;
  const filter = (call.req.query.get('$filter') ?? '').trim().toLowerCase();
  const here = pim
    .state()
    .requests.filter(({ target }) => target.kind === 'azure' && isRelated(target.scope, call.scope))
    .toReversed();
  if (filter === 'astarget()') return here.filter(({ principalId }) => principalId === id);
  // What was decided already is among them: who looks for work has to look at the status.
  if (filter === 'asapprover()') return here.filter((found) => found.step && pim.mayDecide(id, found));
  return forbidden(call.asker, `${type}/read`, call.scope);
}

function subject(call: ArmCall): PimRequest {
  const found = call.ctx.tenant.pim.request('azure', nameOf(call));
  if (found && sameScope(found.target.scope, call.scope)) return found;
  return refuse(404, 'RoleAssignmentScheduleRequestNotFound', 'The request was not found.');
}

function nameOf({ req }: ArmCall): string {
  const { name = '' } = req.params;
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name)) return name;
  return badArmRequest(`The name '${name}' is not a GUID.`);
}
