import assert from 'node:assert/strict';
import type { Engine } from '../support/databases.js';
import { suiteStore } from '../support/suite-store.js';
import { recoveryCaseRow } from './rows.js';

/** Two people may open a case for the same person at the same moment. */
export function recoveryCases(engine: Engine): void {
  const suite = suiteStore(engine);
  const add = (id: string, more: Parameters<typeof recoveryCaseRow>[1] = {}) =>
    suite.store.write((tx) => tx.insertInto('recovery_cases').values(recoveryCaseRow(id, more)).execute());
  const ids = async (subject: string) => {
    const { db } = suite.store;
    const found = await db.selectFrom('recovery_cases').select('id').where('subject', '=', subject).execute();
    return found.map(({ id }) => id).sort();
  };

  it('is one open case a person, whoever is faster', async () => {
    const outcomes = await Promise.allSettled(
      ['a', 'b', 'c'].map((id) => add(`race-${id}`, { subject: 'race', opened_by: id })),
    );
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    assert.equal((await ids('race')).length, 1);
  });

  it('begins anew once the last one is closed, and keeps that', async () => {
    await add('first', { subject: 'again' });
    await assert.rejects(add('second', { subject: 'again' }));
    await suite.store.write((tx) =>
      tx
        .updateTable('recovery_cases')
        .set({ state: 'closed', closed_at: 1_700_000_000_001 })
        .where('id', '=', 'first')
        .execute(),
    );
    await add('second', { subject: 'again' });
    await add('third', { subject: 'again', state: 'withdrawn', closed_at: 1_700_000_000_002 });
    assert.deepEqual(await ids('again'), ['first', 'second', 'third']);
  });

  it('is one for each of two people', async () => {
    await add('one', { subject: 'one' });
    await add('other', { subject: 'other' });
    assert.deepEqual([...(await ids('one')), ...(await ids('other'))], ['one', 'other']);
  });

  it('gives back what was put in, numbers as numbers', async () => {
    const row = recoveryCaseRow('whole', { subject: 'whole', privileged: 1, cleaned: 1, escalated: 2 });
    await add('whole', row);
    const { db } = suite.store;
    const found = await db.selectFrom('recovery_cases').selectAll().where('id', '=', 'whole').execute();
    assert.deepEqual(
      found.map((one) => ({ ...one })),
      [row],
    );
  });
}
