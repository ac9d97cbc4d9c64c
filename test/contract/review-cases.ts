import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { minute } from '../../src/base/clock.js';
import { readBulk } from '../../src/flows/reviews/bulk/facts.js';
import { looksOf, type Reading } from '../../src/flows/reviews/facts.js';
import {
  changePacket,
  countDecided,
  openPacket,
  packetByRef,
  reviewById,
} from '../../src/flows/reviews/packets.js';
import { closeReview } from '../../src/flows/reviews/sweep/close.js';
import { openPackets } from '../../src/flows/reviews/sweep/open-packets.js';
import type { Turn } from '../../src/flows/turn.js';
import type { ReviewRow } from '../../src/store/schema.js';
import type { Store } from '../../src/store/store.js';
import type { Engine } from '../support/databases.js';
import { handClock } from '../support/hand-clock.js';
import { claimRow } from '../support/store-rows.js';
import { suiteStore } from '../support/suite-store.js';
import { about, reviewRow } from './rows.js';
import { servicesOn } from './services.js';

export function reviewCases(engine: Engine): void {
  const suite = suiteStore(engine);
  const clock = handClock();
  let number = 0;
  let review: ReviewRow;
  beforeEach(async () => {
    number += 1;
    review = reviewRow(`instance-${number}`, { ends_at: clock.now().getTime() + minute });
    await suite.store.write((tx) => tx.insertInto('reviews').values(review).execute());
  });
  const services = (store: Store = suite.store) => servicesOn(store, clock);
  const open = (person: string, store: Store = suite.store) =>
    store.write((tx) => openPacket(tx, services(store), review, person));
  const packets = () => openPackets(services(), review.instance_id);
  const packet = async (ref: string) =>
    (await packetByRef(services(), ref)) ?? assert.fail(`No packet ${ref}`);
  const now = async () =>
    (await reviewById(services(), review.instance_id)) ?? assert.fail('The review is gone');
  const count = (change: number, store: Store = suite.store) =>
    store.write((tx) => countDecided(tx, review.instance_id, change));
  const jobs = () =>
    suite.store.db
      .selectFrom('jobs')
      .select('kind')
      .where('key', 'like', `%${review.instance_id}%`)
      .orderBy('kind')
      .execute();

  it('gives a reviewer one card and one place in the list, however often they are asked', async () => {
    const first = await open('mina');
    await changePacket(services(), first.ref, { mode: 'list', skip: 20 });
    assert.equal((await open('mina')).ref, first.ref);
    assert.deepEqual(
      (await packets()).map(({ ref, mode, skip }) => [ref, mode, skip]),
      [[first.ref, 'list', 20]],
      'and they stay where they are',
    );
  });

  it('gives them one card also when two instances ask them at once', async () => {
    const stores = [suite.store, await suite.beside()];
    const asked = await Promise.all([...stores, ...stores, ...stores].map((store) => open('mina', store)));
    const refs = [...new Set(asked.map(({ ref }) => ref))];
    assert.deepEqual(
      (await packets()).map(({ ref }) => ref),
      refs,
    );
    assert.equal(refs.length, 1);
  });

  it('keeps the places of one person in two stages apart', async () => {
    const first = await open('mina');
    review = { ...review, stage_id: 'stage-2' };
    const second = await open('mina');
    assert.notEqual(first.ref, second.ref);
    assert.equal((await packets()).length, 2);
  });

  it('counts what many decide at once, and loses none of it', async () => {
    const stores = [suite.store, await suite.beside()];
    const presses = Array.from({ length: 20 }, (_, index) => count(-1, stores[index % 2]));
    await Promise.all([...presses, count(3), count(-2)]);
    assert.equal((await now()).undecided, review.undecided - 19);
  });

  it('knows of nobody any more that they have finished, once something is undecided again', async () => {
    const at = async (mode: 'home' | 'list') => {
      const { ref } = await open(mode);
      await changePacket(services(), ref, { mode, shown: '["a"]', left_over: 0 });
      return async () => {
        const { left_over, shown } = await packet(ref);
        return [left_over, shown];
      };
    };
    const [home, list] = [await at('home'), await at('list')];
    await suite.store.db
      .updateTable('reviews')
      .set({ about: JSON.stringify({ ...about, selfReview: true }) })
      .where('instance_id', '=', review.instance_id)
      .execute();
    await count(1);
    assert.deepEqual(
      [await home(), await list()],
      [
        [0, '["a"]'],
        [0, '["a"]'],
      ],
      'for themselves',
    );
    await suite.store.db
      .updateTable('reviews')
      .set({ about: review.about })
      .where('instance_id', '=', review.instance_id)
      .execute();
    await count(1);
    assert.deepEqual(
      [await home(), await list()],
      [
        [-1, '[]'],
        [-1, '["a"]'],
      ],
    );
  });

  it('never counts below zero, not even when the same is counted here and elsewhere', async () => {
    await count(-(review.undecided - 3));
    const stores = [suite.store, await suite.beside()];
    await Promise.all(Array.from({ length: 12 }, (_, index) => count(-1, stores[index % 2])));
    assert.equal((await now()).undecided, 0);
    await count(-5);
    assert.equal((await now()).undecided, 0);
  });

  it('does not begin to count where Entra does not', async () => {
    await suite.store.db
      .updateTable('reviews')
      .set({ undecided: -1 })
      .where('instance_id', '=', review.instance_id)
      .execute();
    await count(-1);
    await count(1);
    assert.equal((await now()).undecided, -1);
  });

  it('lets a look from before a press change nothing', async () => {
    const { ref } = await open('mina');
    const seen = await packet(ref);
    await changePacket(services(), ref, { mode: 'one', skip: 7, shown: '["a"]', left_over: 9 });
    await changePacket(services(), ref, { mode: 'home', skip: 0, shown: '[]', left_over: 10 }, seen);
    const { mode, skip, shown, left_over } = await packet(ref);
    assert.deepEqual([mode, skip, shown, left_over], ['one', 7, '["a"]', 9]);
    await changePacket(services(), ref, { shown: '["a"]', left_over: 8 }, await packet(ref));
    assert.equal((await packet(ref)).left_over, 8, 'where nothing was pressed it counts');
  });

  it('of many looks and one press at once keeps the press', async () => {
    const { ref } = await open('mina');
    const seen = await packet(ref);
    const look = async (store: Store) =>
      changePacket(services(store), ref, { mode: 'home', shown: '["old"]' }, seen);
    const stores = [suite.store, await suite.beside()];
    const press = changePacket(services(), ref, { mode: 'one', skip: 1, shown: '["new"]' });
    await Promise.all([...stores.map(look), press, ...stores.map(look)]);
    assert.equal((await packet(ref)).shown, '["new"]');
  });

  it('closes a review once, whoever notices that it is over', async () => {
    const stores = [suite.store, await suite.beside()];
    clock.advance(2 * minute);
    await Promise.all([...stores, ...stores].map((store) => closeReview(services(store), review)));
    assert.equal((await now()).state, 'ended');
    const once = ['reviews.follow', 'reviews.quality', 'reviews.tell'];
    assert.deepEqual(
      (await jobs()).map(({ kind }) => kind),
      once,
    );
    await suite.store.write((tx) => tx.deleteFrom('jobs').execute());
    await closeReview(services(await suite.beside()), review);
    assert.deepEqual(await jobs(), [], 'what was done already is not begun again');
  });

  it('gives every number back as a number', async () => {
    const { ref } = await open('mina');
    const row = await now();
    assert.deepEqual(
      [row.ends_at, row.undecided, row.created_at],
      [review.ends_at, review.undecided, review.created_at],
    );
    const { skip, left_over, reminded } = await packet(ref);
    assert.deepEqual([skip, left_over, reminded], [0, -1, 0]);
    const series = { definition_id: review.instance_id, fingerprint: '', look_at: Number.MAX_SAFE_INTEGER };
    await suite.store.db.insertInto('review_series').values(series).execute();
    const kept = await suite.store.db
      .selectFrom('review_series')
      .selectAll()
      .where('definition_id', '=', review.instance_id)
      .executeTakeFirst();
    assert.deepEqual({ ...kept }, series);
  });

  it('counts what was decided before alike on every engine', async () => {
    const place = { definitionId: 'series', instanceId: `fixed-${number}` };
    const decided = { state: 'done', lease_until: 0 } as const;
    const claims = [
      claimRow({ ...decided, item: `reviewDecision:${place.instanceId}::one`, stage: '1' }),
      claimRow({ ...decided, item: `reviewDecision:${place.instanceId}::one`, stage: '2' }),
      claimRow({ ...decided, item: `reviewBulk:${place.instanceId}::mina`, action: 'bulk' }),
    ];
    const item = { id: 'one', decision: 'NotReviewed', justification: '' };
    const look = { ...item, reviewedBy: undefined, reviewedAt: undefined };
    const graph = { get: async () => ({ value: [], '@odata.count': 0 }) };
    const turn = { graph, actor: { objectId: 'mina' }, services: services() } as unknown as Turn;
    const reading = { place, facts: { recommendations: true } } as unknown as Reading;
    const seen = async () => [
      (await looksOf(turn, reading, [look])).get('one'),
      (await readBulk(turn, reading, 'remove', { seen: '', reason: '' })).seen,
    ];
    assert.deepEqual(await seen(), [hashOf(['NotReviewed', '', '', '', 0]), hashOf(['remove', 0, []])]);
    await suite.store.write((tx) => tx.insertInto('claims').values(claims).execute());
    assert.deepEqual(await seen(), [hashOf(['NotReviewed', '', '', '', 2]), hashOf(['remove', 1, []])]);
  });
}

/** As the cards carry it: a count that came as text would give another one. */
function hashOf(seen: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(seen)).digest('base64url').slice(0, 16);
}
