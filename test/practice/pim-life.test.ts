import assert from 'node:assert/strict';
import {
  forHours,
  groupBase,
  idOf,
  mine,
  type PimVisit,
  roleBase,
  roleRequests,
  visitPim,
  type Wire,
} from './pim-visit.js';

const instances = `${roleBase}/roleAssignmentScheduleInstances`;

describe('practice Graph: the life of an activation', () => {
  let visit: PimVisit;
  before(async () => {
    visit = await visitPim();
  });
  afterEach(() => visit.control('POST', '/reset'));
  after(() => visit.close());

  const active = async (person: string, base = instances): Promise<Wire[]> => {
    const { body } = await visit.as(person, 'GET', `${base}/${mine}`);
    return body.value.filter(({ assignmentType }: Wire) => /^activated$/i.test(assignmentType));
  };
  const works = async (role: string): Promise<boolean> => {
    const { roleDefinitionId } = await visit.named(role);
    const path = `${roleBase}/roleAssignments?$filter=principalId eq '${idOf('engineer')}'`;
    const { value } = (await visit.asApp(path)).body;
    return value.some((each: Wire) => each.roleDefinitionId === roleDefinitionId);
  };

  it('is provisioned at once without an approval, shows a while later, and works a while after that', async () => {
    await visit.settings({ readLag: 'PT1M', readyLag: 'PT2M' });
    const { status, body } = await visit.ask('engineer', 'security-admin');
    assert.deepEqual([status, body.status, body.approvalId], [201, 'Provisioned', null]);
    assert.equal(body.scheduleInfo.expiration.duration, 'PT2H');
    assert.deepEqual([await active('engineer'), await works('security-admin')], [[], false]);
    await visit.later('PT1M');
    const [shown] = await active('engineer');
    assert.equal(shown.roleAssignmentScheduleId, body.targetScheduleId);
    assert.equal(new Set([shown.id, body.id, body.targetScheduleId]).size, 3);
    assert.equal(Date.parse(shown.endDateTime) - Date.parse(shown.startDateTime), 7_200_000);
    assert.equal(await works('security-admin'), false);
    await visit.later('PT1M');
    assert.equal(await works('security-admin'), true);
    await visit.later('PT2H');
    assert.deepEqual([await active('engineer'), await works('security-admin')], [[], false]);
    assert.equal((await visit.request('engineer', body.id)).status, 'Provisioned');
  });

  it('may take a while where nobody has to approve', async () => {
    await visit.settings({ submitLag: 'PT1M' });
    const { body } = await visit.ask('engineer', 'security-admin');
    assert.deepEqual([body.status, body.completedDateTime], ['PendingProvisioning', null]);
    const twice = await visit.ask('engineer', 'security-admin');
    assert.equal(twice.body.error.code, 'PendingRoleAssignmentRequest');
    await visit.later('PT1M');
    assert.equal((await visit.request('engineer', body.id)).status, 'Provisioned');
  });

  it('waits for an approval, is provisioned a moment after it, and begins then', async () => {
    const { body } = await visit.ask('engineer', 'ai-admin');
    assert.deepEqual([body.status, body.approvalId], ['PendingApproval', body.id]);
    assert.equal(body.scheduleInfo.startDateTime, null);
    await visit.later('PT1H');
    await visit.settings({ provisionLag: 'PT1M' });
    assert.equal((await visit.decide('manager', body, 'Approve')).status, 204);
    assert.equal((await visit.request('engineer', body.id)).status, 'PendingProvisioning');
    await visit.later('PT1M');
    const after = await visit.request('engineer', body.id);
    assert.equal(after.status, 'Provisioned');
    assert.ok(Date.parse(after.scheduleInfo.startDateTime) - Date.parse(body.createdDateTime) >= 3_600_000);
    await visit.later('PT2S');
    assert.equal((await active('engineer')).length, 1);
  });

  it('is denied, and can be asked for again', async () => {
    const { body } = await visit.ask('engineer', 'groups-admin');
    assert.equal((await visit.decide('security', body, 'deny', 'Not today')).status, 204);
    assert.equal((await visit.request('engineer', body.id)).status, 'Denied');
    assert.equal((await visit.ask('engineer', 'groups-admin')).status, 201);
  });

  it('is over after a day without a decision', async () => {
    const { body } = await visit.ask('engineer', 'platform-admins');
    await visit.later('PT23H59M');
    assert.equal((await visit.request('engineer', body.id)).status, 'PendingApproval');
    await visit.later('PT2M');
    const late = await visit.request('engineer', body.id);
    assert.equal(late.status, 'Failed');
    assert.equal(Date.parse(late.completedDateTime) - Date.parse(late.createdDateTime), 86_400_000);
    const { value } = (await visit.as('manager', 'GET', `${groupBase}/assignmentApprovals/${body.id}/stages`))
      .body;
    assert.deepEqual([value[0].status, value[0].reviewResult], ['Expired', 'NotReviewed']);
    assert.equal((await visit.decide('manager', body, 'Approve')).status, 409);
  });

  it('may begin later: its schedule is there at once, its instance at its hour', async () => {
    const start = new Date(Date.now() + 3_600_000).toISOString();
    const { body } = await visit.ask('engineer', 'security-admin', forHours(1, start));
    assert.deepEqual([body.status, body.scheduleInfo.startDateTime], ['Granted', start]);
    const schedules = async () =>
      (await visit.as('engineer', 'GET', `${roleBase}/roleAssignmentSchedules/${mine}`)).body.value;
    const [ahead] = await schedules();
    assert.deepEqual([ahead.id, ahead.scheduleInfo.startDateTime], [body.targetScheduleId, start]);
    await visit.later('PT59M');
    assert.deepEqual(await active('engineer'), []);
    await visit.later('PT2M');
    assert.equal((await visit.request('engineer', body.id)).status, 'Provisioned');
    const [shown] = await active('engineer');
    assert.deepEqual([shown.startDateTime, shown.roleAssignmentScheduleId], [start, ahead.id]);
    assert.equal((await schedules()).length, 1);
  });

  it('begins at its hour also when the approval comes before, and at once when it comes after', async () => {
    const start = new Date(Date.now() + 3_600_000).toISOString();
    const early = (await visit.ask('engineer', 'groups-admin', forHours(1, start))).body;
    await visit.decide('security', early, 'Approve');
    assert.equal((await visit.request('engineer', early.id)).status, 'Granted');
    const late = (await visit.ask('engineer', 'platform-admins', forHours(1, start))).body;
    await visit.later('PT2H');
    await visit.decide('appowner', late, 'Approve');
    await visit.later('PT2S');
    const done = await visit.request('engineer', late.id);
    assert.equal(done.status, 'Provisioned');
    assert.ok(Date.parse(done.scheduleInfo.startDateTime) > Date.parse(start));
  });

  it('can be ended by its owner after five minutes, and not before', async () => {
    const none = await visit.end('engineer', 'security-admin');
    assert.equal(none.body.error.code, 'RoleAssignmentDoesNotExist');
    const { body } = await visit.ask('engineer', 'security-admin');
    const early = await visit.end('engineer', 'security-admin');
    assert.equal(early.status, 400);
    assert.equal(early.body.error.code, 'ActiveDurationTooShort');
    assert.match(early.body.error.message, /Miniumum Required is 5 minutes/);
    await visit.later('PT5M');
    assert.equal((await active('engineer')).length, 1);
    const check = await visit.end('engineer', 'security-admin', { isValidationOnly: true });
    assert.deepEqual([check.status, (await active('engineer')).length], [201, 1]);
    const ended = await visit.end('engineer', 'security-admin', { justification: 'Done' });
    assert.deepEqual([ended.status, ended.body.status], [201, 'Revoked']);
    assert.notEqual(ended.body.id, body.id);
    assert.equal(ended.body.targetScheduleId, body.targetScheduleId);
    assert.deepEqual(await active('engineer'), []);
    assert.equal((await visit.ask('engineer', 'security-admin')).body.status, 'Provisioned');
  });

  it('can be taken back while it waits or has not begun, and only by its owner', async () => {
    const cancel = (key: string, id: string) => visit.as(key, 'POST', `${roleRequests}/${id}/cancel`);
    const { body } = await visit.ask('engineer', 'ai-admin');
    assert.equal((await cancel('manager', body.id)).status, 403);
    assert.equal((await cancel('engineer', 'nothing')).status, 404);
    assert.equal((await cancel('engineer', body.id)).status, 204);
    assert.equal((await visit.request('engineer', body.id)).status, 'Canceled');
    assert.equal((await visit.decide('manager', body, 'Approve')).status, 409);
    assert.equal((await cancel('engineer', body.id)).status, 400);
    const start = new Date(Date.now() + 3_600_000).toISOString();
    const later = (await visit.ask('engineer', 'security-admin', forHours(1, start))).body;
    assert.equal((await cancel('engineer', later.id)).status, 204);
    await visit.later('PT90M');
    assert.deepEqual(await active('engineer'), []);
    const now = (await visit.ask('engineer', 'security-admin')).body;
    assert.equal((await cancel('engineer', now.id)).status, 400);
  });

  it('puts people into a group, and makes them its owners, for a time', async () => {
    const idsAt = async (path: string): Promise<string[]> =>
      (await visit.asApp(`/v1.0/groups/${path}`)).body.value.map(({ id }: Wire) => id);
    const { groupId: admins } = await visit.named('platform-admins');
    const { groupId: responders } = await visit.named('incident-owner');
    const asked = (await visit.ask('engineer', 'platform-admins')).body;
    assert.ok(asked.targetScheduleId.startsWith(`${admins}_member_`));
    await visit.decide('manager', asked, 'Approve');
    await visit.ask('manager', 'incident-owner');
    await visit.later('PT3S');
    assert.ok((await idsAt(`${admins}/members`)).includes(idOf('engineer')));
    assert.ok((await idsAt(`${admins}/transitiveMembers`)).includes(idOf('engineer')));
    assert.ok((await idsAt(`${responders}/owners`)).includes(idOf('manager')));
    const [shown] = await active('engineer', `${groupBase}/assignmentScheduleInstances`);
    assert.deepEqual([shown.groupId, shown.accessId, shown.memberType], [admins, 'member', 'direct']);
    assert.equal(shown.assignmentScheduleId, asked.targetScheduleId);
    await visit.later('PT2H');
    assert.ok(!(await idsAt(`${admins}/members`)).includes(idOf('engineer')));
    assert.deepEqual(await idsAt(`${responders}/owners`), [idOf('security')]);
  });

  it('outlives a restart in every state', async () => {
    const waiting = (await visit.ask('engineer', 'ai-admin')).body;
    const running = (await visit.ask('engineer', 'security-admin')).body;
    await visit.rules('incident-owner', { approvers: null, longest: 'PT1H' });
    await visit.rules('groups-admin', { approvers: [] });
    await visit.later('PT5S');
    await visit.restart();
    assert.equal((await visit.request('engineer', waiting.id)).status, 'PendingApproval');
    const [shown] = await active('engineer');
    assert.equal(shown.roleAssignmentScheduleId, running.targetScheduleId);
    const { targets } = (await visit.control('GET', '/pim')).body;
    const approvers = (key: string) => targets.find((each: Wire) => each.key === key).rules.approvers;
    assert.deepEqual([approvers('incident-owner'), approvers('groups-admin')], [null, []]);
    await visit.later('PT2H');
    assert.deepEqual(await active('engineer'), []);
    assert.equal((await visit.decide('manager', waiting, 'Approve')).status, 204);
  });
});
