import assert from 'node:assert/strict';
import { agentWorkshop, partnerDesk, redTeam } from '../../practice/world/packages.js';
import { personByKey } from '../../practice/world/people.js';
import { approvals, type EntitlementVisit, em, visitEntitlement } from './entitlement-visit.js';

describe('practice Graph: stages of access packages', () => {
  let visit: EntitlementVisit;
  before(async () => {
    visit = await visitEntitlement('engineer', 'manager', 'security', 'appowner', 'finance', 'guest');
  });
  afterEach(() => visit.control('POST', '/reset'));
  after(() => visit.close());

  it('goes through both stages, each with its own approvers', async () => {
    const { id } = (await visit.ask('engineer', redTeam)).body;
    assert.equal((await visit.decide('manager', id)).status, 204);
    assert.equal((await visit.request(id)).state, 'pendingApproval');
    const [first, second] = await visit.stagesOf('security', id);
    assert.deepEqual(
      [first.displayName, first.reviewResult, first.assignedToMe],
      ['Manager', 'Approved', false],
    );
    assert.deepEqual(
      [second.displayName, second.status, second.assignedToMe],
      ['Security', 'InProgress', true],
    );
    assert.equal((await visit.decide('manager', id)).status, 403);
    assert.equal(
      (await visit.decide('appowner', id)).status,
      403,
      'owners of the catalog see, but do not decide',
    );
  });

  it('lets somebody else decide too once a stage has waited for too long', async () => {
    const { id } = (await visit.ask('engineer', redTeam)).body;
    await visit.decide('manager', id);
    const mine = `${approvals}/filterByCurrentUser(on='approver')`;
    assert.deepEqual((await visit.as('appowner', 'GET', mine)).body.value, []);
    await visit.later('P2D');
    const { state, status } = await visit.request(id);
    assert.deepEqual([state, status], ['pendingApproval', 'PendingApprovalEscalated']);
    assert.deepEqual((await visit.as('appowner', 'GET', mine)).body.value, [{ id }]);
    assert.equal((await visit.decide('appowner', id, 'Approve', '')).status, 400);
    assert.equal((await visit.decide('appowner', id)).status, 204);
    assert.equal((await visit.decide('security', id)).status, 409);
    await visit.later('PT1S');
    assert.equal((await visit.request(id)).state, 'delivered');
  });

  it('still denies by itself after an escalation, and keeps the times', async () => {
    const { id } = (await visit.ask('engineer', redTeam)).body;
    await visit.decide('manager', id);
    const [first] = await visit.stagesOf('manager', id);
    await visit.later('P20D');
    const { state, status, completedDateTime } = await visit.request(id);
    assert.deepEqual([state, status], ['denied', 'Expired']);
    const waited = Date.parse(completedDateTime) - Date.parse(first.reviewedDateTime);
    assert.equal(waited, 14 * 86_400_000);
  });

  it('lets managers ask for their own people, and nobody else', async () => {
    const asked = await visit.ask('manager', agentWorkshop, { for: 'engineer' });
    assert.equal(asked.status, 201);
    const { id } = asked.body;
    const read = await visit.request(id, 'requestor,assignment($expand=target)');
    assert.equal(read.requestor.objectId, personByKey('manager')?.id);
    assert.equal(read.assignment.target.objectId, personByKey('engineer')?.id);
    // The manager asked, so others have to decide; and never the person who would get it.
    assert.equal((await visit.decide('manager', id)).status, 403);
    const waiting = await visit.as(
      'engineer',
      'GET',
      `${em}/assignmentRequests/filterByCurrentUser(on='target')`,
    );
    assert.equal(waiting.body.value.length, 1);
    assert.equal((await visit.decide('security', id)).status, 204);
    await visit.later('PT1S');
    const held = `${em}/assignments/filterByCurrentUser(on='createdBy')?$expand=target`;
    const [assignment] = (await visit.as('manager', 'GET', held)).body.value;
    assert.equal(assignment.target.objectId, personByKey('engineer')?.id);
    const groups = await visit.as('engineer', 'GET', '/v1.0/me/memberOf/microsoft.graph.group');
    assert.match(JSON.stringify(groups.body), /AI Agent Builders/);
  });

  it('does not let anybody ask for others where no policy says so, or for no report of theirs', async () => {
    assert.equal((await visit.ask('manager', redTeam, { for: 'engineer' })).status, 403);
    assert.equal((await visit.ask('appowner', agentWorkshop, { for: 'engineer' })).status, 403);
    assert.equal((await visit.ask('engineer', agentWorkshop, { for: 'manager' })).status, 403);
    const policyId = agentWorkshop.otherPolicies?.[0]?.id ?? '';
    assert.equal((await visit.ask('manager', agentWorkshop, { for: 'engineer', policyId })).status, 403);
  });

  it('asks the sponsor of a guest, and lets the guest choose dates', async () => {
    const expiration = { type: 'afterDuration', duration: 'P61D' };
    assert.equal((await visit.ask('guest', partnerDesk, { schedule: { expiration } })).status, 400);
    const shorter = { expiration: { ...expiration, duration: 'P30D' } };
    const asked = await visit.ask('guest', partnerDesk, { schedule: shorter });
    assert.equal((await visit.decide('manager', asked.body.id)).status, 204);
    assert.equal((await visit.ask('engineer', partnerDesk)).status, 403);
  });
});
