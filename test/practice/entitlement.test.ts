import assert from 'node:assert/strict';
import { elevatedPackage, promptLibrary, standardPackage } from '../../practice/world/packages.js';
import { personByKey } from '../../practice/world/people.js';
import { type Answer, type Visit, visitPractice } from './visit.js';

const em = '/v1.0/identityGovernance/entitlementManagement';
const approvals = `${em}/accessPackageAssignmentApprovals`;

describe('practice Graph: access packages', () => {
  let visit: Visit;
  const tokens = new Map<string, string>();
  before(async () => {
    visit = await visitPractice();
    for (const key of ['engineer', 'manager', 'security', 'appowner', 'guest']) {
      tokens.set(key, await visit.signIn(key, '.default'));
    }
  });
  afterEach(() => visit.control('POST', '/reset'));
  after(() => visit.close());

  const as = (key: string, method: string, path: string, body?: unknown): Promise<Answer> =>
    visit.graph(tokens.get(key) ?? '', method, path, body);
  const later = (advance: string): Promise<Answer> => visit.control('POST', '/clock', { advance });
  const ask = (key: string, wanted: typeof standardPackage, more: object = {}): Promise<Answer> =>
    as(key, 'POST', `${em}/assignmentRequests`, {
      requestType: 'userAdd',
      assignment: {
        accessPackageId: wanted.id,
        assignmentPolicyId: wanted.policy.id,
        targetId: personByKey(key)?.id,
      },
      justification: 'Project Nord',
      ...more,
    });
  const pendingStage = async (key: string, request: string): Promise<string> => {
    await later('PT1S');
    const stages = await as(key, 'GET', `${approvals}/${request}/stages`);
    return `${approvals}/${request}/stages/${stages.body.value[0].id}`;
  };
  const stateOf = async (request: string): Promise<string> =>
    (await visit.graph(await visit.appToken(), 'GET', `${em}/assignmentRequests/${request}`)).body.state;

  it('goes from submitted to delivered through the decision of the manager', async () => {
    const asked = await ask('engineer', standardPackage);
    assert.equal(asked.status, 201);
    assert.equal(asked.body.state, 'submitted');

    const stage = await pendingStage('manager', asked.body.id);
    assert.equal(await stateOf(asked.body.id), 'pendingApproval');
    const waiting = await as('manager', 'GET', `${approvals}/filterByCurrentUser(on='approver')`);
    assert.deepEqual(waiting.body.value, [{ id: asked.body.id }]);

    const decided = await as('manager', 'PATCH', stage, { reviewResult: 'Approve', justification: 'Agreed' });
    assert.equal(decided.status, 204);
    const read = await as('manager', 'GET', stage);
    assert.equal(read.body.reviewResult, 'Approved');
    assert.equal(read.body.reviewedBy.id, personByKey('manager')?.id);
    assert.equal(await stateOf(asked.body.id), 'delivering');

    await later('PT1S');
    assert.equal(await stateOf(asked.body.id), 'delivered');
    const mine = await as(
      'engineer',
      'GET',
      `${em}/assignments/filterByCurrentUser(on='target')?$expand=target`,
    );
    const [assignment] = mine.body.value;
    assert.equal(assignment.state, 'delivered');
    assert.equal(assignment.target.objectId, personByKey('engineer')?.id);
    assert.notEqual(assignment.target.id, assignment.target.objectId);
    const groups = await as('engineer', 'GET', '/v1.0/me/transitiveMemberOf/microsoft.graph.group');
    assert.ok(
      groups.body.value.some((group: { displayName: string }) => group.displayName === 'AI Chat Users'),
    );
  });

  it('ends the access after its time', async () => {
    await ask('guest', promptLibrary);
    await later('PT2S');
    await later('P365D');
    const mine = await as('guest', 'GET', `${em}/assignments/filterByCurrentUser(on='target')`);
    assert.deepEqual(
      mine.body.value.map((each: { state: string }) => each.state),
      ['expired'],
    );
  });

  it('takes the first of two decisions on a stage, and answers 409 to the second', async () => {
    const asked = await ask('engineer', elevatedPackage);
    const stage = await pendingStage('security', asked.body.id);
    assert.equal((await as('security', 'PATCH', stage, { reviewResult: 'Deny' })).status, 204);
    assert.equal((await as('appowner', 'PATCH', stage, { reviewResult: 'Approve' })).status, 409);
    assert.equal(await stateOf(asked.body.id), 'denied');
  });

  it('never lets people decide their own request, even as listed approvers', async () => {
    const asked = await ask('appowner', elevatedPackage);
    const stage = await pendingStage('appowner', asked.body.id);
    const answer = await as('appowner', 'PATCH', stage, { reviewResult: 'Approve' });
    assert.equal(answer.status, 403);
    assert.equal((await as('appowner', 'GET', stage)).body.assignedToMe, false);
    assert.equal((await as('manager', 'PATCH', stage, { reviewResult: 'Approve' })).status, 403);
    assert.equal((await as('security', 'PATCH', stage, { reviewResult: 'Approve' })).status, 204);
  });

  it('writes Approve and not Approved', async () => {
    const asked = await ask('engineer', standardPackage);
    const stage = await pendingStage('manager', asked.body.id);
    assert.equal((await as('manager', 'PATCH', stage, { reviewResult: 'Approved' })).status, 400);
    assert.equal((await as('manager', 'PATCH', `${stage}0`, { reviewResult: 'Deny' })).status, 404);
  });

  it('calls the parts of an approval steps in beta', async () => {
    const asked = await ask('engineer', standardPackage);
    const stage = await pendingStage('manager', asked.body.id);
    const step = stage.replace('/v1.0/', '/beta/').replace('/stages/', '/steps/');
    assert.equal((await as('manager', 'PATCH', step, { reviewResult: 'Deny' })).status, 204);
    assert.equal(await stateOf(asked.body.id), 'denied');
  });

  it('denies by itself when nobody has decided for 14 days', async () => {
    const asked = await ask('engineer', standardPackage);
    const stage = await pendingStage('manager', asked.body.id);
    await later('P14D');
    assert.equal(await stateOf(asked.body.id), 'denied');
    assert.equal((await as('manager', 'GET', stage)).body.status, 'Expired');
    assert.equal((await as('manager', 'PATCH', stage, { reviewResult: 'Approve' })).status, 409);
  });

  it('refuses a second request while one is open, and one without the reason that the policy wants', async () => {
    assert.equal((await ask('engineer', standardPackage, { justification: ' ' })).status, 400);
    assert.equal((await ask('engineer', standardPackage)).status, 201);
    assert.equal((await ask('engineer', standardPackage)).body.error.code, 'ExistingOpenRequest');
  });

  it('lets a guest have what is for everybody or for guests', async () => {
    const list = await as('guest', 'GET', `${em}/accessPackages/filterByCurrentUser(on='allowedRequestor')`);
    assert.deepEqual(
      list.body.value.map((each: { displayName: string }) => each.displayName),
      ['Prompt library', 'Partner prompt desk'],
    );
    const rules = `${em}/accessPackages/${standardPackage.id}/getApplicablePolicyRequirements`;
    assert.deepEqual((await as('guest', 'POST', rules)).body.value, []);
    assert.equal((await ask('guest', standardPackage)).status, 403);
  });

  it('asks the fallback approvers when somebody has no manager, and never the person', async () => {
    const asked = await ask('manager', standardPackage);
    await later('PT1S');
    const panel = await visit.control('GET', '/entra');
    const [approval] = panel.body.requests[0].approvals;
    assert.deepEqual(approval.approvers, [personByKey('security')?.displayName]);
    assert.equal(panel.body.requests[0].id, asked.body.id);
  });

  it('takes a request back while nobody has decided', async () => {
    const asked = await ask('engineer', standardPackage);
    const cancel = `${em}/assignmentRequests/${asked.body.id}/cancel`;
    assert.equal((await as('manager', 'POST', cancel)).status, 403);
    assert.equal((await as('engineer', 'POST', cancel)).status, 204);
    assert.equal(await stateOf(asked.body.id), 'canceled');
    assert.equal((await ask('engineer', standardPackage)).status, 201);
  });

  it('gives access back when its holder asks for that', async () => {
    await ask('guest', promptLibrary);
    await later('PT2S');
    const mine = `${em}/assignments/filterByCurrentUser(on='target')`;
    const [held] = (await as('guest', 'GET', mine)).body.value;
    const removal = { requestType: 'userRemove', assignment: { id: held.id } };
    assert.equal((await as('engineer', 'POST', `${em}/assignmentRequests`, removal)).status, 403);
    assert.equal((await as('guest', 'POST', `${em}/assignmentRequests`, removal)).status, 201);
    await later('PT2S');
    assert.equal((await as('guest', 'GET', mine)).body.value[0].state, 'expired');
  });

  it('renews access that ends soon, and refuses to add what somebody has for long', async () => {
    await ask('guest', promptLibrary);
    await later('PT2S');
    assert.equal((await ask('guest', promptLibrary)).body.error.code, 'ExistingGrant');
    await later('P360D');
    assert.equal((await ask('guest', promptLibrary)).status, 201);
    await later('P10D');
    const mine = await as('guest', 'GET', `${em}/assignments/filterByCurrentUser(on='target')`);
    assert.deepEqual(
      mine.body.value.map((each: { state: string }) => each.state),
      ['delivered'],
    );
  });

  it('waits for the start that was wished for, and refuses a longer time than the policy gives', async () => {
    const expiration = (duration: string): object => ({ expiration: { type: 'afterDuration', duration } });
    assert.equal((await ask('engineer', standardPackage, { schedule: expiration('P181D') })).status, 400);
    const { now } = (await visit.control('GET', '')).body.clock;
    const startDateTime = new Date(Date.parse(now) + 5 * 86_400_000).toISOString();
    const asked = await ask('engineer', standardPackage, {
      schedule: { startDateTime, ...expiration('P10D') },
    });
    const stage = await pendingStage('manager', asked.body.id);
    await as('manager', 'PATCH', stage, { reviewResult: 'Approve' });
    assert.equal(await stateOf(asked.body.id), 'scheduled');
    await later('P6D');
    assert.equal(await stateOf(asked.body.id), 'delivered');
  });

  it('shows a request to those who take part in it, to the owners of the catalog, and to nobody else', async () => {
    const asked = await ask('engineer', standardPackage);
    const url = `${em}/assignmentRequests/${asked.body.id}`;
    await later('PT1S');
    assert.equal((await as('manager', 'GET', url)).status, 200);
    assert.equal((await as('security', 'GET', url)).status, 200);
    assert.equal((await as('guest', 'GET', url)).status, 403);
  });
});
