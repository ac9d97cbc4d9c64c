import assert from 'node:assert/strict';
import { archivePersonId } from '../../practice/world/reviewed-people.js';
import { mineOnly, type ReviewVisit, visitReviews } from './access-reviews-visit.js';

describe('practice Graph: large access reviews', () => {
  let visit: ReviewVisit;
  before(async () => {
    visit = await visitReviews();
  });
  afterEach(() => visit.control('POST', '/reset'));
  after(() => visit.close());

  const timed = async (path: string): Promise<number> => {
    const began = performance.now();
    const answer = await visit.as('appowner', 'GET', path);
    assert.equal(answer.status, 200);
    return performance.now() - began;
  };

  it('have a thousand people, and ten thousand when asked', async () => {
    const small = await visit.start('archive');
    const page = await visit.as('appowner', 'GET', `${small}/decisions/${mineOnly}?$top=2&$skip=998`);
    assert.equal(page.body['@odata.count'], 1_000);
    assert.equal(page.body.value.length, 2);
    assert.equal(page.body['@odata.nextLink'], undefined);
    await visit.control('POST', '/reset');
    const large = await visit.start('archive', { size: 10_000 });
    const last = await visit.as('appowner', 'GET', `${large}/decisions/${mineOnly}?$top=500&$skip=9800`);
    assert.equal(last.body['@odata.count'], 10_000);
    assert.equal(last.body.value.length, 100);
    assert.match(last.body['@odata.nextLink'], /skiptoken/);
    assert.equal(last.body.value[0].principal.id, archivePersonId(9_800));
    const person = await visit.asApp('GET', `/v1.0/users/${archivePersonId(9_800)}?$expand=manager`);
    assert.equal(person.body.displayName, last.body.value[0].principal.displayName);
  });

  it('are as quick at the last page as at the first', async () => {
    const place = await visit.start('archive', { size: 10_000 });
    const page = (skip: number): Promise<number> =>
      timed(`${place}/decisions/${mineOnly}?$expand=insights&$top=10&$skip=${skip}`);
    await page(0);
    const [first, last] = [await page(0), await page(9_980)];
    assert.ok(last < first * 5 + 50, `${first.toFixed(1)} ms and ${last.toFixed(1)} ms`);
    const counted = await visit.as(
      'appowner',
      'GET',
      `${place}/decisions/${mineOnly}?$top=1&$count=true&$filter=decision eq 'NotReviewed' and recommendation eq 'Deny'`,
    );
    assert.ok(counted.body['@odata.count'] > 1_000 && counted.body['@odata.count'] < 2_000);
  });

  it('take twenty decisions in one batch', async () => {
    const place = await visit.start('archive');
    const list = await visit.as('appowner', 'GET', `${place}/decisions/${mineOnly}?$top=20`);
    const began = performance.now();
    const { body } = await visit.as('appowner', 'POST', '/v1.0/$batch', {
      requests: list.body.value.map(({ id }: { id: string }, index: number) => ({
        id: String(index),
        method: 'PATCH',
        url: `${place.replace('/v1.0', '')}/decisions/${id}`,
        headers: { 'content-type': 'application/json' },
        body: { decision: 'Deny', justification: 'Left long ago' },
      })),
    });
    assert.deepEqual([...new Set(body.responses.map(({ status }: { status: number }) => status))], [204]);
    assert.ok(performance.now() - began < 2_000);
    const rest = await visit.as(
      'appowner',
      'GET',
      `${place}/decisions?$top=1&$filter=decision eq 'NotReviewed'`,
    );
    assert.equal(rest.body['@odata.count'], 980);
  });
});
