import assert from 'node:assert/strict';
import type { GraphReader } from '../../src/graph/graph.js';
import { conflictsOf } from '../../src/graph/package-conflicts.js';
import { packageOpens } from '../../src/graph/package-opens.js';
import { batched } from './batched.js';
import { type Odd, type OddGraph, refused, type Seen, startOddGraph } from './odd-graph.js';
import { reference } from './practice-graph.js';

const base = '/identityGovernance/entitlementManagement/accessPackages';

let odd: OddGraph;
let reader: GraphReader;
beforeEach(async () => {
  odd = await startOddGraph();
  reader = odd.graph.reader(reference);
});
afterEach(() => odd.close());

describe('what a package opens', () => {
  const grant = (originSystem: string, originId: string, displayName: unknown, more = {}) => ({
    role: { displayName: 'Member', originSystem },
    scope: { originSystem, originId, displayName, ...more },
  });
  const parts = (reply: (url: string) => Odd) =>
    odd.onRequest(({ body }: Seen) => batched(body, ({ url }) => reply(decodeURIComponent(url))));
  const one = async (...resourceRoleScopes: readonly unknown[]) => {
    parts((url) =>
      url.startsWith('/groups/')
        ? { body: { displayName: 'AI Chat Users' } }
        : { body: { resourceRoleScopes } },
    );
    return (await packageOpens(reader, ['p1'])).get('p1') ?? assert.fail('it could not be read');
  };

  it('is read for many packages in one request, and what cannot be read is left out', async () => {
    parts((url) => {
      if (url.includes('/p2?')) return refused(404, 'ResourceNotFound');
      if (url.includes('/p3?')) return { body: { resourceRoleScopes: [] } };
      return { body: { resourceRoleScopes: [grant('AadGroup', 'G1', 'AI Chat Users')] } };
    });
    const opens = await packageOpens(reader, ['p1', 'p2', 'p3']);
    assert.deepEqual(
      [...opens],
      [
        ['p1', [{ name: 'AI Chat Users', role: 'Member', kind: 'group', url: '' }]],
        ['p3', []],
      ],
    );
    assert.equal(odd.seen.length, 1);
    const [first] = odd.seen[0]?.body.requests ?? [];
    assert.equal(
      decodeURIComponent(first.url),
      `${base}/p1?$select=id&$expand=resourceRoleScopes($expand=role,scope)`,
    );
  });

  it('is nothing to ask about where no package is named', async () => {
    assert.deepEqual([...(await packageOpens(reader, []))], []);
    assert.equal(odd.seen.length, 0);
  });

  it('is a group, an application, a site, a role, or something Entra has learned since', async () => {
    const site = 'https://contoso.sharepoint.com/sites/RedTeam';
    const opens = await one(
      grant('AadGroup', 'g1', 'Chat'),
      grant('AadApplication', 'a1', 'Studio'),
      grant('SharePointOnline', site, 'Red team'),
      grant('DirectoryRole', 'r1', 'AI Administrator'),
      grant('CoffeeMachine', 'c1', 'Espresso'),
    );
    assert.deepEqual(
      opens.map(({ name, kind, url }) => [name, kind, url]),
      [
        ['Chat', 'group', ''],
        ['Studio', 'application', ''],
        ['Red team', 'site', site],
        ['AI Administrator', 'role', ''],
        ['Espresso', 'other', ''],
      ],
    );
  });

  it('has a link only to what is an address', async () => {
    for (const originId of ['javascript:alert(1)', 'http://contoso.example', 'sites/RedTeam', '']) {
      const [opens] = await one(grant('SharePointOnline', originId, 'Red team'));
      assert.deepEqual([opens?.name, opens?.url], ['Red team', '']);
    }
  });

  it('has the name of its group where Entra calls it nothing but a root', async () => {
    const root = { isRootScope: true };
    const opens = await one(
      grant('AadGroup', 'G1', 'Root', root),
      grant('AadGroup', 'g2', null),
      grant('SharePointOnline', 'https://contoso.example/sites/X', 'Root', root),
      { role: { displayName: 'AI Administrator' }, scope: { originSystem: 'DirectoryRole' } },
      grant('AadGroup', 'g3', 'Root'),
    );
    assert.deepEqual(
      opens.map(({ name }) => name),
      ['AI Chat Users', 'AI Chat Users', 'https://contoso.example/sites/X', 'AI Administrator', 'Root'],
    );
    const groups = odd.seen[1]?.body.requests.map(({ url }: { url: string }) => url);
    assert.deepEqual(groups, ['/groups/g1?$select=displayName', '/groups/g2?$select=displayName']);
  });

  it('is still told where the names of its groups cannot be read', async () => {
    parts((url) =>
      url.startsWith('/groups/')
        ? refused(403, 'Authorization_RequestDenied')
        : { body: { resourceRoleScopes: [grant('AadGroup', 'g1', '')] } },
    );
    assert.deepEqual((await packageOpens(reader, ['p1'])).get('p1'), [
      { name: '', role: 'Member', kind: 'group', url: '' },
    ]);
  });

  it('survives what is left out', async () => {
    const nothing = { name: '', role: '', kind: 'other', url: '' };
    assert.deepEqual(await one(null, {}, { role: null, scope: null }), [nothing, nothing, nothing]);
  });
});

describe('what a package conflicts with', () => {
  const named = (id: string, displayName: unknown = id) => ({ id, displayName });

  it('is named on either side, each once, and by group', async () => {
    odd.onRequest(() => ({
      body: {
        id: 'p1',
        incompatibleAccessPackages: [named('P2', 'Elevated'), named('P3', null)],
        accessPackagesIncompatibleWith: [named('p2', 'Elevated'), named('P4', 'Red team')],
        incompatibleGroups: [named('G1', 'Platform Admins')],
      },
    }));
    assert.deepEqual(await conflictsOf(reader, 'p1'), {
      packages: [
        { id: 'p2', name: 'Elevated' },
        { id: 'p3', name: '' },
        { id: 'p4', name: 'Red team' },
      ],
      groups: [{ id: 'g1', name: 'Platform Admins' }],
    });
    assert.equal(
      decodeURIComponent(odd.seen[0]?.path ?? ''),
      `/graph/v1.0${base}/p1?$select=id&$expand=incompatibleAccessPackages,accessPackagesIncompatibleWith,incompatibleGroups`,
    );
  });

  it('is mostly nothing', async () => {
    odd.onRequest(() => ({ body: { id: 'p1', incompatibleAccessPackages: null } }));
    assert.deepEqual(await conflictsOf(reader, 'p1'), { packages: [], groups: [] });
  });

  it('is never nothing only because one of it makes no sense', async () => {
    for (const incompatibleGroups of [[{ displayName: 'no id' }], 'none', [null]]) {
      odd.onRequest(() => ({ body: { id: 'p1', incompatibleGroups } }));
      await assert.rejects(conflictsOf(reader, 'p1'), { code: 'graph.broken-answer' });
    }
  });
});
