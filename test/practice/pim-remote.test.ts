import assert from 'node:assert/strict';
import { forHours, idOf, type PimVisit, visitPim, type Wire } from './pim-visit.js';

describe('practice tenant: just-in-time roles from outside', () => {
  let visit: PimVisit;
  before(async () => {
    visit = await visitPim();
  });
  afterEach(() => visit.control('POST', '/reset'));
  after(() => visit.close());

  const rows = async (): Promise<Wire[]> => {
    await visit.settings({ auditDelay: 'PT0S' });
    return (await visit.asApp('/v1.0/auditLogs/directoryAudits?$orderby=activityDateTime')).body.value;
  };
  const said = (list: readonly Wire[]) => list.map((row) => [row.loggedByService, row.activityDisplayName]);

  it('shows what there is, and lets people ask in the portal', async () => {
    const { targets, requests } = (await visit.control('GET', '/pim')).body;
    assert.deepEqual([targets.length, requests], [11, []]);
    const wish = { person: 'engineer', target: 'cognitive', minutes: 90, reason: 'Quota is used up' };
    const bare = await visit.control('POST', '/pim/request', wish);
    assert.deepEqual([bare.status, /TicketingRule/.test(bare.body.error)], [400, true]);
    const asked = await visit.control('POST', '/pim/request', { ...wish, ticket: 'ServiceNow INC-4711' });
    assert.deepEqual(
      [asked.body.status, asked.body.target, asked.body.minutes, asked.body.ticket],
      ['PendingApproval', 'cognitive', 90, 'ServiceNow INC-4711'],
    );
    const strong = { ...wish, target: 'ai-admin', ticket: 'ServiceNow INC-4711' };
    assert.equal((await visit.control('POST', '/pim/request', strong)).status, 200);
    assert.equal((await visit.control('GET', '/pim')).body.requests.length, 2);
    assert.equal((await visit.control('POST', '/pim/request', { ...wish, target: 'king' })).status, 404);
    assert.equal((await visit.control('POST', '/pim/request', { ...wish, person: 'king' })).status, 404);
  });

  it('gives and takes eligibilities', async () => {
    const eligible = (yes: boolean) =>
      visit.control('POST', '/pim/eligible', { person: 'finance', target: 'security-admin', eligible: yes });
    assert.equal((await visit.ask('finance', 'security-admin')).status, 400);
    await eligible(true);
    assert.equal((await visit.ask('finance', 'security-admin')).status, 201);
    await eligible(false);
    assert.equal(
      (await visit.ask('finance', 'security-admin')).body.error.code,
      'RoleAssignmentDoesNotExist',
    );
  });

  it('changes rules one by one', async () => {
    await visit.rules('security-admin', { longest: 'PT30M', enabled: [], approvers: ['manager'] });
    const long = await visit.ask('engineer', 'security-admin', { justification: '' });
    assert.match(long.body.error.message, /\["ExpirationRule"\]/);
    const half = { scheduleInfo: { expiration: { type: 'afterDuration', duration: 'PT30M' } } };
    const { body } = await visit.ask('engineer', 'security-admin', { justification: '', ...half });
    assert.equal(body.status, 'PendingApproval');
    await visit.rules('security-admin', { approvers: null });
    assert.equal((await visit.rules('security-admin', { longest: 'half an hour' })).status, 400);
    assert.equal((await visit.rules('king', {})).status, 404);
  });

  it('writes down an activation from the request to its end', async () => {
    const { body } = await visit.ask('engineer', 'ai-admin', forHours(1));
    await visit.later('PT10S');
    await visit.decide('manager', body, 'Approve', 'Checked INC-4711');
    await visit.later('PT1H1M');
    const list = await rows();
    const pim = (text: string) => ['PIM', `${text} (PIM activation)`];
    assert.deepEqual(said(list), [
      pim('Add member to role requested'),
      pim('Add member to role approval requested'),
      pim('Add member to role request approved'),
      pim('Add member to role completed'),
      ['Core Directory', 'Add member to role'],
      ['PIM', 'Remove member from role (PIM activation expired)'],
      ['Core Directory', 'Remove member from role'],
    ]);
    const [requested, , approved, completed, twin, expired] = list;
    assert.deepEqual(
      [requested.initiatedBy.user.id, requested.category],
      [idOf('engineer'), 'RoleManagement'],
    );
    assert.equal(requested.resultReason, 'INC-4711 the index is stuck');
    assert.deepEqual(
      [approved.initiatedBy.user.id, approved.resultReason],
      [idOf('manager'), 'Checked INC-4711'],
    );
    assert.deepEqual(
      [twin.initiatedBy.app.displayName, expired.initiatedBy.app.displayName],
      ['MS-PIM', 'MS-PIM'],
    );
    assert.deepEqual(
      completed.targetResources.map(({ type, displayName }: Wire) => [type, displayName]),
      [
        ['Role', 'AI Administrator'],
        ['Request', body.id],
        ['User', 'Ayumi Fernqvist'],
      ],
    );
    const details = new Map(completed.additionalDetails.map(({ key, value }: Wire) => [key, value]));
    assert.deepEqual(
      ['RoleAssignmentRequestId', 'TicketNumber', 'TicketSystem'].map((key) => details.get(key)),
      [body.id, 'INC-4711', 'ServiceNow'],
    );
    const length =
      Date.parse(String(details.get('ExpirationTime'))) - Date.parse(String(details.get('StartTime')));
    assert.equal(length, 3_600_000);
    // Dated when it was due, although the clock was moved past it.
    assert.equal(Date.parse(expired.activityDateTime), Date.parse(String(details.get('ExpirationTime'))));
  });

  it('writes down denials, cancellations and early ends, and groups as groups', async () => {
    const first = (await visit.ask('engineer', 'platform-admins')).body;
    await visit.decide('appowner', first, 'Deny', 'Not today');
    await visit.later('PT1S');
    const second = (await visit.ask('engineer', 'platform-admins')).body;
    const path = '/v1.0/identityGovernance/privilegedAccess/group/assignmentScheduleRequests';
    await visit.later('PT1S');
    assert.equal((await visit.as('engineer', 'POST', `${path}/${second.id}/cancel`)).status, 204);
    await visit.later('PT1S');
    await visit.ask('manager', 'incident-owner');
    await visit.later('PT6M');
    await visit.end('manager', 'incident-owner', { justification: 'Over' });
    const list = await rows();
    assert.ok(list.every(({ category }) => category === 'GroupManagement'));
    const texts = list.map((row) => row.activityDisplayName);
    for (const text of [
      'Add member to role request denied (PIM activation)',
      'Add member to role canceled (PIM activation)',
      'Add owner to group',
      'Remove member from role requested (PIM deactivate)',
      'Remove member from role completed (PIM deactivate)',
      'Remove owner from group',
    ])
      assert.equal(texts.filter((each) => each === text).length, 1, text);
    const denied = list.find((row) => row.activityDisplayName.includes('denied'));
    assert.deepEqual([denied.resultReason, denied.initiatedBy.user.id], ['Not today', idOf('appowner')]);
    assert.equal(denied.targetResources[0].type, 'Group');
  });

  it('writes down what people do with a role', async () => {
    const at = new Date(Date.now() - 60_000).toISOString();
    const act = { person: 'engineer', activity: 'Update user', on: 'Noor Achterberg', type: 'User' };
    assert.equal((await visit.control('POST', '/pim/act', { ...act, at })).status, 200);
    await visit.control('POST', '/pim/act', { person: 'engineer', activity: 'Delete policy', ok: false });
    const [updated, failed] = await rows();
    assert.deepEqual(
      [updated.initiatedBy.user.id, updated.targetResources[0].id, updated.activityDateTime],
      [idOf('engineer'), idOf('starter'), at],
    );
    assert.deepEqual([failed.result, failed.loggedByService], ['failure', 'Core Directory']);
  });
});
