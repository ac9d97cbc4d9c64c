import assert from 'node:assert/strict';
import type { GraphReader } from '../../src/graph/graph.js';
import {
  authenticationAdministrator as authentication,
  holdsRole,
  privilegeOf,
} from '../../src/graph/recovery/recovery.js';
import { batched } from './batched.js';
import { failureOf, type Odd, type OddGraph, refused, startOddGraph } from './odd-graph.js';

const person = 'AA000000-0000-4000-8000-00000000000A';
const me = person.toLowerCase();

/** A directory: what each list holds, by what its address says; empty where nothing is said. */
type World = Readonly<Record<string, readonly object[] | Odd>>;

describe('whether somebody is privileged', () => {
  let odd: OddGraph;
  let reader: GraphReader;
  beforeEach(async () => {
    odd = await startOddGraph();
    reader = odd.graph.reader('reference');
  });
  afterEach(() => odd.close());

  const live = (world: World) => {
    const listAt = (url: string): Odd => {
      const plain = decodeURIComponent(url.replaceAll('+', ' '));
      const found = Object.entries(world).find(([key]) =>
        key.split(' ').every((part) => plain.includes(part)),
      );
      if (found === undefined) return { body: { value: [] } };
      const [key, held] = found;
      if (!Array.isArray(held)) return held as Odd;
      return { body: key.startsWith('/groups/') ? held[0] : { value: held } };
    };
    odd.onRequest(({ method, path, body }) =>
      method === 'POST' ? batched(body, ({ url }) => listAt(url)) : listAt(path),
    );
  };
  const forRoles = (id: string) => ({ id, displayName: `Group ${id}`, isAssignableToRole: true });
  const plain = (id: string) => ({ id, displayName: `Group ${id}`, isAssignableToRole: null });
  const role = (principalId: string, id: string, more: object = {}) => ({
    ...{
      principalId,
      roleDefinitionId: id,
      directoryScopeId: '/',
      roleDefinition: { displayName: `Role ${id}` },
    },
    ...more,
  });
  const eligibleFor = (principalId: string, groupId: string) => ({
    principalId,
    groupId,
    accessId: 'member',
  });
  const rolesOf = async () =>
    (await privilegeOf(reader, person)).roles.map(({ name, how }) => `${name}: ${how}`);

  it('is no where there is nothing', async () => {
    live({ transitiveMemberOf: [plain('g')] });
    assert.deepEqual(await privilegeOf(reader, person), { privileged: false, roles: [] });
    const paths = odd.seen.map(({ path }) => path);
    assert.ok(paths.some((path) => path.includes(`/users/${person}/ownedObjects`)));
    const member = odd.seen.find(({ path }) => path.includes('transitiveMemberOf/microsoft.graph.group'));
    assert.equal(member?.headers.consistencylevel, 'eventual');
    assert.match(member?.path ?? '', /\$count=true/);
  });

  it('is yes with a role of any scope, standing, activated or eligible', async () => {
    const scoped = role(me, 'B', { directoryScopeId: '/administrativeUnits/1' });
    live({
      [`roleAssignments ${me}`]: [role(me, 'A'), scoped],
      [`roleEligibilityScheduleInstances ${me}`]: [role(me, 'A'), role(me, 'C', { roleDefinition: null })],
    });
    assert.deepEqual(await rolesOf(), [
      'c: eligible',
      'Role A: active',
      'Role A: eligible',
      'Role B: active',
    ]);
  });

  it('is yes through a group that can hold roles, whether it has any', async () => {
    live({ transitiveMemberOf: [forRoles('G1'), plain('g2')], 'roleAssignments g1': [role('g1', 'A')] });
    assert.deepEqual(await rolesOf(), ['Group G1: group', 'Role A: group']);
    assert.ok(
      !odd.seen.some(({ body }) =>
        JSON.stringify(body ?? '').includes("roleAssignments?$filter=principalId%20eq%20'g2'"),
      ),
    );
  });

  it('is yes for whoever owns such a group, and no for other things that are owned', async () => {
    const group = { '@odata.type': '#microsoft.graph.group' };
    const app = { '@odata.type': '#microsoft.graph.application', id: 'app', displayName: 'App' };
    live({ ownedObjects: [{ ...group, ...forRoles('g') }, app, { ...app, displayName: null }] });
    assert.deepEqual(await rolesOf(), ['Group g: group']);
    live({ ownedObjects: [app, { ...group, ...plain('g') }] });
    assert.deepEqual(await rolesOf(), []);
  });

  it('is yes for whoever can activate such a group, also one after the other', async () => {
    live({
      transitiveMemberOf: [plain('team')],
      'privilegedAccess/group/eligibilityScheduleInstances team': [eligibleFor('team', 'one')],
      "privilegedAccess/group/eligibilityScheduleInstances 'one'": [eligibleFor('one', 'two')],
      "privilegedAccess/group/eligibilityScheduleInstances 'two'": [eligibleFor('two', 'one')],
      '/groups/one': [plain('one')],
      '/groups/two': [forRoles('two')],
      'roleEligibilityScheduleInstances two': [role('two', 'A')],
    });
    assert.deepEqual(await rolesOf(), ['Group two: eligible', 'Role A: eligible']);
  });

  it('forgets groups that are gone', async () => {
    live({
      [`privilegedAccess/group/eligibilityScheduleInstances ${me}`]: [eligibleFor(me, 'gone')],
      '/groups/gone': refused(404, 'Request_ResourceNotFound'),
    });
    assert.deepEqual(await rolesOf(), []);
  });

  it('is yes where a group may not be looked at', async () => {
    live({ transitiveMemberOf: [{ id: 'dark', displayName: null, isAssignableToRole: null }] });
    assert.deepEqual(await rolesOf(), ['dark: group']);
  });

  const unread: readonly string[] = [
    'transitiveMemberOf',
    'ownedObjects',
    'privilegedAccess/group/eligibilityScheduleInstances',
    'roleAssignments',
    'roleEligibilityScheduleInstances',
  ];
  for (const list of unread) {
    it(`is not answered where a list cannot be read: ${list}`, async () => {
      live({ [list]: refused(403, 'Authorization_RequestDenied') });
      assert.equal((await failureOf(privilegeOf(reader, person), odd.log)).code, 'graph.forbidden');
    });
  }

  it('is not answered where an answer makes no sense', async () => {
    live({ roleAssignments: { body: { value: 'none' } } });
    assert.equal((await failureOf(privilegeOf(reader, person), odd.log)).code, 'graph.broken-answer');
    live({ roleAssignments: [{ principalId: me }] });
    assert.equal((await failureOf(privilegeOf(reader, person), odd.log)).code, 'graph.broken-answer');
  });

  it('is answered with what stands on later pages', async () => {
    const next = `${odd.url}/v1.0/roleManagement/directory/roleAssignments?$skiptoken=2`;
    const first = { body: { value: [], '@odata.nextLink': next } };
    live({ skiptoken: [role(me, 'A')], [`roleAssignments ${me}`]: first });
    assert.deepEqual(await rolesOf(), ['Role A: active']);
  });

  describe('by one role', () => {
    const holds = () => holdsRole(reader, person, authentication);

    it('is yes for whoever has it, by hand or for a time', async () => {
      live({
        [`roleAssignments ${authentication}`]: [role('other', authentication), role(person, authentication)],
      });
      assert.equal(await holds(), true);
      assert.equal(odd.seen.length, 1);
    });

    it('is yes for whoever is in a group that has it', async () => {
      live({ roleAssignments: [role('G', authentication)], transitiveMemberOf: [plain('x'), forRoles('g')] });
      assert.equal(await holds(), true);
    });

    it('is no for all others, and in a part of the directory', async () => {
      live({ roleAssignments: [role('g', authentication)], transitiveMemberOf: [forRoles('h')] });
      assert.equal(await holds(), false);
      live({ roleAssignments: [role(me, authentication, { directoryScopeId: '/administrativeUnits/1' })] });
      assert.equal(await holds(), false);
      live({ roleAssignments: [role(me, authentication, { directoryScopeId: null })] });
      assert.equal(await holds(), false);
      live({ roleEligibilityScheduleInstances: [role(me, authentication)] });
      assert.equal(await holds(), false);
    });

    it('is not answered where it cannot be read', async () => {
      live({ roleAssignments: refused(403, 'Authorization_RequestDenied') });
      assert.equal((await failureOf(holds(), odd.log)).code, 'graph.forbidden');
      live({
        roleAssignments: [role('g', authentication)],
        transitiveMemberOf: refused(404, 'Request_ResourceNotFound'),
      });
      assert.equal((await failureOf(holds(), odd.log)).code, 'graph.not-found');
    });
  });
});
