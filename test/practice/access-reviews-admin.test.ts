import assert from 'node:assert/strict';
import { chatUsers, incidentResponders } from '../../practice/world/groups.js';
import { directoryPersonByKey } from '../../practice/world/reviewed-people.js';
import { definitions, type ReviewVisit, visitReviews } from './access-reviews-visit.js';

const idOf = (key: string): string => directoryPersonByKey(key)?.id ?? '';

describe('practice Graph: planning access reviews, and many decisions at once', () => {
  let visit: ReviewVisit;
  before(async () => {
    visit = await visitReviews();
  });
  afterEach(() => visit.control('POST', '/reset'));
  after(() => visit.close());

  const itemOf = async (place: string, reviewer: string, person: string) =>
    (await visit.items(reviewer, place)).find(({ principal }) => principal.id === idOf(person));

  it('are planned by an administrator and begin a moment later', async () => {
    const plan = {
      displayName: 'Responders, once',
      descriptionForAdmins: 'a',
      descriptionForReviewers: 'r',
      scope: { query: `/groups/${incidentResponders.id}/members`, queryType: 'MicrosoftGraph' },
      reviewers: [{ query: `/users/${idOf('helpdesk')}`, queryType: 'MicrosoftGraph' }],
      settings: { instanceDurationInDays: 3, recommendationsEnabled: true },
    };
    assert.equal((await visit.as('manager', 'POST', definitions, plan)).status, 403);
    const { settings: _, ...without } = plan;
    assert.equal((await visit.as('security', 'POST', definitions, without)).status, 400);
    const odd = { ...plan, scope: { query: '/sites/x', queryType: 'MicrosoftGraph' } };
    assert.equal((await visit.as('security', 'POST', definitions, odd)).status, 400);
    const made = await visit.as('security', 'POST', definitions, plan);
    assert.deepEqual([made.status, made.body.status], [201, 'NotStarted']);
    assert.equal(made.body.createdBy.id, idOf('security'));
    await visit.later('PT1S');
    const path = `${definitions}/${made.body.id}`;
    assert.equal(await visit.statusOf(path), 'InProgress');
    const [instance] = (await visit.asApp('GET', `${path}/instances`)).body.value;
    assert.equal((await visit.items('helpdesk', `${path}/instances/${instance.id}`)).length, 3);
    const named = await visit.asApp(
      'GET',
      `${definitions}?$filter=displayName eq 'Responders, once'&$select=id`,
    );
    assert.deepEqual(named.body.value, [{ id: made.body.id }]);
  });

  it('record many at once: one item with both ids, everything without', async () => {
    const place = await visit.start('platform-admins');
    const record = (key: string, body: object) =>
      visit.as(key, 'POST', `${place}/batchRecordDecisions`, body);
    const ids = async (person: string) => {
      const { principal, resource } = await itemOf(place, 'manager', person);
      return { principalId: principal.id, resourceId: resource.id };
    };
    const words = async () =>
      (await visit.items('manager', place)).map(({ decision }: { decision: string }) => decision);
    assert.equal((await record('manager', { decision: 'Approve', ...(await ids('security')) })).status, 400);
    const one = { decision: 'Deny', justification: '', ...(await ids('security')) };
    assert.equal((await record('manager', one)).status, 204);
    assert.deepEqual(await words(), ['NotReviewed', 'Deny']);
    assert.equal((await record('manager', { decision: 'Deny' })).status, 204);
    assert.deepEqual(await words(), ['Deny', 'Deny']);
    assert.equal(
      (await record('manager', { decision: 'NotReviewed', ...(await ids('security')) })).status,
      204,
    );
    assert.deepEqual(await words(), ['Deny', 'NotReviewed']);
    const wrong = { ...(await ids('security')), resourceId: chatUsers.id };
    assert.equal((await record('manager', { decision: 'NotReviewed', ...wrong })).status, 404);
    await visit.control('POST', '/reviews/settings', { reviewersMayReset: false });
    assert.equal((await record('manager', { decision: 'NotReviewed' })).status, 403);
    assert.equal((await record('security', { decision: 'NotReviewed' })).status, 204);
    assert.equal((await visit.as('manager', 'POST', `${place}/resetDecisions`)).status, 403);
    assert.equal((await visit.as('security', 'POST', `${place}/resetDecisions`)).status, 204);
    assert.deepEqual(await words(), ['NotReviewed', 'NotReviewed']);
  });

  it('name the policy of a package as the resource, also in bulk', async () => {
    const place = await visit.start('standard-package');
    const { principal, resource } = await itemOf(place, 'helpdesk', 'operator');
    const body = { decision: 'Deny', principalId: principal.id, resourceId: resource.id };
    assert.equal((await visit.as('helpdesk', 'POST', `${place}/batchRecordDecisions`, body)).status, 204);
    assert.equal((await itemOf(place, 'helpdesk', 'operator')).decision, 'Deny');
  });
});
