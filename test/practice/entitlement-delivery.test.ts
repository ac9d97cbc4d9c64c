import assert from 'node:assert/strict';
import {
  agentWorkshop,
  elevatedPackage,
  evaluationSandbox,
  promptLibrary,
  redTeam,
} from '../../practice/world/packages.js';
import { personByKey } from '../../practice/world/people.js';
import { type EntitlementVisit, em, visitEntitlement } from './entitlement-visit.js';

describe('practice Graph: delivery and holders of access packages', () => {
  let visit: EntitlementVisit;
  before(async () => {
    visit = await visitEntitlement('engineer', 'manager', 'security', 'appowner', 'guest');
  });
  afterEach(() => visit.control('POST', '/reset'));
  after(() => visit.close());

  const settings = (fails: string) =>
    visit.control('POST', '/packages/settings', { package: 'sandbox', fails });
  const reprocess = (key: string, id: string) =>
    visit.as(key, 'POST', `${em}/assignmentRequests/${id}/reprocess`);
  const heldBy = async (key: string) =>
    (await visit.as(key, 'GET', `${em}/assignments/filterByCurrentUser(on='target')`)).body.value;

  it('fails to deliver, and tries again for an owner of the catalog', async () => {
    const { id } = (await visit.ask('engineer', evaluationSandbox)).body;
    await visit.later('PT2S');
    assert.equal((await visit.request(id)).state, 'deliveryFailed');
    assert.equal((await heldBy('engineer'))[0].state, 'deliveryFailed');
    assert.equal((await reprocess('engineer', id)).status, 403);
    assert.equal((await reprocess('appowner', id)).status, 202);
    await visit.later('PT1S');
    assert.equal((await visit.request(id)).state, 'deliveryFailed');
    await settings('partial');
    assert.equal((await reprocess('security', id)).status, 202);
    await visit.later('PT1S');
    assert.equal((await visit.request(id)).state, 'partiallyDelivered');
    await settings('');
    assert.equal((await reprocess('security', id)).status, 202);
    assert.equal((await reprocess('security', id)).status, 400);
    await visit.later('PT1S');
    const [held] = await heldBy('engineer');
    assert.deepEqual([(await visit.request(id)).state, held.state], ['delivered', 'delivered']);
    const again = `${em}/assignments/${held.id}/reprocess`;
    assert.equal((await visit.as('engineer', 'POST', again)).status, 403);
    assert.equal((await visit.as('appowner', 'POST', again)).status, 202);
  });

  it('does not try again after two weeks', async () => {
    const { id } = (await visit.ask('engineer', evaluationSandbox)).body;
    await visit.later('P15D');
    assert.equal((await reprocess('appowner', id)).status, 400);
  });

  it('refuses what conflicts with something held, whichever came first', async () => {
    await visit.hold('engineer', 'elevated', await visit.in(20));
    const refused = await visit.ask('engineer', redTeam);
    assert.deepEqual([refused.status, refused.body.error.code], [400, 'UserHasIncompatibleAssignment']);
    assert.match(refused.body.error.message, /elevated connectors/);
    await visit.control('POST', '/packages/expire', { person: 'engineer', package: 'elevated' });
    assert.equal((await visit.ask('engineer', redTeam)).status, 201);
    await visit.hold('appowner', 'redteam', await visit.in(20));
    assert.equal(
      (await visit.ask('appowner', elevatedPackage)).body.error.code,
      'UserHasIncompatibleAssignment',
    );
    assert.equal((await visit.ask('manager', redTeam)).body.error.code, 'UserIsMemberOfIncompatibleGroup');
  });

  it('tells what a package conflicts with, and what it opens', async () => {
    const conflicts = 'incompatibleAccessPackages,accessPackagesIncompatibleWith,incompatibleGroups';
    const of = async (id: string) =>
      (await visit.as('app', 'GET', `${em}/accessPackages/${id}?$expand=${conflicts}`)).body;
    const [red, elevated] = [await of(redTeam.id), await of(elevatedPackage.id)];
    assert.equal(red.incompatibleAccessPackages[0].id, elevatedPackage.id);
    assert.equal(red.incompatibleGroups[0].displayName, 'AI Platform Admins');
    assert.equal(elevated.accessPackagesIncompatibleWith[0].id, redTeam.id);
    const opens = `${em}/accessPackages/${agentWorkshop.id}?$expand=resourceRoleScopes($expand=role,scope)`;
    const { resourceRoleScopes } = (await visit.as('app', 'GET', opens)).body;
    const systems = resourceRoleScopes.map(({ scope }: { scope: { originSystem: string } }) => scope);
    assert.deepEqual(
      systems.map(({ originSystem }: { originSystem: string }) => originSystem),
      ['AadGroup', 'AadApplication', 'SharePointOnline'],
    );
    assert.match(systems[2].originId, /^https:/);
  });

  it('lists everything to the app and the owners of the catalog only, and filters it', async () => {
    await visit.hold('engineer', 'workshop', await visit.in(3));
    await visit.control('POST', '/packages/hold', {
      archive: 60,
      package: 'prompts',
      endsAt: await visit.in(9),
    });
    const { id } = (await visit.ask('guest', promptLibrary)).body;
    const filter = `accessPackage/id eq '${agentWorkshop.id}' and state eq 'delivered'`;
    const list = `${em}/assignments?$filter=${filter}&$expand=target,accessPackage,assignmentPolicy`;
    for (const key of ['app', 'appowner', 'security']) {
      const { body } = await visit.as(key, 'GET', list);
      assert.deepEqual(
        body.value.map(({ target }: { target: { objectId: string } }) => target.objectId),
        [personByKey('engineer')?.id],
      );
    }
    const one = `target/objectId eq '${personByKey('engineer')?.id}'`;
    const mine = await visit.as('app', 'GET', `${em}/assignments?$filter=${one}`);
    assert.equal(mine.body.value.length, 1);
    const requests = `${em}/assignmentRequests?$filter=accessPackage/id eq '${promptLibrary.id}' and state eq 'submitted'`;
    assert.deepEqual(
      (await visit.as('security', 'GET', requests)).body.value.map((each: { id: string }) => each.id),
      [id],
    );
    for (const path of [list, requests]) assert.equal((await visit.as('engineer', 'GET', path)).status, 403);
  });

  it('extends without an approval where the policy says so', async () => {
    await visit.hold('engineer', 'workshop', await visit.in(3));
    const { body } = await visit.ask('engineer', agentWorkshop);
    assert.equal(body.requestType, 'userUpdate');
    await visit.later('PT2S');
    assert.equal((await visit.request(body.id)).state, 'delivered');
    const [held] = await heldBy('engineer');
    const left = Date.parse(held.schedule.expiration.endDateTime) - Date.parse(await visit.in(0));
    assert.ok(left > 13 * 86_400_000);
  });

  it('takes back neither what is delivered already nor what was decided', async () => {
    const { id } = (await visit.ask('guest', promptLibrary)).body;
    await visit.later('PT2S');
    const cancel = `${em}/assignmentRequests/${id}/cancel`;
    assert.equal((await visit.as('guest', 'POST', cancel)).status, 400);
  });

  it('shows when people signed in last to those who may read the logs', async () => {
    const path = `/v1.0/users/${personByKey('guest')?.id}?$select=displayName,signInActivity`;
    const { body } = await visit.as('app', 'GET', path);
    assert.ok(Date.parse(body.signInActivity.lastSignInDateTime) < Date.now() - 70 * 86_400_000);
    const person = await visit.signIn('engineer', 'User.Read.All');
    assert.equal((await visit.graph(person, 'GET', path)).status, 403);
  });
});
