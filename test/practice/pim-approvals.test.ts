import assert from 'node:assert/strict';
import {
  forHours,
  groupBase,
  groupRequests,
  idOf,
  type PimVisit,
  roleApprovals,
  roleBase,
  roleRequests,
  toDecide,
  visitPim,
  type Wire,
} from './pim-visit.js';

const pending = "$filter=status eq 'PendingApproval'";

describe('practice Graph: approvals of activations', () => {
  let visit: PimVisit;
  before(async () => {
    visit = await visitPim();
  });
  afterEach(() => visit.control('POST', '/reset'));
  after(() => visit.close());

  const waitingFor = async (key: string, path = roleRequests): Promise<string[]> => {
    const { body } = await visit.as(key, 'GET', `${path}/${toDecide}?${pending}`);
    return body.value.map(({ id }: Wire) => id);
  };

  it('are found by those who may give them, and by nobody else', async () => {
    const { body } = await visit.ask('engineer', 'ai-admin');
    for (const key of ['security', 'manager']) assert.deepEqual(await waitingFor(key), [body.id]);
    for (const key of ['engineer', 'appowner']) assert.deepEqual(await waitingFor(key), []);
    const { value } = (await visit.as('manager', 'GET', `${roleApprovals}/${toDecide}`)).body;
    assert.deepEqual(
      value.map(({ id }: Wire) => id),
      [body.id],
    );
    const expand = '$expand=principal,roleDefinition';
    const full = (await visit.as('manager', 'GET', `${roleRequests}/${toDecide}?${pending}&${expand}`)).body;
    assert.equal(full.value[0].principal.displayName, 'Ayumi Fernqvist');
    assert.equal(full.value[0].principal['@odata.type'], '#microsoft.graph.user');
    assert.equal(full.value[0].roleDefinition.displayName, 'AI Administrator');
  });

  it('have one step with an id of its own, and other words for reading than for writing', async () => {
    const { body } = await visit.ask('engineer', 'ai-admin');
    const path = `${roleApprovals}/${body.id}`;
    const approval = (await visit.as('manager', 'GET', path)).body;
    const [step] = approval.steps;
    assert.deepEqual(approval.id, body.approvalId);
    assert.notEqual(step.id, body.id);
    assert.deepEqual(
      [step.status, step.reviewResult, step.assignedToMe],
      ['InProgress', 'NotReviewed', true],
    );
    const wrong = { reviewResult: 'Approved', justification: 'ok' };
    assert.equal((await visit.as('manager', 'PATCH', `${path}/steps/${step.id}`, wrong)).status, 400);
    assert.equal((await visit.decide('manager', body, 'Approve', 'Checked INC-4711')).status, 204);
    const done = (await visit.as('security', 'GET', `${path}/steps/${step.id}`)).body;
    assert.deepEqual([done.status, done.reviewResult], ['Completed', 'Approved']);
    assert.deepEqual([done.reviewedBy.id, done.justification], [idOf('manager'), 'Checked INC-4711']);
    assert.ok(Date.parse(done.reviewedDateTime) > 0);
  });

  it('take the first decision; the next one conflicts, whatever it says', async () => {
    const { body } = await visit.ask('engineer', 'ai-admin');
    const both = await Promise.all(
      ['security', 'manager'].map((key, index) => visit.decide(key, body, index === 0 ? 'Approve' : 'Deny')),
    );
    assert.deepEqual(both.map(({ status }) => status).toSorted(), [204, 409]);
    const again = await visit.decide('security', body, 'Approve');
    assert.deepEqual([again.status, again.body.error.code], [409, 'Conflict']);
  });

  it('are refused to the asker and to everybody who is no approver, decided or not', async () => {
    await visit.rules('ai-admin', { approvers: ['engineer', 'manager'] });
    const { body } = await visit.ask('engineer', 'ai-admin');
    for (const key of ['engineer', 'appowner', 'security'])
      assert.equal((await visit.decide(key, body, 'Approve')).status, 403, key);
    assert.equal((await visit.as('engineer', 'GET', `${roleApprovals}/${body.id}`)).status, 403);
    await visit.decide('manager', body, 'Approve');
    assert.equal((await visit.decide('appowner', body, 'Approve')).status, 403);
  });

  it('look at who may decide when they are decided, not when they were asked', async () => {
    const { body } = await visit.ask('engineer', 'groups-admin');
    await visit.rules('groups-admin', { approvers: ['manager'] });
    assert.equal((await visit.decide('security', body, 'Approve')).status, 403);
    assert.deepEqual([await waitingFor('security'), await waitingFor('manager')], [[], [body.id]]);
    assert.equal((await visit.decide('manager', body, 'Approve')).status, 204);
  });

  it('fall to those who administer privileged roles when the list is empty', async () => {
    const { body } = await visit.ask('helpdesk', 'global-reader');
    assert.deepEqual([await waitingFor('security'), await waitingFor('manager')], [[body.id], []]);
    assert.equal((await visit.decide('manager', body, 'Approve')).status, 403);
    assert.equal((await visit.decide('security', body, 'Approve')).status, 204);
  });

  it('need a reason where the policy asks the approver for one', async () => {
    const { body } = await visit.ask('engineer', 'ai-admin');
    assert.equal((await visit.decide('manager', body, 'Approve', ' ')).status, 400);
    const other = (await visit.ask('engineer', 'groups-admin')).body;
    assert.equal((await visit.decide('security', other, 'Approve', '')).status, 204);
  });

  it('do not exist where nobody approves, nor under an unknown id', async () => {
    const { body } = await visit.ask('engineer', 'security-admin', forHours(1));
    for (const id of [body.id, 'nothing'])
      assert.equal((await visit.as('security', 'GET', `${roleApprovals}/${id}/steps`)).status, 404);
    const pendingOne = (await visit.ask('engineer', 'ai-admin')).body;
    const step = `${roleApprovals}/${pendingOne.id}/steps/${pendingOne.id}`;
    assert.equal((await visit.as('manager', 'GET', step)).status, 404);
    assert.equal((await visit.as('manager', 'PATCH', step, { reviewResult: 'Approve' })).status, 404);
  });

  it('of roles are in beta alone; those of groups are stages in v1.0 and steps in beta', async () => {
    const role = (await visit.ask('engineer', 'ai-admin')).body;
    const v1 = `${roleBase}/roleAssignmentApprovals/${role.id}`;
    assert.equal((await visit.as('manager', 'GET', v1)).status, 400);
    const { body } = await visit.ask('guest', 'connector-operators');
    assert.deepEqual(await waitingFor('appowner', groupRequests), [body.id]);
    const path = `${groupBase}/assignmentApprovals/${body.id}`;
    assert.equal((await visit.as('appowner', 'GET', `${path}/steps`)).status, 400);
    assert.equal((await visit.as('appowner', 'GET', `${path}?$expand=stages`)).body.stages.length, 1);
    const steps = `${path.replace('v1.0', 'beta')}/steps`;
    const [step] = (await visit.as('appowner', 'GET', steps)).body.value;
    const answer = { reviewResult: 'Approve', justification: 'For the migration' };
    assert.equal((await visit.as('appowner', 'PATCH', `${steps}/${step.id}`, answer)).status, 204);
    await visit.later('PT1S');
    assert.equal((await visit.request('guest', body.id)).status, 'Provisioned');
  });
});
