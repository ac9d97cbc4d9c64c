import assert from 'node:assert/strict';
import { forHours, idOf, type PimVisit, roleRequests, visitPim } from './pim-visit.js';
import type { Answer } from './visit.js';

describe('practice Graph: activations that are refused', () => {
  let visit: PimVisit;
  before(async () => {
    visit = await visitPim();
  });
  afterEach(() => visit.control('POST', '/reset'));
  after(() => visit.close());

  const codeOf = ({ status, body }: Answer) => [status, body.error?.code];
  const rulesIn = (answer: Answer) => {
    assert.deepEqual(codeOf(answer), [400, 'RoleAssignmentRequestPolicyValidationFailed']);
    const [, list = ''] =
      /^The following policy rules failed: (\[.*\])$/.exec(answer.body.error.message) ?? [];
    return JSON.parse(list);
  };
  const wrapped = ({ body }: Answer) => {
    assert.equal(body.error.code, 'UnknownError');
    return JSON.parse(body.error.message);
  };
  const unspecified = { justification: '', ticketInfo: null };

  it('name every rule of the policy that they break, in one list', async () => {
    const bare = await visit.ask('engineer', 'ai-admin', { ...unspecified, ...forHours(5) });
    assert.deepEqual(rulesIn(bare), ['JustificationRule', 'TicketingRule', 'ExpirationRule']);
    const half = { ticketInfo: { ticketSystem: 'ServiceNow', ticketNumber: '' } };
    assert.deepEqual(rulesIn(await visit.ask('engineer', 'ai-admin', half)), ['TicketingRule']);
    const long = await visit.ask('engineer', 'platform-admins', { justification: ' ', ...forHours(5) });
    assert.deepEqual(rulesIn(long), ['JustificationRule', 'ExpirationRule']);
    const endless = { scheduleInfo: { expiration: { type: 'noExpiration' } } };
    assert.deepEqual(rulesIn(await visit.ask('engineer', 'security-admin', endless)), ['ExpirationRule']);
  });

  it('want a second factor where the policy does, and an eligibility that lasts', async () => {
    await visit.settings({ withoutMfa: ['engineer'] });
    const path = roleRequests;
    const body = {
      action: 'selfActivate',
      principalId: idOf('engineer'),
      ...(await visit.named('power-platform')),
      ...forHours(1),
    };
    assert.deepEqual(rulesIn(await visit.plainly('engineer', 'POST', path, body)), ['MfaRule']);
    // Whoever signed in more strongly has shown a second factor as well.
    assert.equal((await visit.as('engineer', 'POST', path, { ...body, isValidationOnly: true })).status, 201);
    await visit.later('P9DT12H');
    assert.equal((await visit.ask('engineer', 'power-platform', forHours(11))).status, 201);
    await visit.control('POST', '/reset');
    await visit.later('P9DT12H');
    const late = await visit.ask('engineer', 'power-platform', forHours(13));
    assert.deepEqual(rulesIn(late), ['EligibilityRule']);
    await visit.later('PT12H');
    assert.deepEqual(codeOf(await visit.ask('engineer', 'power-platform')), [
      400,
      'RoleAssignmentDoesNotExist',
    ]);
  });

  it('want a sign-in that satisfied the context, of a client that can be challenged, and say so in claims', async () => {
    const body = {
      action: 'selfActivate',
      principalId: idOf('engineer'),
      ...(await visit.named('ai-admin')),
      ...forHours(2),
      justification: 'The index is stuck',
      ticketInfo: { ticketSystem: 'ServiceNow', ticketNumber: 'INC-1' },
    };
    const refused = wrapped(await visit.plainly('engineer', 'POST', roleRequests, body));
    assert.equal(refused.errorCode, 'RoleAssignmentRequestAcrsValidationFailed');
    assert.deepEqual(refused.instanceAnnotations, []);
    assert.ok(refused.message.startsWith('&claims=%7B%22access_token%22'));
    const claims = JSON.parse(decodeURIComponent(refused.message.slice('&claims='.length)));
    assert.deepEqual(claims, { access_token: { acrs: { essential: true, value: 'c1' } } });
    // The context is there, but the token does not say that its client understands challenges.
    const scope = 'https://graph.microsoft.com/RoleAssignmentSchedule.ReadWrite.Directory';
    const strong = await visit.onBehalfOf(await visit.assertion('engineer', JSON.stringify(claims)), scope);
    const again = await visit.graph(strong.body.access_token, 'POST', roleRequests, body);
    assert.equal(wrapped(again).errorCode, 'RoleAssignmentRequestAcrsValidationFailed');
    assert.equal((await visit.as('engineer', 'POST', roleRequests, body)).status, 201);
  });

  it('come in the other wire form when the world says so', async () => {
    await visit.settings({ wrapErrors: true });
    const bare = wrapped(await visit.ask('engineer', 'ai-admin', unspecified));
    assert.equal(bare.errorCode, 'RoleAssignmentRequestPolicyValidationFailed');
    assert.equal(bare.message, 'The following policy rules failed: ["JustificationRule","TicketingRule"]');
    assert.equal(wrapped(await visit.end('engineer', 'ai-admin')).errorCode, 'RoleAssignmentDoesNotExist');
    await visit.settings({ wrapErrors: false });
    await visit.rules('security-admin', { context: 'c2' });
    const plain = await visit.ask('engineer', 'security-admin');
    assert.deepEqual(codeOf(plain), [400, 'RoleAssignmentRequestAcrsValidationFailed']);
    await visit.settings({ wrapErrors: null });
    wrapped(await visit.ask('engineer', 'security-admin'));
  });

  it('look first at who asks, for what, and whether it is there already', async () => {
    const about = (more: object) => visit.ask('engineer', 'security-admin', more);
    assert.deepEqual(codeOf(await about({ principalId: idOf('manager') })), [
      403,
      'Authorization_RequestDenied',
    ]);
    const nobody = '00000000-0000-4000-8000-000000000000';
    assert.deepEqual(codeOf(await about({ principalId: nobody })), [400, 'SubjectNotFound']);
    assert.deepEqual(codeOf(await about({ roleDefinitionId: nobody })), [400, 'RoleNotFound']);
    assert.deepEqual(codeOf(await about({ directoryScopeId: '/elsewhere' })), [400, 'InvalidScope']);
    assert.deepEqual(codeOf(await about({ directoryScopeId: null })), [400, 'InvalidScope']);
    const group = await visit.ask('engineer', 'platform-admins', { groupId: nobody });
    assert.deepEqual(codeOf(group), [400, 'ResourceNotFound']);
    assert.deepEqual(codeOf(await about({ action: 'adminAssign' })), [403, 'Authorization_RequestDenied']);
    assert.equal((await about({ action: 'selfExtend' })).status, 400);
    // Eligible, but for a part of the directory only.
    const wide = await visit.ask('engineer', 'groups-admin', { directoryScopeId: '/' });
    assert.deepEqual(codeOf(wide), [400, 'RoleAssignmentDoesNotExist']);
    assert.deepEqual(codeOf(await visit.ask('manager', 'security-admin')), [
      400,
      'RoleAssignmentDoesNotExist',
    ]);
    assert.equal((await about({})).body.status, 'Provisioned');
    assert.deepEqual(codeOf(await about({})), [400, 'RoleAssignmentExists']);
    assert.equal((await visit.ask('engineer', 'groups-admin')).body.status, 'PendingApproval');
    const twice = await visit.ask('engineer', 'groups-admin');
    assert.deepEqual(codeOf(twice), [400, 'PendingRoleAssignmentRequest']);
  });

  it('want a schedule that makes sense', async () => {
    const code = 'InvalidRoleAssignmentRequestSchedule';
    const schedules = [
      null,
      { startDateTime: 'soon', expiration: { type: 'afterDuration', duration: 'PT1H' } },
      { expiration: { type: 'afterDuration', duration: 'an hour' } },
      { expiration: { type: 'afterDuration', duration: 'PT0S' } },
      { expiration: { type: 'afterDateTime', endDateTime: '2020-01-01T00:00:00Z' } },
      { expiration: { type: 'whenever' } },
    ];
    for (const scheduleInfo of schedules) {
      const answer = await visit.ask('engineer', 'security-admin', { scheduleInfo });
      assert.deepEqual(codeOf(answer), [400, code], JSON.stringify(scheduleInfo));
    }
    const { body } = await visit.ask('engineer', 'security-admin', { scheduleInfo: {} });
    assert.equal(body.scheduleInfo.expiration.duration, 'PT2H');
  });

  it('are found by a validation too, which keeps nothing', async () => {
    const validation = { isValidationOnly: true };
    const bare = await visit.ask('engineer', 'ai-admin', { ...validation, ...unspecified });
    assert.deepEqual(rulesIn(bare), ['JustificationRule', 'TicketingRule']);
    const good = await visit.ask('engineer', 'ai-admin', validation);
    assert.deepEqual([good.status, good.body.status, good.body.isValidationOnly], [201, 'Granted', true]);
    assert.deepEqual((await visit.control('GET', '/pim')).body.requests, []);
    assert.equal((await visit.ask('engineer', 'ai-admin')).body.status, 'PendingApproval');
  });
});
