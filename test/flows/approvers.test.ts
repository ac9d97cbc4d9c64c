import assert from 'node:assert/strict';
import { approversAmong } from '../../src/flows/approvers.js';
import type { ApproverSet } from '../../src/graph/entitlement.js';
import type { GraphReader } from '../../src/graph/graph.js';
import { type Odd, type OddGraph, refused, startOddGraph } from '../graph/odd-graph.js';
import { reference } from '../graph/practice-graph.js';

const person = (id: string, userType = 'Member') => ({
  '@odata.type': '#microsoft.graph.user',
  id,
  displayName: `${id} Example`,
  userType,
});

describe('whom a policy names as approver', () => {
  let odd: OddGraph;
  let reader: GraphReader;
  beforeEach(async () => {
    odd = await startOddGraph();
    reader = odd.graph.reader(reference);
    answering({});
  });
  afterEach(() => odd.close());

  /** By the end of the path; anything else is not known. */
  const answering = (answers: Readonly<Record<string, Odd>>) =>
    odd.onRequest(({ path }) => {
      const [name = ''] = path.replace('/graph/v1.0', '').split('?');
      return answers[name] ?? refused(404, 'Request_ResourceNotFound');
    });
  const list = (...value: readonly unknown[]): Odd => ({ body: { value } });
  const found = async (...sets: readonly ApproverSet[]) =>
    (await approversAmong(reader, sets, { requestorId: 'guest', targetId: 'guest' })).map(
      ({ user, why, group }) => [user.id, why, group],
    );
  const sponsors = (which: 'internal' | 'external' | 'own') => ({ kind: 'sponsors', which }) as const;

  it('are the sponsors of a guest, but not those of a whole organisation, whom nobody looks up', async () => {
    answering({ '/users/guest/sponsors': list(person('inside'), person('outside', 'Guest')) });
    assert.deepEqual(await found(sponsors('internal'), sponsors('external')), []);
    assert.deepEqual(await found(sponsors('own')), [
      ['inside', 'sponsor', ''],
      ['outside', 'sponsor', ''],
    ]);
  });

  it('are the members of a group that vouches', async () => {
    answering({
      '/users/guest/sponsors': list({ '@odata.type': '#microsoft.graph.group', id: 'G1' }),
      '/groups/g1': { body: { id: 'g1', displayName: 'Partner desk' } },
      '/groups/g1/transitiveMembers': list(person('one'), person('two', 'Guest')),
    });
    assert.deepEqual(await found(sponsors('own')), [
      ['one', 'sponsor', 'Partner desk'],
      ['two', 'sponsor', 'Partner desk'],
    ]);
  });

  it('are nobody where nobody vouches', async () => {
    answering({ '/users/guest/sponsors': list() });
    assert.deepEqual(await found(sponsors('internal'), sponsors('external')), []);
    answering({});
    assert.deepEqual(await found(sponsors('own'), { kind: 'other', type: 'theMoon' }), []);
  });

  it('are each named once, and never whoever asks', async () => {
    answering({
      '/users/guest/sponsors': list(person('boss'), person('guest')),
      '/users/guest/manager': { body: person('boss') },
      '/users/guest': { body: person('guest') },
    });
    const manager = { kind: 'manager', level: 1, of: 'requestor' } as const;
    assert.deepEqual(await found(manager, sponsors('own'), { kind: 'user', id: 'guest' }), [
      ['boss', 'sponsor', ''],
    ]);
  });

  it('are the manager of whoever asks, or of whoever is to get it', async () => {
    answering({
      '/users/boss/manager': { body: person('chief') },
      '/users/report/manager': { body: person('lead') },
    });
    const asked = { requestorId: 'boss', targetId: 'report' };
    const ids = async (of: 'requestor' | 'target') =>
      (await approversAmong(reader, [{ kind: 'manager', level: 1, of }], asked)).map(({ user }) => user.id);
    assert.deepEqual(await ids('requestor'), ['chief']);
    assert.deepEqual(await ids('target'), ['lead']);
  });

  it('are not nobody only because Entra does not answer', async () => {
    answering({ '/users/guest/sponsors': refused(403, 'Authorization_RequestDenied') });
    await assert.rejects(found(sponsors('own')), { code: 'graph.forbidden' });
  });
});
