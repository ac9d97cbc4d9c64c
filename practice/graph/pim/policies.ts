import { sameText } from '../../world/pim/catalogue.js';
import type { Target, TargetRef } from '../../world/pim/records.js';
import { roles } from '../../world/roles.js';
import { anyPolicies, groupPolicies, rolePolicies } from '../access.js';
import type { Call, Routes } from '../call.js';
import { checkAccess } from '../caller.js';
import { one, page } from '../odata-page.js';
import { badRequest } from '../odata-query.js';
import { policyAssignmentEntity, policyEntity, policyIdOf, ruleEntities } from './policy-views.js';
import { notFound } from './refusals.js';

const assignments = '/policies/roleManagementPolicyAssignments';
const policies = '/policies/roleManagementPolicies';

/** What the policies of roles and groups ask of whoever activates them. Read only: they are changed in the portal. */
export function policyRoutes(routes: Routes): void {
  routes('GET', assignments, anyPolicies, (call) => {
    const { targets, scopeType } = inScope(call);
    const entities = targets.map((each) => policyAssignmentEntity(each, scopeType, call.version));
    return page(call, { context: assignments.slice(1), entities });
  });
  routes('GET', `${assignments}/:id`, anyPolicies, (call) => {
    const entities = everyTarget(call).map((each) => ({
      each,
      entity: policyAssignmentEntity(each, each.kind === 'role' ? 'DirectoryRole' : 'Group', call.version),
    }));
    const found = entities.find(({ entity }) => sameText(String(entity.props.id), call.req.params.id ?? ''));
    if (!found) return notFound(call.req.params.id);
    checkKind(call, found.each);
    return one(call, assignments.slice(1), found.entity);
  });
  routes('GET', policies, anyPolicies, (call) => {
    const entities = inScope(call).targets.map((each) => policyEntity(each, call.version));
    return page(call, { context: policies.slice(1), entities });
  });
  routes('GET', `${policies}/:id`, anyPolicies, (call) =>
    one(call, policies.slice(1), policyEntity(policyOf(call), call.version)),
  );
  for (const list of ['rules', 'effectiveRules']) {
    routes('GET', `${policies}/:id/${list}`, anyPolicies, (call) => {
      const { rules } = policyOf(call);
      const context = `${policies.slice(1)}('${call.req.params.id}')/${list}`;
      return page(call, { context, entities: ruleEntities(rules, call.version) });
    });
  }
  routes('GET', `${policies}/:id/rules/:rule`, anyPolicies, (call) => {
    const rules = ruleEntities(policyOf(call).rules, call.version);
    const found = rules.find(({ props }) => props.id === call.req.params.rule);
    return one(call, `${policies.slice(1)}/rules`, found ?? notFound(call.req.params.rule));
  });
}

/** The service wants to know which scope is meant before it answers anything. */
function inScope(call: Call): { readonly targets: readonly Target[]; readonly scopeType: string } {
  const filter = call.odata.filter ?? '';
  const scopeId = /\bscopeId eq '([^']*)'/i.exec(filter)?.[1];
  const scopeType = /\bscopeType eq '([^']*)'/i.exec(filter)?.[1];
  if (scopeId === undefined || scopeType === undefined)
    return badRequest('The $filter must name scopeId and scopeType.');
  if (/^Directory(Role)?$/i.test(scopeType)) {
    checkAccess(call.caller, rolePolicies);
    return { scopeType, targets: scopeId === '/' ? roleTargets(call) : [] };
  }
  if (!/^Group$/i.test(scopeType)) return badRequest(`The scopeType '${scopeType}' is not supported.`);
  checkAccess(call.caller, groupPolicies);
  return { scopeType, targets: groupTargets(call, scopeId.toLowerCase()) };
}

function policyOf(call: Call): Target {
  const wanted = call.req.params.id ?? '';
  const found = everyTarget(call).find((each) => sameText(policyIdOf(each), wanted)) ?? notFound(wanted);
  checkKind(call, found);
  return found;
}

function checkKind({ caller }: Call, { kind }: Target): void {
  checkAccess(caller, kind === 'role' ? rolePolicies : groupPolicies);
}

function everyTarget(call: Call): readonly Target[] {
  const groups = new Set(
    call.ctx.tenant.pim.targets().flatMap(({ kind, id }) => (kind === 'group' ? [id] : [])),
  );
  return [...roleTargets(call), ...[...groups].flatMap((id) => groupTargets(call, id))];
}

function roleTargets(call: Call): readonly Target[] {
  return existing(
    call,
    roles.map(({ id }) => ({ kind: 'role', id, scope: '/' })),
  );
}

function groupTargets(call: Call, id: string): readonly Target[] {
  return existing(
    call,
    ['member', 'owner'].map((scope) => ({ kind: 'group', id, scope })),
  );
}

function existing({ ctx }: Call, refs: readonly TargetRef[]): readonly Target[] {
  return refs.flatMap((ref) => ctx.tenant.pim.target(ref) ?? []);
}
