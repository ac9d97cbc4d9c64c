import assert from 'node:assert/strict';
import { chatUsers } from '../../practice/world/groups.js';
import { personByKey } from '../../practice/world/people.js';
import { directoryPersonByKey } from '../../practice/world/reviewed-people.js';
import {
  definitionPath,
  definitions,
  mineOnly,
  type ReviewVisit,
  visitReviews,
} from './access-reviews-visit.js';

const zeroId = '00000000-0000-0000-0000-000000000000';
const idOf = (key: string): string => directoryPersonByKey(key)?.id ?? '';

describe('practice Graph: deciding access reviews', () => {
  let visit: ReviewVisit;
  before(async () => {
    visit = await visitReviews();
  });
  afterEach(() => visit.control('POST', '/reset'));
  after(() => visit.close());

  const item = async (place: string, reviewer: string, person: string) =>
    (await visit.items(reviewer, place)).find(({ principal }) => principal.id === idOf(person));
  const decide = (key: string, place: string, id: string, decision: string, justification?: string) =>
    visit.as(key, 'PATCH', `${place}/decisions/${id}`, { decision, justification });

  it('are planned and not started until somebody starts them', async () => {
    const { body } = await visit.asApp('GET', definitions);
    assert.equal(body['@odata.count'], 9);
    assert.deepEqual(
      [...new Set(body.value.map(({ status }: { status: string }) => status))],
      ['NotStarted'],
    );
    const mine = await visit.as('appowner', 'GET', `${definitions}/${mineOnly}`);
    assert.deepEqual(mine.body.value, []);
    await visit.control('POST', '/reviews/start', { reviews: 'all' });
    const running = await visit.asApp('GET', `${definitions}?$filter=status eq 'InProgress'&$top=4`);
    assert.equal(running.body['@odata.count'], 9);
    assert.equal(running.body.value.length, 4);
    const next = running.body['@odata.nextLink'].replace('https://graph.microsoft.com', '');
    assert.equal((await visit.asApp('GET', next)).body.value.length, 4);
  });

  it('ask three of the manager and leave the others to others', async () => {
    await visit.control('POST', '/reviews/start', { reviews: 'all' });
    const asked = async (key: string) =>
      (await visit.as(key, 'GET', `${definitions}/${mineOnly}`)).body.value.length;
    assert.equal(await asked('manager'), 3);
    assert.equal(await asked('appowner'), 3);
    assert.equal(await asked('security'), 3);
    assert.equal(await asked('helpdesk'), 1);
    assert.equal(await asked('guest'), 1);
    assert.equal(await asked('starter'), 0);
  });

  it('show people who came directly, through a group and by package, with what Entra advises', async () => {
    const place = await visit.start('chat-users');
    const items = await visit.items('manager', place);
    assert.equal(items.length, 9);
    const of = (key: string) => items.find(({ principal }) => principal.id === idOf(key));
    assert.deepEqual(
      ['finance', 'dormant', 'contractor', 'newcomer', 'librarian'].map((key) => of(key).recommendation),
      ['Approve', 'Deny', 'Deny', 'NoInfoAvailable', 'Approve'],
    );
    assert.deepEqual(of('finance').reviewedBy, { id: zeroId, displayName: '', userPrincipalName: '' });
    assert.equal(of('finance').reviewedDateTime, null);
    assert.deepEqual(of('finance').resource, {
      id: chatUsers.id,
      displayName: chatUsers.displayName,
      type: 'group',
    });
    const url = `${place}/decisions/${of('contractor').id}`;
    const insights = (await visit.as('manager', 'GET', `${url}?$expand=insights`)).body.insights;
    assert.deepEqual(
      insights.map((each: Record<string, string>) => each['@odata.type']),
      ['#microsoft.graph.userSignInInsight', '#microsoft.graph.membershipOutlierInsight'],
    );
    assert.deepEqual((await visit.asApp('GET', `${url}/insights`)).body.value, insights);
    const unknown = `${place}/decisions/${of('newcomer').id}/insights`;
    assert.deepEqual((await visit.asApp('GET', unknown)).body.value, []);
  });

  it('remember what was decided the last time', async () => {
    await visit.start('chat-users');
    const { body } = await visit.asApp(
      'GET',
      `${definitionPath('chat-users')}/instances?$orderby=startDateTime`,
    );
    assert.deepEqual(
      body.value.map(({ status }: { status: string }) => status),
      ['Applied', 'InProgress'],
    );
    const query = `$filter=principal/id eq '${idOf('dormant')}'`;
    const earlier = await visit.asApp(
      'GET',
      `${definitionPath('chat-users')}/instances/${body.value[0].id}/decisions?${query}`,
    );
    assert.equal(earlier.body.value[0].decision, 'DontKnow');
    assert.equal(earlier.body.value[0].reviewedBy.id, personByKey('manager')?.id);
  });

  it('record a decision with its reason, and the one after it', async () => {
    const place = await visit.start('chat-users');
    const { id } = await item(place, 'manager', 'finance');
    assert.equal(
      (await decide('manager', place, id, 'Approve', ' ')).body.error.code,
      'JustificationRequired',
    );
    assert.equal((await decide('manager', place, id, 'Approve', 'Closes the books')).status, 204);
    const read = await visit.asApp('GET', `${place}/decisions/${id}`);
    assert.equal(read.body.decision, 'Approve');
    assert.equal(read.body.justification, 'Closes the books');
    assert.equal(read.body.reviewedBy.id, personByKey('manager')?.id);
    assert.equal((await decide('manager', place, id, 'Deny')).status, 204);
    assert.equal((await visit.asApp('GET', `${place}/decisions/${id}`)).body.decision, 'Deny');
  });

  it('take the last word of two reviewers of the same item', async () => {
    const place = await visit.start('platform-admins');
    const contacted = await visit.asApp('GET', `${place}/contactedReviewers`);
    assert.deepEqual(
      contacted.body.value.map(({ id }: { id: string }) => id),
      [idOf('manager'), idOf('security')],
    );
    const { id } = await item(place, 'manager', 'security');
    await decide('manager', place, id, 'Deny');
    await decide('security', place, id, 'Approve', 'On call');
    const read = await visit.as('manager', 'GET', `${place}/decisions/${id}`);
    assert.equal(read.body.reviewedBy.id, idOf('security'));
    assert.equal(read.body.decision, 'Approve');
  });

  it('refuse unknown words, unknown ids, and items of another instance', async () => {
    const place = await visit.start('chat-users');
    const other = await visit.start('platform-admins');
    const { id } = await item(place, 'manager', 'finance');
    for (const word of ['NotReviewed', 'Approved', 'approve']) {
      assert.equal((await decide('manager', place, id, word, 'x')).status, 400, word);
    }
    assert.equal((await decide('manager', other, id, 'Deny')).status, 404);
    assert.equal((await decide('manager', place, zeroId, 'Deny')).status, 404);
    assert.equal((await visit.asApp('GET', `${definitions}/${zeroId}`)).status, 404);
    assert.equal(
      (await visit.asApp('GET', `${definitionPath('chat-users')}/instances/${zeroId}`)).status,
      404,
    );
  });

  it('let nobody decide what they are not asked about', async () => {
    const place = await visit.start('chat-users');
    const { id } = await item(place, 'manager', 'finance');
    for (const key of ['finance', 'security', 'engineer']) {
      const answer = await decide(key, place, id, 'Deny');
      assert.deepEqual([answer.status, answer.body.error.code], [403, 'UnAuthorized'], key);
    }
    const app = await visit.asApp('PATCH', `${place}/decisions/${id}`, { decision: 'Deny' });
    assert.equal(app.status, 403);
    assert.equal((await visit.asApp('POST', `${place}/acceptRecommendations`)).status, 403);
    assert.equal((await visit.asApp('GET', `${place}/decisions/${mineOnly}`)).status, 403);
  });

  it('show reviews to their reviewers and to administrators only', async () => {
    const place = await visit.start('chat-users');
    assert.equal((await visit.as('engineer', 'GET', `${place}/decisions`)).body.error.code, 'UnAuthorized');
    assert.equal((await visit.as('engineer', 'GET', definitions)).status, 403);
    assert.equal((await visit.as('manager', 'GET', definitions)).status, 403);
    assert.equal((await visit.as('manager', 'GET', definitionPath('chat-users'))).status, 200);
    assert.equal((await visit.as('security', 'GET', `${place}/decisions`)).body['@odata.count'], 9);
    await visit.control('POST', '/people/manager/consent', { withdraw: ['AccessReview.ReadWrite.All'] });
    const token = await visit.signIn('manager', 'User.Read');
    const answer = await visit.graph(token, 'GET', `${place}/decisions/${mineOnly}`);
    assert.equal(answer.body.error.code, 'Authorization_RequestDenied');
  });

  it('let people answer for themselves', async () => {
    const place = await visit.start('pilot');
    for (const key of ['engineer', 'finance', 'guest']) {
      const items = await visit.items(key, place);
      assert.deepEqual(
        items.map(({ principal }) => principal.id),
        [idOf(key)],
      );
    }
    const { id } = await item(place, 'engineer', 'engineer');
    assert.equal((await decide('guest', place, id, 'Deny')).status, 403);
    assert.equal((await decide('engineer', place, id, 'Deny')).status, 204);
  });

  it('ask the manager of each person, and somebody else where there is none', async () => {
    const place = await visit.start('incident-responders');
    const of = async (key: string) => (await visit.items(key, place)).map(({ principal }) => principal.id);
    assert.deepEqual(await of('manager'), [idOf('engineer'), idOf('dormant')]);
    assert.deepEqual(await of('security'), [idOf('operator')]);
  });

  it('are about apps, packages and roles too', async () => {
    const resource = async (key: string, reviewer: string) => {
      const [first] = await visit.items(reviewer, await visit.start(key));
      return first.resource;
    };
    assert.equal((await resource('retrieval-app', 'appowner')).type, 'servicePrincipal');
    assert.equal((await resource('standard-package', 'helpdesk')).type, 'accessPackageAssignmentPolicy');
    assert.equal((await resource('ai-administrators', 'security')).type, 'directoryRole');
    const place = await visit.start('ai-administrators');
    const kinds = (await visit.items('security', place)).map(({ principal }) => principal['@odata.type']);
    assert.ok(kinds.includes('#microsoft.graph.servicePrincipalIdentity'));
  });

  it('take over the recommendations where nothing was decided yet', async () => {
    const place = await visit.start('chat-users');
    const { id } = await item(place, 'manager', 'dormant');
    await decide('manager', place, id, 'Approve', 'On leave until May');
    assert.equal((await visit.as('finance', 'POST', `${place}/acceptRecommendations`)).status, 403);
    assert.equal((await visit.as('manager', 'POST', `${place}/acceptRecommendations`)).status, 204);
    const count = async (decision: string) =>
      (await visit.asApp('GET', `${place}/decisions?$top=1&$filter=decision eq '${decision}'`)).body[
        '@odata.count'
      ];
    assert.deepEqual([await count('Approve'), await count('Deny'), await count('NotReviewed')], [6, 2, 1]);
  });
});
