import assert from 'node:assert/strict';
import type { GraphAs } from '../../src/graph/graph.js';
import { findPeople, hireDateOf } from '../../src/graph/recovery/recovery.js';
import { failureOf, type OddGraph, refused, startOddGraph } from './odd-graph.js';
import { actorOf, idOf } from './practice-graph.js';

describe('people who are looked for', () => {
  let odd: OddGraph;
  let graph: GraphAs;
  beforeEach(async () => {
    odd = await startOddGraph();
    graph = odd.graph.as(actorOf('engineer'), ['User.Read.All'], 'reference');
  });
  afterEach(() => odd.close());

  const person = (name: string, more: object = {}) => ({
    ...{ id: name, displayName: name, userPrincipalName: `${name}@contoso.example`, userType: 'Member' },
    ...more,
  });
  const query = () => Object.fromEntries(new URLSearchParams(odd.seen[0]?.path.split('?')[1]));
  const answer = (...people: readonly unknown[]) => odd.onRequest(() => ({ body: { value: people } }));

  it('are searched for by the beginnings of their names', async () => {
    answer(person('Noor'));
    const found = await findPeople(graph, '  noor \t achter ');
    assert.deepEqual(
      found.map(({ name }) => name),
      ['Noor'],
    );
    const { $search, $count, $filter } = query();
    assert.deepEqual([$search, $count, $filter], ['"displayName:noor achter"', 'true', undefined]);
    assert.equal(odd.seen[0]?.headers.consistencylevel, 'eventual');
  });

  it('are filtered for by their address where one is written', async () => {
    answer();
    await findPeople(graph, "o'neil@contoso");
    const { $filter, $search } = query();
    const wanted = "startswith(userPrincipalName,'o''neil@contoso') or startswith(mail,'o''neil@contoso')";
    assert.deepEqual([$filter, $search], [wanted, undefined]);
  });

  it('are not found by words that would be more than words', async () => {
    answer();
    await findPeople(graph, 'a" OR "mail:b\\"\u0000');
    assert.equal(query().$search, '"displayName:a OR mail:b"');
    for (const words of ['', ' ', 'a', '"\\', 'x'.repeat(81)]) {
      assert.deepEqual(await findPeople(graph, words), []);
    }
    assert.equal(odd.seen.length, 1, 'and nothing is asked where there is nothing to ask for');
  });

  it('are ours, ten at most, and those whose account is not switched on yet', async () => {
    const many = Array.from({ length: 12 }, (_, n) => person(`ours-${n}`));
    answer(
      person('guest', { userType: 'Guest' }),
      person('hidden guest', { userType: null, userPrincipalName: 'x_y.example#ext#@contoso.example' }),
      person('starter', { accountEnabled: false }),
      ...many,
    );
    const found = await findPeople(graph, 'any');
    assert.deepEqual(
      found.map(({ name }) => name),
      ['starter', ...many.slice(0, 9).map(({ displayName }) => displayName)],
    );
  });

  it('are found behind a page of nobody, and not at all where the person may not look', async () => {
    const next = `${odd.url}/v1.0/users?$skiptoken=2`;
    odd.onRequest((_seen, n) =>
      n === 1 ? { body: { value: [], '@odata.nextLink': next } } : { body: { value: [person('late')] } },
    );
    assert.equal((await findPeople(graph, 'late')).length, 1);
    odd.onRequest(() => refused(403, 'Authorization_RequestDenied'));
    assert.equal((await failureOf(findPeople(graph, 'late'), odd.log)).code, 'graph.forbidden');
  });

  it('have a first day, or none that anybody wrote down', async () => {
    const hired = (employeeHireDate: unknown) => {
      odd.onRequest(() => ({ body: { id: idOf('starter'), employeeHireDate } }));
      return hireDateOf(odd.graph.reader('reference'), idOf('starter'));
    };
    assert.equal((await hired('2026-11-28T00:00:00Z'))?.toISOString(), '2026-11-28T00:00:00.000Z');
    for (const odd of [null, undefined, '', 'soon', 7, '2026-13-01T00:00:00Z'])
      assert.equal(await hired(odd), undefined);
    assert.match(odd.seen[0]?.path ?? '', /\?\$select=id,employeeHireDate$/);
    odd.onRequest(() => refused(404, 'Request_ResourceNotFound'));
    const gone = hireDateOf(odd.graph.reader('reference'), 'nobody');
    assert.equal((await failureOf(gone, odd.log)).code, 'graph.not-found');
  });
});
