import assert from 'node:assert/strict';
import { agentWorkshop, standardPackage } from '../../practice/world/packages.js';
import { type EntitlementVisit, em, visitEntitlement } from './entitlement-visit.js';

describe('practice remote control: access packages', () => {
  let visit: EntitlementVisit;
  before(async () => {
    visit = await visitEntitlement('engineer', 'security');
  });
  afterEach(() => visit.control('POST', '/reset'));
  after(() => visit.close());

  it('names packages, policies, questions and how deliveries go', async () => {
    const { body } = await visit.control('GET', '/packages');
    const keys = body.packages.map(({ key }: { key: string }) => key);
    assert.deepEqual(keys, ['standard', 'elevated', 'prompts', 'workshop', 'redteam', 'sandbox', 'partner']);
    const [, , , workshop, , sandbox] = body.packages;
    assert.equal(workshop.policies[1].questions.length, 4);
    assert.equal(sandbox.fails, 'failed');
  });

  it('gives access that ends on a day, by any of the policies, and changes the day', async () => {
    const policy = agentWorkshop.otherPolicies?.[0]?.id;
    const first = await visit.hold('engineer', 'workshop', await visit.in(10), { policy });
    assert.equal(first.status, 200);
    const endsAt = await visit.in(2);
    const { assignments } = (await visit.hold('engineer', 'workshop', endsAt, { policy })).body;
    assert.equal(assignments.length, 1);
    assert.deepEqual([assignments[0].person, assignments[0].endsAt], ['engineer', endsAt]);
    assert.equal(assignments[0].id, first.body.assignments[0].id);
    await visit.later('P3D');
    const { body } = await visit.control('GET', '/packages');
    assert.equal(body.assignments[0].state, 'expired');
  });

  it('says what is wrong with what it was sent', async () => {
    const endsAt = await visit.in(10);
    const hold = (body: object) => visit.control('POST', '/packages/hold', { endsAt, ...body });
    assert.equal((await hold({ package: 'workshop' })).status, 400);
    assert.equal((await hold({ package: 'nothing', person: 'engineer' })).status, 404);
    assert.equal((await hold({ package: 'workshop', person: 'nobody' })).status, 404);
    assert.match((await hold({ package: 'workshop', person: 'guest' })).body.error, /may not have/);
    const gone = await visit.control('POST', '/packages/expire', { person: 'engineer', package: 'prompts' });
    assert.equal(gone.status, 400);
    const word = await visit.control('POST', '/packages/settings', { package: 'sandbox', fails: 'often' });
    assert.equal(word.status, 400);
  });

  it('gives a package to thousands, who are read page by page', async () => {
    await visit.control('POST', '/packages/hold', {
      archive: 2_000,
      package: 'standard',
      endsAt: await visit.in(50),
    });
    const filter = `$filter=accessPackage/id eq '${standardPackage.id}' and state eq 'delivered'`;
    const path = `${em}/assignments?${filter}&$expand=target,accessPackage&$top=999&$count=true`;
    const { body } = await visit.as('security', 'GET', path);
    assert.equal(body.value.length, 999);
    // Two thousand, less the guests among them.
    assert.ok(body['@odata.count'] > 1_900 && body['@odata.count'] < 2_000);
    assert.match(body['@odata.nextLink'], /skiptoken/);
  });
});
