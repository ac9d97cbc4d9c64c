import { mayRequest, policiesFor } from '../world/eligibility.js';
import { type AccessPackage, accessPackages, catalog, packageById, policiesOf } from '../world/packages.js';
import { refuse } from '../world/refusal.js';
import { entitlement as access } from './access.js';
import type { Call, Operation, Routes } from './call.js';
import { personOf } from './caller.js';
import { one, page } from './odata-page.js';
import { badRequest } from './odata-query.js';
import { catalogEntity, packageEntity } from './package-views.js';
import { policyEntities, policyEntity, requirement } from './policy-views.js';

export const em = '/identityGovernance/entitlementManagement';
const emContext = 'identityGovernance/entitlementManagement';

export function packageRoutes(routes: Routes): void {
  routes('GET', `${em}/accessPackages`, access.read, (call) => packagePage(call, accessPackages));
  routes('GET', `${em}/accessPackages/filterByCurrentUser(on=':on')`, access.own, requestable);
  routes('GET', `${em}/accessPackages/:id`, access.read, (call) =>
    one(call, `${emContext}/accessPackages`, packageEntity(subject(call))),
  );
  routes('GET', `${em}/accessPackages/:id/assignmentPolicies`, access.read, (call) =>
    page(call, { context: `${emContext}/assignmentPolicies`, entities: policyEntities(subject(call)) }),
  );
  routes('POST', `${em}/accessPackages/:id/getApplicablePolicyRequirements`, access.own, requirements);
  routes('GET', `${em}/assignmentPolicies`, access.read, (call) =>
    page(call, {
      context: `${emContext}/assignmentPolicies`,
      entities: accessPackages.flatMap(policyEntities),
    }),
  );
  routes('GET', `${em}/assignmentPolicies/:id`, access.read, (call) => {
    const id = call.req.params.id?.toLowerCase();
    const [found = missing('assignment policy')] = accessPackages.flatMap((each) =>
      policiesOf(each).flatMap((policy) => (policy.id === id ? [policyEntity(each, policy)] : [])),
    );
    return one(call, `${emContext}/assignmentPolicies`, found);
  });
  routes('GET', `${em}/catalogs`, access.read, (call) =>
    page(call, { context: `${emContext}/catalogs`, entities: [catalogEntity()] }),
  );
  routes('GET', `${em}/catalogs/:id`, access.read, (call) => {
    if (call.req.params.id?.toLowerCase() !== catalog.id) missing('catalog');
    return one(call, `${emContext}/catalogs`, catalogEntity());
  });
}

const requestable: Operation = (call) => {
  const person = personOf(call.caller);
  if (call.req.params.on !== 'allowedRequestor') unknownOption(call);
  return packagePage(
    call,
    accessPackages.filter((candidate) => mayRequest(candidate, person)),
  );
};

// An action, so POST. One element a policy that applies; somebody who may not ask gets an empty list and no error.
const requirements: Operation = (call) => {
  const person = personOf(call.caller);
  const found = subject(call);
  const type = 'microsoft.graph.accessPackageAssignmentRequestRequirements';
  const head = {
    '@odata.context': `https://graph.microsoft.com/${call.version}/$metadata#Collection(${type})`,
  };
  return { status: 200, body: { ...head, value: policiesFor(found, person).map(requirement) } };
};

export function unknownOption(call: Call): never {
  return badRequest(`'${call.req.params.on}' is not a value of the parameter 'on' of this function.`);
}

function packagePage(call: Call, packages: readonly AccessPackage[]): ReturnType<typeof page> {
  return page(call, { context: `${emContext}/accessPackages`, entities: packages.map(packageEntity) });
}

function subject(call: Call): AccessPackage {
  return packageById(call.req.params.id ?? '') ?? missing('access package');
}

export function missing(what: string): never {
  return refuse(404, 'ResourceNotFound', `The ${what} does not exist.`);
}
