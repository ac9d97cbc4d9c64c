import assert from 'node:assert/strict';
import { systemIds } from '../../src/base/ids.js';
import { cardByRef, changeCard, openCard } from '../../src/jobs/cards.js';
import type { CardRow } from '../../src/store/schema.js';
import type { Engine } from '../support/databases.js';
import { handClock } from '../support/hand-clock.js';
import { suiteStore } from '../support/suite-store.js';

export function cardCases(engine: Engine): void {
  const suite = suiteStore(engine);
  const clock = handClock();
  const expiresAt = new Date(Date.UTC(2026, 5, 1));
  const open = (purpose: string): Promise<CardRow> =>
    suite.store.write((tx) =>
      openCard(
        tx,
        { clock, ids: systemIds },
        { flow: 'packages', kind: 'packages.decide', item: 'request:1', person: 'mina', purpose, expiresAt },
      ),
    );
  const change = (ref: string, text: string, options: { final?: boolean; force?: boolean } = {}) =>
    suite.store.write((tx) =>
      changeCard(tx, clock, ref, { template: 'shared/notice', view: { text } }, options),
    );
  const look = async (ref: string) => {
    const row = await cardByRef(suite.store.db, ref);
    return row === undefined ? undefined : { state: row.state, version: row.version };
  };
  const deliveries = (ref: string) =>
    suite.store.db.selectFrom('jobs').select('key').where('key', 'like', `card:${ref}:%`).execute();

  it('makes one card for one purpose, however many ask for it at once', async () => {
    const cards = await Promise.all([1, 2, 3, 4].map(() => open('once')));
    assert.equal(new Set(cards.map((card) => card.ref)).size, 1);
  });

  it('makes a new card for a purpose whose card is final', async () => {
    const first = await open('again');
    await change(first.ref, 'decided', { final: true });
    const second = await open('again');
    assert.notEqual(second.ref, first.ref);
  });

  it('queues one delivery a picture, and none for the same picture again', async () => {
    const { ref } = await open('pictures');
    for (const text of ['one', 'two', 'two', 'two']) await change(ref, text);
    assert.deepEqual(await look(ref), { state: 'open', version: 2 });
    assert.equal((await deliveries(ref)).length, 2);
  });

  it('queues the same picture again when it must be put there anew', async () => {
    const { ref } = await open('forced');
    await change(ref, 'same');
    await change(ref, 'same', { force: true });
    assert.deepEqual(await look(ref), { state: 'open', version: 2 });
  });

  it('never opens a final card again, whoever comes late with an older picture', async () => {
    const first = await open('ended');
    await change(first.ref, 'decided', { final: true });
    const second = await open('ended');
    await change(first.ref, 'press again', { force: true });
    assert.deepEqual(await look(first.ref), { state: 'final', version: 1 });
    assert.deepEqual(await look(second.ref), { state: 'open', version: 0 });
  });
}
