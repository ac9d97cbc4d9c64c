import assert from 'node:assert/strict';
import { people, personByKey } from '../../practice/world/people.js';
import { type Answer, type Visit, visitPractice } from './visit.js';

const realGraph = 'https://graph.microsoft.com';

describe('practice Graph: queries', () => {
  let visit: Visit;
  let app = '';
  before(async () => {
    visit = await visitPractice();
    app = await visit.appToken();
  });
  after(() => visit.close());

  const read = (path: string, headers: Record<string, string> = {}): Promise<Answer> =>
    visit.graph(app, 'GET', `/v1.0${path}`, undefined, headers);
  const names = (answer: Answer): string[] =>
    answer.body.value.map((each: { displayName: string }) => each.displayName);

  it('cuts a list into pages and leads to the next one', async () => {
    const seen: string[] = [];
    let next: string | undefined = `${realGraph}/v1.0/users?$top=3&$select=id,displayName`;
    for (let pages = 0; next && pages < 10; pages += 1) {
      const answer: Answer = await read(next.slice(`${realGraph}/v1.0`.length));
      assert.ok(answer.body.value.length <= 3);
      seen.push(...names(answer));
      next = answer.body['@odata.nextLink'];
    }
    const home = people.filter(({ key }) => key !== 'outsider').map(({ displayName }) => displayName);
    assert.deepEqual(seen, home);
  });

  it('leaves out what only $select brings', async () => {
    const id = personByKey('guest')?.id;
    assert.equal((await read(`/users/${id}`)).body.userType, undefined);
    assert.equal((await read(`/users/${id}?$select=userType`)).body.userType, 'Guest');
    assert.equal((await read(`/users/${id}?$select=shoeSize`)).status, 400);
  });

  it('filters with and, or, not, in and text functions', async () => {
    const eventual = { ConsistencyLevel: 'eventual' };
    const guest = await read("/users?$filter=userType eq 'Guest' and accountEnabled eq true");
    assert.deepEqual(names(guest), [personByKey('guest')?.displayName]);
    const two = await read(
      `/users?$filter=id in ('${personByKey('manager')?.id}','${personByKey('security')?.id}')`,
    );
    assert.equal(two.body.value.length, 2);
    const rest = await read("/users?$count=true&$filter=not(startswith(displayName,'A'))", eventual);
    assert.equal(rest.body['@odata.count'], 7);
    assert.equal((await read("/users?$filter=displayName eq 'x")).status, 400);
  });

  it('wants the advanced header where the directory wants it', async () => {
    const query = '/groups?$count=true&$filter=isAssignableToRole eq true';
    assert.equal((await read(query)).body.error.code, 'Request_UnsupportedQuery');
    assert.deepEqual(names(await read(query, { ConsistencyLevel: 'eventual' })), [
      'AI Platform Admins',
      'AI Incident Responders',
    ]);
  });

  it('expands relations with their own $select', async () => {
    const answer = await read(
      "/groups?$filter=displayName eq 'AI Platform Admins'&$expand=owners($select=displayName)",
    );
    const { id, displayName } = personByKey('manager') ?? {};
    assert.deepEqual(answer.body.value[0].owners, [{ id, displayName }]);
  });

  it('answers a batch item by item, each with a status of its own', async () => {
    const answer = await visit.graph(app, 'POST', '/v1.0/$batch', {
      requests: [
        { id: 'a', method: 'GET', url: '/users?$top=1' },
        { id: 'b', method: 'GET', url: '/users/nobody' },
        { id: 'c', method: 'GET', url: '/groups', dependsOn: ['b'] },
      ],
    });
    const statuses = answer.body.responses.map(({ id, status }: { id: string; status: number }) => [
      id,
      status,
    ]);
    assert.equal(answer.status, 200);
    assert.deepEqual(Object.fromEntries(statuses), { a: 200, b: 404, c: 424 });
  });

  it('refuses a batch of more than 20, and one with the same id twice', async () => {
    const items = (count: number, id: (n: number) => string): unknown => ({
      requests: Array.from({ length: count }, (_, n) => ({ id: id(n), method: 'GET', url: '/groups' })),
    });
    const post = (body: unknown): Promise<Answer> => visit.graph(app, 'POST', '/v1.0/$batch', body);
    assert.equal((await post(items(21, String))).status, 400);
    assert.equal((await post(items(2, (n) => (n === 0 ? 'x' : 'X')))).status, 400);
    assert.equal((await post(items(20, String))).status, 200);
  });
});
