import assert from 'node:assert/strict';
import { chatUsers, connectorOperators, incidentResponders } from '../../practice/world/groups.js';
import { directoryPersonByKey } from '../../practice/world/reviewed-people.js';
import { definitionPath, mineOnly, type ReviewVisit, visitReviews } from './access-reviews-visit.js';

const idOf = (key: string): string => directoryPersonByKey(key)?.id ?? '';

describe('practice Graph: the life of access reviews', () => {
  let visit: ReviewVisit;
  before(async () => {
    visit = await visitReviews();
  });
  afterEach(() => visit.control('POST', '/reset'));
  after(() => visit.close());

  const itemOf = async (place: string, reviewer: string, person: string) =>
    (await visit.items(reviewer, place)).find(({ principal }) => principal.id === idOf(person));
  const decide = async (key: string, place: string, person: string, decision: string) => {
    const { id } = await itemOf(place, key, person);
    const body = { decision, justification: 'Looked at it' };
    return visit.as(key, 'PATCH', `${place}/decisions/${id}`, body);
  };
  const members = async (group: string, how = 'members'): Promise<string[]> =>
    (await visit.asApp('GET', `/v1.0/groups/${group}/${how}`)).body.value.map(({ id }: { id: string }) => id);
  const read = async (place: string, person: string) =>
    (await visit.asApp('GET', `${place}/decisions?$filter=principal/id eq '${idOf(person)}'`)).body.value[0];

  it('end at their time, are applied, and take away what was denied', async () => {
    const place = await visit.start('chat-users');
    const before = await members(chatUsers.id);
    assert.ok(before.includes(idOf('dormant')) && before.includes(idOf('newcomer')));
    for (const key of ['dormant', 'newcomer', 'librarian']) await decide('manager', place, key, 'Deny');
    await decide('manager', place, 'finance', 'Approve');
    await visit.later('P14D');
    await visit.later('PT3S');
    assert.equal(await visit.statusOf(place), 'Applied');
    const now = await members(chatUsers.id);
    for (const key of ['dormant', 'newcomer']) assert.ok(!now.includes(idOf(key)), key);
    for (const key of ['finance', 'leaver']) assert.ok(now.includes(idOf(key)), key);
    // In through another group: Entra records the decision and can do nothing.
    assert.ok((await members(chatUsers.id, 'transitiveMembers')).includes(idOf('librarian')));
    assert.equal((await read(place, 'librarian')).applyResult, 'ApplyNotSupported');
    const gone = await read(place, 'dormant');
    assert.equal(gone.applyResult, 'AppliedSuccessfully');
    assert.equal(gone.appliedBy.displayName, 'AAD Access Reviews');
    assert.ok(Date.parse(gone.appliedDateTime) > 0);
    assert.equal((await read(place, 'leaver')).applyResult, 'New');
    const memberOf = await visit.asApp('GET', `/v1.0/users/${idOf('dormant')}/memberOf`);
    assert.ok(!memberOf.body.value.some(({ id }: { id: string }) => id === chatUsers.id));
  });

  it('take no decision once they are over', async () => {
    const place = await visit.start('chat-users');
    const { id } = await itemOf(place, 'manager', 'finance');
    await visit.later('P14D');
    const answer = await visit.as('manager', 'PATCH', `${place}/decisions/${id}`, { decision: 'Deny' });
    assert.deepEqual([answer.status, answer.body.error.code], [400, 'AccessReviewNotActive']);
    const path = `${place}/batchRecordDecisions`;
    assert.equal((await visit.as('manager', 'POST', path, { decision: 'Deny' })).status, 400);
    assert.equal((await visit.as('manager', 'POST', `${place}/acceptRecommendations`)).status, 400);
  });

  it('can be stopped, by an administrator and by the remote control', async () => {
    const place = await visit.start('incident-responders');
    await decide('manager', place, 'dormant', 'Deny');
    assert.equal((await visit.as('manager', 'POST', `${place}/stop`)).status, 403);
    assert.equal((await visit.as('security', 'POST', `${place}/sendReminder`)).status, 204);
    assert.equal((await visit.as('security', 'POST', `${place}/stop`)).status, 204);
    assert.equal(await visit.statusOf(place), 'Completed');
    assert.equal((await visit.as('security', 'POST', `${place}/sendReminder`)).status, 400);
    await visit.later('PT3S');
    assert.ok(!(await members(incidentResponders.id)).includes(idOf('dormant')));
    const other = await visit.start('ai-administrators');
    await decide('security', other, 'dormant', 'Deny');
    assert.equal((await visit.control('POST', '/reviews/ai-administrators/stop')).status, 200);
    await visit.later('PT3S');
    const { body } = await visit.asApp('GET', '/v1.0/roleManagement/directory/roleAssignments');
    assert.ok(
      !body.value.some(({ principalId }: { principalId: string }) => principalId === idOf('dormant')),
    );
    assert.equal((await visit.control('POST', '/reviews/nothing/stop')).status, 404);
  });

  it('decide by default about people nobody spoke of, where the definition says so', async () => {
    const place = await visit.start('pilot');
    await decide('engineer', place, 'engineer', 'Approve');
    await visit.later('P14D');
    await visit.later('PT3S');
    const silent = await read(place, 'guest');
    assert.equal(silent.decision, 'Deny');
    assert.equal(silent.reviewedBy.displayName, 'AAD Access Reviews');
    const groups = (await visit.asApp('GET', `/v1.0/users/${idOf('guest')}/memberOf`)).body.value;
    assert.deepEqual(groups, []);
  });

  it('end the assignments of a package', async () => {
    const place = await visit.start('standard-package');
    await decide('helpdesk', place, 'dormant', 'Deny');
    await visit.later('P14D');
    await visit.later('PT3S');
    const em = '/v1.0/identityGovernance/entitlementManagement';
    const { body } = await visit.asApp('GET', `${em}/assignments?$expand=target`);
    const states = new Map(
      body.value.map((each: { target: { objectId: string }; state: string }) => [
        each.target.objectId,
        each.state,
      ]),
    );
    assert.equal(states.get(idOf('dormant')), 'expired');
    assert.equal(states.get(idOf('operator')), 'delivered');
  });

  it('are applied by hand where they do not apply themselves', async () => {
    const place = await visit.start('retrieval-app');
    await decide('appowner', place, 'contractor', 'Deny');
    const apply = () => visit.as('security', 'POST', `${place}/applyDecisions`);
    assert.equal((await apply()).status, 400);
    await visit.later('P15D');
    assert.equal(await visit.statusOf(place), 'Completed');
    assert.equal((await apply()).status, 204);
    await visit.later('PT2S');
    assert.equal(await visit.statusOf(place), 'Applied');
    assert.equal((await read(place, 'contractor')).applyResult, 'AppliedSuccessfully');
  });

  it('go from stage to stage with what the settings let through', async () => {
    const place = await visit.start('connector-operators');
    const stages = async (key: string) =>
      (await visit.as(key, 'GET', `${place}/stages/${mineOnly}`)).body.value;
    const [first] = await stages('appowner');
    assert.deepEqual(await stages('security'), []);
    const one = `${place}/stages/${first.id}`;
    assert.equal((await decide('appowner', one, 'operator', 'Deny')).status, 204);
    assert.equal((await decide('appowner', one, 'librarian', 'Approve')).status, 204);
    await visit.later('P7D');
    const [second] = await stages('security');
    assert.equal((await visit.asApp('GET', `${place}/stages`)).body.value.length, 2);
    assert.equal((await visit.asApp('GET', one)).body.status, 'Completed');
    const two = `${place}/stages/${second.id}`;
    const moved = await visit.items('security', two);
    assert.deepEqual(
      moved.map(({ principal }) => principal.id),
      [idOf('appowner'), idOf('librarian')],
    );
    assert.ok(moved.every(({ decision }) => decision === 'NotReviewed'));
    const earlier = await visit.as('security', 'GET', `${one}/decisions?$filter=decision eq 'Approve'`);
    assert.equal(earlier.body.value[0].principal.id, idOf('librarian'));
    const late = await visit.as('appowner', 'PATCH', `${one}/decisions/${earlier.body.value[0].id}`, {
      decision: 'Deny',
    });
    assert.equal(late.body.error.code, 'AccessReviewNotActive');
    assert.equal(
      (await visit.as('appowner', 'PATCH', `${two}/decisions/${moved[0].id}`, { decision: 'Deny' })).status,
      403,
    );
    const contacted = (await visit.asApp('GET', `${place}/contactedReviewers`)).body.value;
    assert.deepEqual(
      contacted.map(({ id }: { id: string }) => id),
      [idOf('appowner'), idOf('security')],
    );
    await decide('security', two, 'librarian', 'Deny');
    assert.equal((await visit.as('security', 'POST', `${two}/stop`)).status, 204);
    await visit.later('PT3S');
    assert.deepEqual(await members(connectorOperators.id), [idOf('appowner')]);
  });

  it('come again in their rhythm, with the members of that day', async () => {
    const place = await visit.start('chat-users');
    await decide('manager', place, 'dormant', 'Deny');
    await visit.later('P93D');
    await visit.later('PT1S');
    const { body } = await visit.asApp(
      'GET',
      `${definitionPath('chat-users')}/instances?$filter=status eq 'InProgress'`,
    );
    assert.equal(body.value.length, 1);
    const again = await visit.items(
      'manager',
      `${definitionPath('chat-users')}/instances/${body.value[0].id}`,
    );
    assert.ok(!again.some(({ principal }) => principal.id === idOf('dormant')));
    assert.ok(again.every(({ decision }) => decision === 'NotReviewed'));
  });

  it('go on where they were after a restart', async () => {
    const place = await visit.start('chat-users');
    await decide('manager', place, 'finance', 'Approve');
    await visit.restart();
    assert.equal((await read(place, 'finance')).decision, 'Approve');
    await visit.later('P14D');
    await visit.later('PT3S');
    assert.equal(await visit.statusOf(place), 'Applied');
    const panel = (await visit.control('GET', '/entra')).body.reviews;
    assert.deepEqual([panel[0].name, panel[0].decided, panel[0].of], ['AI Chat Users, quarterly', 1, 9]);
  });
});
