import assert from 'node:assert/strict';
import { record } from '../../../src/audit/record.js';
import { minute } from '../../../src/base/clock.js';
import { decisionItem } from '../../../src/flows/reviews/facts.js';
import { countDecided, openPacket } from '../../../src/flows/reviews/packets.js';
import { shownText } from '../../../src/flows/reviews/shown.js';
import { checkShown } from '../../../src/flows/reviews/sweep/check-shown.js';
import { sweepOnce } from '../../../src/flows/reviews/sweep/discover.js';
import { follow } from '../../../src/flows/reviews/sweep/follow.js';
import { decisionsByIds, resetOne } from '../../../src/graph/access-review.js';
import type { GraphAs, GraphReader } from '../../../src/graph/graph.js';
import { idOf } from '../../graph/practice-graph.js';
import { openQuietHouse, type QuietHouse } from '../../support/quiet-house.js';

const base = '/identityGovernance/accessReviews/definitions';

/** Two reviewers of one list: the manager and the security lead. */
describe('the cards of a review that somebody decides in the portal', () => {
  let house: QuietHouse;
  let decisions: string;
  let items: readonly string[];
  let security: GraphAs;
  beforeEach(async () => {
    house = await openQuietHouse();
    const started = await house.remote('/reviews/start', { reviews: ['platform-admins'] });
    await sweepOnce(house.services);
    const { id, instanceId } = started.find(({ key }: { key: string }) => key === 'platform-admins');
    decisions = `${base}/${id}/instances/${instanceId}/decisions`;
    security = await house.graph.as('security', 'AccessReview.ReadWrite.All');
    const page = await security.get<{ value: { id: string }[] }>(decisions);
    items = page.value.map((item) => item.id);
  });
  afterEach(() => house.close());

  const decide = (item: string, by: GraphAs = security) =>
    by.patch(`${decisions}/${item}`, { decision: 'Approve', justification: 'Runs the platform every day' });
  const look = async () => {
    await sweepOnce(house.services);
    return house.runAll('reviews.follow', follow(house.services));
  };
  const packet = async (person: string) => {
    const [card] = await house.pictures('reviews.packet', idOf(person));
    if (card === undefined) throw new Error(`No card for ${person}`);
    return card;
  };
  const undecided = (...ids: readonly (string | undefined)[]) =>
    JSON.stringify(ids.map((id) => [id, 'NotReviewed||0']));
  const standing = (person: string, at: object) =>
    house.services.store.write((tx) =>
      tx.updateTable('packets').set(at).where('person', '=', idOf(person)).execute(),
    );

  it('count on, and are not sent again when nothing happened', async () => {
    await decide(items[0] ?? '');
    assert.equal(await look(), 1);
    const { version, view } = await packet('manager');
    assert.deepEqual([view.progress.left, view.progress.decided], [1, 1]);
    assert.equal(await look(), 0);
    assert.equal((await packet('manager')).version, version);
  });

  it('are sent anew to whoever looks at that person, and to nobody who looks at another', async () => {
    await standing('manager', { mode: 'one', shown: undecided(items[0]), left_over: 2 });
    await standing('security', { mode: 'list', shown: undecided(items[1]), left_over: 2 });
    const before = [await packet('manager'), await packet('security')];
    await decide(items[0] ?? '');
    await look();
    assert.equal((await packet('manager')).version, (before[0]?.version ?? 0) + 1);
    assert.equal((await packet('security')).version, before[1]?.version);
  });

  it('are not sent anew twice for the same decision', async () => {
    await standing('manager', { mode: 'list', shown: undecided(...items), left_over: 2 });
    await decide(items[0] ?? '');
    await look();
    const { version } = await packet('manager');
    await house.advance(5 * minute);
    await look();
    assert.equal((await packet('manager')).version, version);
  });

  it('leave alone who pressed the button, and tell the other who has the same person before them', async () => {
    const shown = undecided(items[0]);
    await standing('manager', { mode: 'one', shown, left_over: 2 });
    await standing('security', { mode: 'one', shown, left_over: 2 });
    const [mine, theirs] = [await packet('security'), await packet('manager')];
    const instance = theirs.item.slice('reviewInstance:'.length);
    await house.run(follow(house.services), { instance, item: items[0], except: idOf('security') });
    assert.equal((await packet('security')).version, mine.version);
    assert.equal((await packet('manager')).version, theirs.version + 1);
  });

  it('say that everybody is decided about, and let the reader look', async () => {
    for (const item of items) await decide(item);
    await look();
    const { state, view, ref } = await packet('manager');
    assert.deepEqual([state, view.why, view.ref], ['open', 'decided', ref]);
  });

  it('say "done" to who has finished, and count what each decided when the review is stopped', async () => {
    await standing('security', { left_over: 0 });
    await decide(items[0] ?? '');
    await look();
    assert.equal((await packet('security')).view.why, 'finished');
    await house.remote('/reviews/platform-admins/stop', {});
    await look();
    const { state, view } = await packet('security');
    assert.deepEqual([state, view.why, view.kept, view.removed], ['final', 'stopped', 1, 0]);
  });

  it('do not turn up again after the review is over', async () => {
    await house.remote('/reviews/platform-admins/stop', {});
    await look();
    const { version } = await packet('manager');
    const instance = (await packet('manager')).item.slice('reviewInstance:'.length);
    await house.run(follow(house.services), { instance });
    assert.equal((await packet('manager')).version, version);
  });

  /** As the cards would note it: by whom, and when. */
  const standingNow = async (...ids: readonly (string | undefined)[]) => {
    const read = await decisionsByIds(house.graph.reader, place(), ids.map(String));
    return shownText(read);
  };
  const place = () => {
    const [definitionId = '', instanceId = ''] = decisions.slice(base.length + 1).split('/instances/');
    return { definitionId, instanceId: instanceId.split('/')[0] ?? '' };
  };

  it('are sent anew when an answer they show becomes another one, which no count tells', async () => {
    await decide(items[0] ?? '');
    await look();
    await standing('manager', { mode: 'list', shown: await standingNow(...items), left_over: 1 });
    await standing('security', { mode: 'list', shown: undecided(items[1]), left_over: 1 });
    const [before, other] = [await packet('manager'), await packet('security')];
    assert.equal(await look(), 0);
    await house.advance(minute);
    await security.patch(`${decisions}/${items[0]}`, { decision: 'Deny', justification: 'Left in March' });
    assert.equal(await look(), 1);
    assert.equal((await packet('manager')).version, before.version + 1);
    assert.equal((await packet('security')).version, other.version);
    assert.equal(await look(), 0, 'once');
  });

  it('leave the reader alone about what they decided with a button, before Entra’s list knew', async () => {
    await standing('security', { mode: 'list', shown: undecided(...items), left_over: 2 });
    const { version, person } = await packet('security');
    await house.services.store.write((tx) =>
      record(tx, house.services.clock, {
        kind: 'item.changed',
        actor: person,
        item: decisionItem(place(), items[0] ?? ''),
        reference: 'a press',
        data: { from: 'NotReviewed', to: 'Approve', seen: null },
      }),
    );
    await decide(items[0] ?? '');
    await look();
    assert.equal((await packet('security')).version, version);
    await house.advance(minute);
    await security.patch(`${decisions}/${items[0]}`, { decision: 'Deny', justification: 'Left in March' });
    await standing('security', { shown: await standingNow(items[0]) });
    await security.patch(`${decisions}/${items[0]}`, { decision: 'DontKnow', justification: '' });
    await look();
    assert.equal((await packet('security')).version, version + 1, 'but elsewhere they said something else');
  });

  it('do not say "done" any longer when something is undecided again', async () => {
    for (const item of items) await decide(item);
    await look();
    await standing('manager', { left_over: 0, shown: JSON.stringify([[items[0], '']]) });
    const { instanceId } = place();
    await house.run(follow(house.services), { instance: instanceId, person: idOf('manager') });
    assert.equal((await packet('manager')).view.why, 'finished');
    const [first] = await decisionsByIds(house.graph.reader, place(), [items[0] ?? '']);
    await resetOne(security, place(), {
      principalId: first?.principal.id ?? '',
      resourceId: first?.resource?.id ?? '',
    });
    await look();
    const { template, view } = await packet('manager');
    assert.deepEqual([template, view.progress?.left], ['reviews/packet', 1]);
    const left = () =>
      house.services.store.db.selectFrom('packets').select('left_over').where('person', '=', idOf('manager'));
    assert.deepEqual((await left().execute())[0]?.left_over, -1);
    await standing('manager', { left_over: 0, shown: JSON.stringify([[items[1], '']]) });
    await house.run(follow(house.services), { instance: instanceId });
    await house.services.store.write((tx) => countDecided(tx, instanceId, -1));
    assert.deepEqual((await left().execute())[0]?.left_over, 0);
    await house.services.store.write((tx) => countDecided(tx, instanceId, 1));
    assert.deepEqual((await left().execute())[0]?.left_over, -1, 'also when it is taken back here');
    await house.run(follow(house.services), { instance: instanceId, item: items[0] });
    assert.equal((await packet('manager')).template, 'reviews/packet');
  });

  it('are compared so many in one sweep, and the next sweep goes on', async () => {
    const [review] = await house.services.store.db.selectFrom('reviews').selectAll().execute();
    if (review === undefined) throw new Error('There is no review');
    await house.services.store.write(async (tx) => {
      for (let person = 0; person < 50; person += 1) {
        const { ref } = await openPacket(tx, house.services, review, `reader-${person}`);
        const shown = Array.from({ length: 5 }, (_, item) => [`${person}-${item}`, 'Approve|mina|1']);
        await tx
          .updateTable('packets')
          .set({ mode: 'list', shown: JSON.stringify(shown) })
          .where('ref', '=', ref)
          .execute();
        await tx.updateTable('cards').set({ version: 1 }).where('ref', '=', ref).execute();
      }
    });
    const read: number[] = [];
    const reader: GraphReader = {
      ...house.graph.reader,
      getMany: async (paths) => {
        read.push(paths.size);
        return new Map();
      },
    };
    const first = await checkShown(house.services, reader, '');
    const second = await checkShown(house.services, reader, first.after);
    assert.deepEqual([read, second], [[200, 50], { after: '', changed: 0 }]);
  });

  it('are counted after a bulk, so that the next sweep has no news for whoever has its result before them', async () => {
    const { instanceId: instance } = place();
    const [mine, theirs] = [await packet('security'), await packet('manager')];
    await decide(items[0] ?? '');
    await house.run(follow(house.services), { instance, except: idOf('security') });
    assert.equal(await look(), 0);
    assert.equal((await packet('security')).version, mine.version);
    const now = await packet('manager');
    assert.deepEqual([now.version, now.view.progress.left], [theirs.version + 1, 1]);
  });
});
