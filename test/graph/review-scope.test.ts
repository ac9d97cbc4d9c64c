import assert from 'node:assert/strict';
import { reviewScope } from '../../src/graph/review-scope.js';

const nobody = '00000000-0000-0000-0000-000000000000';
const one = 'aa000000-0000-4000-8000-00000000000A';
const two = 'bb000000-0000-4000-8000-00000000000B';
const type = (name: string) => ({ '@odata.type': `#microsoft.graph.${name}` });

describe('what a review is about', () => {
  const scopeOf = (query: string, queryType = 'MicrosoftGraph') =>
    reviewScope({ ...type('accessReviewQueryScope'), query, queryType });
  const lower = one.toLowerCase();

  it('is read from the query, in all the forms Entra writes it', () => {
    const packages = '/identityGovernance/entitlementManagement';
    const roles = '/roleManagement/directory';
    const forms: readonly (readonly [string, string])[] = [
      ['group', `/groups/${one}/transitiveMembers`],
      ['group', `/v1.0/groups/${one}/members`],
      ['group', `https://graph.microsoft.com/v1.0/groups/${one}/members/microsoft.graph.user`],
      ['group', `/groups/${one}/transitiveMembers/?$filter=(userType eq 'Guest')`],
      ['group', `/groups/${one}/microsoft.graph.user/?$count=true&$filter=(userType%20eq%20'Guest')`],
      ['group', `/groups('${one}')/members`],
      ['pim-group', `/groups/${one}/eligibleMembers`],
      [
        'pim-group',
        `/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances?$filter=(groupId eq '${one}' and accessId eq 'member')`,
      ],
      [
        'pim-group',
        `/identityGovernance/privilegedAccess/group/assignmentScheduleInstances?$expand=principal&$filter=(isof(principal,'microsoft.graph.user') and groupId eq '${one}')`,
      ],
      ['application', `/v1.0/servicePrincipals/${one}`],
      ['application', `/servicePrincipals/${one}/appRoleAssignedTo`],
      [
        'package',
        `${packages}/accessPackageAssignments?$filter=(accessPackageId eq '${one}' and assignmentPolicyId eq '${two}' and catalogId eq '${two}')`,
      ],
      [
        'package',
        `${packages}/assignments?$filter=assignmentPolicy/id eq '${two}' and accessPackage/id eq '${one}'`,
      ],
      ['package', `${packages}/accessPackages/${one}/assignments`],
      ['role', `${roles}/roleDefinitions/${one}`],
      [
        'role',
        `/beta${roles}/roleAssignmentScheduleInstances?$expand=principal&$filter=(isof(principal,'microsoft.graph.servicePrincipal') and roleDefinitionId eq '${one}')`,
      ],
      [
        'role',
        `${roles}/roleEligibilityScheduleInstances?$expand=principal&$filter=(isof(principal,'microsoft.graph.user') and roleDefinitionId eq '${one}')`,
      ],
    ];
    for (const [kind, query] of forms) assert.deepEqual(scopeOf(query), { kind, id: lower }, query);
  });

  it('can be a list of resources, and who is reviewed does not matter', () => {
    const principalScopes = [{ query: `/groups/${two}/members`, queryType: 'MicrosoftGraph' }];
    const about = (...queries: string[]) =>
      reviewScope({
        ...type('principalResourceMembershipsScope'),
        principalScopes,
        resourceScopes: queries.map((query) => ({ query, queryType: 'MicrosoftGraph' })),
      });
    assert.deepEqual(about(`/v1.0/servicePrincipals/${one}`), { kind: 'application', id: lower });
    assert.deepEqual(about(`/groups/${one}/transitiveMembers`, `/teams/${one}/channels?$filter=x`), {
      kind: 'group',
      id: lower,
    });
    assert.equal(about(`/groups/${one}/members`, `/groups/${two}/members`).kind, 'other');
    assert.equal(about(`/groups/${one}/members`, '/groups').kind, 'other');
    assert.equal(about().kind, 'other');
  });

  it('can name its resource outright', () => {
    const named = (scopeType: string, more = {}) =>
      reviewScope({ resourceScopes: [{ scopeType, resourceId: one, ...more }] });
    assert.deepEqual(named('group'), { kind: 'group', id: lower });
    assert.deepEqual(named('servicePrincipal'), { kind: 'application', id: lower });
    assert.deepEqual(named('directoryRole'), { kind: 'role', id: lower });
    assert.deepEqual(named('accessPackageAssignmentPolicy', { accessPackageId: two }), {
      kind: 'package',
      id: two.toLowerCase(),
    });
    assert.deepEqual(named('catalog'), { kind: 'other', id: '' });
  });

  it('is something else where it cannot be told', () => {
    const odd: readonly unknown[] = [
      undefined,
      null,
      'text',
      7,
      [],
      {},
      { query: null },
      { query: 5 },
      { resourceScopes: 'none' },
      { resourceScopes: [null, 'x'] },
    ];
    for (const scope of odd) assert.deepEqual(reviewScope(scope), { kind: 'other', id: '' });
    const queries = [
      '',
      './members/microsoft.graph.user',
      '/groups',
      "/groups?$filter=(groupTypes/any(c:c eq 'Unified'))",
      '/groups/',
      `/groups/${nobody}/members`,
      '/groups/microsoft.graph.group',
      `/identityGovernance/entitlementManagement/accessPackageAssignments?$filter=assignmentPolicyId eq '${one}'`,
      '/groups/%E0%A4%A/members',
    ];
    for (const query of queries) assert.deepEqual(scopeOf(query), { kind: 'other', id: '' }, query);
    assert.equal(scopeOf(`/groups/${one}/members`, 'ARM').kind, 'other');
  });
});
