import assert from 'node:assert/strict';
import type { GraphAs } from '../../src/graph/graph.js';
import type { Wish } from '../../src/graph/pim/activating.js';
import { activatingOf, withGroupNames } from '../../src/graph/pim/kinds.js';
import { failureOf, type OddGraph, refused, startOddGraph } from './odd-graph.js';
import { actorOf, idOf } from './practice-graph.js';

const ada = idOf('engineer');
const [roles, groups, azure] = [activatingOf('role'), activatingOf('group'), activatingOf('azure')];
const never = () => Promise.resolve(false);

describe('what is sent to activate something', () => {
  let odd: OddGraph;
  let graph: GraphAs;

  beforeEach(async () => {
    odd = await startOddGraph();
    const scopes = ['User.Read', 'https://management.azure.com/user_impersonation'];
    graph = odd.client({ azureUrl: odd.url }).as(actorOf('engineer'), scopes, 'reference');
  });
  afterEach(() => odd.close());

  const wish: Wish = {
    ...{ kind: 'role', id: 'role-1', scope: '/', principalId: ada, reason: 'INC-4711', minutes: 90 },
    ticket: { system: 'ServiceNow', number: 'INC-4711' },
    startsAt: undefined,
    scheduleId: '/x/RoleEligibilitySchedules/S',
    requestId: 'dd000000-0000-4000-8000-00000000000d',
  };
  const sent = () => odd.seen.map(({ method, path, body }) => [method, decodeURIComponent(path), body]);
  const made = { body: { id: '1', roleDefinitionId: 'role-1', groupId: 'g', status: 'Provisioned' } };
  const about = { principalId: ada, justification: 'INC-4711' };
  const ticketInfo = { ticketNumber: 'INC-4711', ticketSystem: 'ServiceNow' };

  it('is one POST for a role, without a start where it begins at once', async () => {
    odd.onRequest(() => made);
    await roles.submit(graph, wish, never);
    await roles.validate(graph, { ...wish, ticket: undefined, startsAt: '2026-11-22T09:00:00Z' });
    await roles.deactivate(graph, { ...wish, reason: '' }, never);
    const path = '/graph/v1.0/roleManagement/directory/roleAssignmentScheduleRequests';
    const role = { roleDefinitionId: 'role-1', directoryScopeId: '/' };
    const expiration = { type: 'afterDuration', duration: 'PT1H30M' };
    const scheduleInfo = { startDateTime: '2026-11-22T09:00:00Z', expiration };
    const action = 'selfActivate';
    assert.deepEqual(sent(), [
      ['POST', path, { action, ...about, ...role, scheduleInfo: { expiration }, ticketInfo }],
      ['POST', path, { action, ...about, ...role, scheduleInfo, isValidationOnly: true }],
      ['POST', path, { action: 'selfDeactivate', principalId: ada, ...role }],
    ]);
  });

  it('is one POST for a group', async () => {
    odd.onRequest(() => made);
    await groups.submit(graph, { ...wish, kind: 'group', id: 'g', scope: 'owner' }, never);
    await groups.cancel(graph, { id: 'a/b', target: wish }, never);
    const base = '/graph/v1.0/identityGovernance/privilegedAccess/group/assignmentScheduleRequests';
    const scheduleInfo = { expiration: { type: 'afterDuration', duration: 'PT1H30M' } };
    const body = {
      action: 'selfActivate',
      ...about,
      accessId: 'owner',
      groupId: 'g',
      scheduleInfo,
      ticketInfo,
    };
    assert.deepEqual(sent(), [
      ['POST', base, body],
      ['POST', `${base}/a/b/cancel`, {}],
    ]);
    assert.ok(odd.seen[1]?.path.endsWith('/a%2Fb/cancel'), 'an id stays one part of the path');
  });

  it('is one PUT for an Azure role, whose id is ours, and whose scope stays a path', async () => {
    odd.onRequest((seen) => (seen.method === 'PUT' ? { status: 201, body: {} } : refused(403, 'No')));
    const scope = '/subscriptions/s/resourceGroups/rg (a?b)';
    const asked = await azure.submit(graph, { ...wish, kind: 'azure', scope }, never);
    assert.equal(asked, undefined, 'it is made, and who cannot read it back is told so');
    const [put] = odd.seen;
    assert.equal(
      put?.path,
      '/graph/subscriptions/s/resourceGroups/rg%20(a%3Fb)/providers/Microsoft.Authorization' +
        '/roleAssignmentScheduleRequests/dd000000-0000-4000-8000-00000000000d?api-version=2020-10-01',
    );
    assert.deepEqual(put?.body, {
      properties: {
        requestType: 'SelfActivate',
        ...about,
        roleDefinitionId: 'role-1',
        linkedRoleEligibilityScheduleId: '/x/RoleEligibilitySchedules/S',
        scheduleInfo: { expiration: { type: 'AfterDuration', duration: 'PT1H30M' } },
        ticketInfo,
      },
    });
    const away = { ...wish, kind: 'azure', scope: '/subscriptions/../x' } as const;
    await assert.rejects(azure.submit(graph, away, never), TypeError);
  });

  it('is sent once when its answer is lost, and looked for', async () => {
    odd.onRequest(() => ({ drop: 'before' }));
    assert.equal(await roles.submit(graph, wish, () => Promise.resolve(true)), undefined);
    assert.equal(odd.seen.length, 1);
    const failed = await failureOf(
      roles.submit(graph, wish, () => Promise.reject(new Error('no'))),
      odd.log,
    );
    assert.equal(failed.code, 'graph.fate-unknown');
  });

  it('may be checked again and again, because a check changes nothing', async () => {
    odd.onRequest((_seen, n) => (n < 3 ? { status: 503 } : made));
    await groups.validate(graph, { ...wish, kind: 'group', id: 'g', scope: 'member' });
    assert.equal(odd.seen.length, 3);
  });

  it('is decided in beta, for roles and for groups', async () => {
    odd.onRequest((seen) => (seen.method === 'GET' ? { body: { value: [{ id: 's' }] } } : { status: 204 }));
    const decision = {
      approvalId: 'a',
      stepId: 's',
      result: 'Deny',
      justification: 'no',
      landed: never,
    } as const;
    for (const kind of [roles, groups]) {
      await kind.steps(graph, 'a');
      await kind.decide(graph, decision);
    }
    const body = { reviewResult: 'Deny', justification: 'no' };
    const ofRole = '/graph/beta/roleManagement/directory/roleAssignmentApprovals/a/steps';
    const ofGroup = '/graph/beta/identityGovernance/privilegedAccess/group/assignmentApprovals/a/steps';
    assert.deepEqual(sent(), [
      ['GET', ofRole, undefined],
      ['PATCH', `${ofRole}/s`, body],
      ['GET', ofGroup, undefined],
      ['PATCH', `${ofGroup}/s`, body],
    ]);
  });

  it('never lists the requests of everybody', async () => {
    odd.onRequest(() => ({ body: { value: [] } }));
    for (const kind of [roles, groups]) {
      await kind.mine(graph);
      await kind.waiting(graph);
    }
    const asked = odd.seen.filter(({ path }) => path.includes('ScheduleRequests'));
    assert.ok(asked.every(({ path }) => /ScheduleRequests\/filterByCurrentUser\(on='/.test(path)));
    assert.equal(asked.length, 4);
  });

  it('asks for the names of groups fifteen at a time, and lives without them', async () => {
    const eligible = Array.from({ length: 16 }, (_, n) => ({ groupId: `g${n}`, accessId: 'member' }));
    odd.onRequest(({ path }) => {
      if (!path.includes('/groups?')) return { body: { value: eligible } };
      const named = [{ id: 'G15', displayName: "People's", description: 'Ours.' }];
      return path.includes('g15') ? { body: { value: named } } : refused(403, 'Authorization_RequestDenied');
    });
    const found = await withGroupNames(graph, await groups.eligible(graph));
    assert.deepEqual([found[0]?.name, found[15]?.name, found[15]?.description], ['g0', "People's", 'Ours.']);
    const filters = odd.seen.flatMap(
      ({ path }) => new URLSearchParams(path.split('?')[1]).get('$filter') ?? [],
    );
    assert.deepEqual(
      filters.map((filter) => filter.split(',').length),
      [15, 1],
    );
    assert.match(filters[1] ?? '', /^id in \('g15'\)$/);
  });
});
