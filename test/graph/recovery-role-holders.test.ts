import assert from 'node:assert/strict';
import type { GraphReader, ReadOptions } from '../../src/graph/graph.js';
import {
  authenticationAdministrator,
  holdsRole,
  privilegedAuthenticationAdministrator,
  roleHolders,
} from '../../src/graph/recovery/recovery.js';
import { idOf, openPracticeGraph } from './practice-graph.js';

/** Some of them have it through a group. */
const exchangeAdministrator = '29232cdf-9323-42fd-ade2-1d097af3e4de';
const keys = ['helpdesk', 'security', 'finance', 'engineer', 'manager', 'guest', 'starter', 'appowner'];

describe('who of many has a role', function () {
  this.timeout(30_000);
  let practice: Awaited<ReturnType<typeof openPracticeGraph>>;
  before(async () => {
    practice = await openPracticeGraph();
  });
  after(() => practice.close());

  it('is the same as asked of each, and costs one call a role and one batch', async () => {
    const roles = [authenticationAdministrator, privilegedAuthenticationAdministrator, exchangeAdministrator];
    let calls = 0;
    const { reader } = practice;
    const counted: GraphReader = {
      get: <T>(path: string, options?: ReadOptions) => {
        calls += 1;
        return reader.get<T>(path, options);
      },
      pages: <T>(path: string, options?: ReadOptions) => {
        calls += 1;
        return reader.pages<T>(path, options);
      },
      getMany: <T>(paths: ReadonlyMap<string, string>) => {
        calls += 1;
        return reader.getMany<T>(paths);
      },
    };
    const found = await roleHolders(counted, keys.map(idOf), roles);
    assert.ok(calls <= roles.length + 1, `${calls} calls`);
    for (const role of roles)
      for (const key of keys)
        assert.equal(
          found.get(role)?.has(idOf(key)),
          await holdsRole(practice.reader, idOf(key), role),
          `${key} ${role}`,
        );
    assert.equal(found.get(authenticationAdministrator)?.has(idOf('helpdesk')), true);
    assert.deepEqual(
      await roleHolders(practice.reader, [], roles).then((all) =>
        [...(all.values() ?? [])].map(({ size }) => size),
      ),
      [0, 0, 0],
    );
  });
});
