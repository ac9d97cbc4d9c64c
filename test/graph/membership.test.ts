import assert from 'node:assert/strict';
import { chatUsers, connectorOperators, platformAdmins, stalePilot } from '../../practice/world/groups.js';
import { belongings, groupOwners, nestedGroups } from '../../src/graph/membership.js';
import { type OddGraph, refused, startOddGraph } from './odd-graph.js';
import { idOf, openPracticeGraph, type PracticeGraph, reference } from './practice-graph.js';

describe('where people stand, read by the bot', () => {
  let practice: PracticeGraph;
  before(async () => {
    practice = await openPracticeGraph();
  });
  after(() => practice.close());

  it('names the manager, the sponsors and the groups of several people', async () => {
    const ids = ['engineer', 'guest', 'finance'].map(idOf);
    const found = await belongings(practice.reader, [...ids, ...ids]);
    assert.deepEqual([...found.keys()], ids);
    const engineer = found.get(idOf('engineer'));
    const guest = found.get(idOf('guest'));
    assert.deepEqual([engineer?.user?.id, engineer?.user?.guest], [idOf('engineer'), false]);
    assert.ok(engineer?.manager !== '' && guest?.user?.guest === true);
    assert.ok((guest?.sponsors?.length ?? 0) > 0 && guest?.sponsors?.every((name) => name !== ''));
    assert.deepEqual(engineer?.sponsors, []);
    assert.ok(guest?.groups?.some(({ id, name }) => id === stalePilot.id && name === stalePilot.displayName));
    assert.ok(found.get(idOf('finance'))?.groups?.some(({ id }) => id === chatUsers.id));
  });

  it('tells who is gone', async () => {
    const stranger = '99999999-0000-4000-8000-000000000000';
    const found = await belongings(practice.reader, [stranger]);
    assert.deepEqual(found.get(stranger), {
      user: undefined,
      gone: true,
      manager: '',
      sponsors: undefined,
      groups: undefined,
    });
    assert.equal((await belongings(practice.reader, [])).size, 0);
  });

  it('knows the groups inside a group, and who owns it', async () => {
    assert.deepEqual(await nestedGroups(practice.reader, chatUsers.id), [
      { id: connectorOperators.id, name: connectorOperators.displayName },
    ]);
    assert.deepEqual(await nestedGroups(practice.reader, connectorOperators.id), []);
    const owners = await groupOwners(practice.reader, platformAdmins.id);
    assert.deepEqual(
      owners.map(({ id }) => id),
      [idOf('manager')],
    );
    assert.deepEqual(await groupOwners(practice.reader, stalePilot.id), []);
  });
});

describe('where people stand, in odd answers', () => {
  let odd: OddGraph;
  beforeEach(async () => {
    odd = await startOddGraph();
  });
  afterEach(() => odd.close());
  const type = (name: string) => ({ '@odata.type': `#microsoft.graph.${name}` });

  it('takes one request for five people', async () => {
    odd.onRequest(({ body }) => ({
      body: {
        responses: body.requests.map(({ id, url }: { id: string; url: string }) => {
          if (url.includes('/manager')) return { id, ...refused(404, 'Request_ResourceNotFound') };
          const several = [null, { ...type('group'), id: 'G', displayName: 'Some' }, type('directoryRole')];
          return {
            id,
            status: 200,
            body: url.includes('?$select=id,displayName&') ? { value: several } : { id: 'U' },
          };
        }),
      },
    }));
    const found = await belongings(odd.graph.reader(reference), ['u1', 'u2', 'u3', 'u4', 'u5']);
    assert.equal(odd.seen.length, 1);
    const { user, manager, sponsors, groups } = found.get('u5') ?? assert.fail('somebody is left out');
    assert.deepEqual([user?.id, manager, sponsors, groups], ['u', '', ['Some'], [{ id: 'g', name: 'Some' }]]);
  });

  it('says of what cannot be read that it is not known, and of nobody that they are gone', async () => {
    odd.onRequest(({ body }) => ({
      body: {
        responses: body.requests.map(({ id }: { id: string }) => ({
          id,
          ...refused(403, 'Authorization_RequestDenied'),
        })),
      },
    }));
    const found = await belongings(odd.graph.reader(reference), ['u1']);
    const unknown = {
      user: undefined,
      gone: false,
      manager: undefined,
      sponsors: undefined,
      groups: undefined,
    };
    assert.deepEqual(found.get('u1'), unknown);
  });

  it('takes people alone for owners', async () => {
    const owners = [
      { ...type('servicePrincipal'), id: 's' },
      { ...type('user'), id: 'U', displayName: 'Ada' },
      null,
    ];
    odd.onRequest(() => ({ body: { value: owners } }));
    const found = await groupOwners(odd.graph.reader(reference), 'g');
    assert.deepEqual(
      found.map(({ id, name }) => [id, name]),
      [['u', 'Ada']],
    );
  });
});
