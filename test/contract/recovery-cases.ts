import assert from 'node:assert/strict';
import { type Case, changeCase, openCase } from '../../src/flows/recovery/cases.js';
import type { Store } from '../../src/store/store.js';
import type { Engine } from '../support/databases.js';
import { handClock } from '../support/hand-clock.js';
import { suiteStore } from '../support/suite-store.js';
import { recoveryCaseRow } from './rows.js';
import { servicesOn } from './services.js';

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

  const services = (store: Store) => servicesOn(store, handClock());
  const about = { subjectName: 'Mina Park', openerName: 'Mina Park', note: '', subjectTold: true };
  const open = (subject: string, store: Store = suite.store) =>
    store.write((tx) =>
      openCase(tx, services(store), {
        ...{ subject, openedBy: subject, kind: 'lost', about, privileged: false, baseline: ['a'] },
        reference: 'r',
      }),
    );
  const change = (id: string, to: Parameters<typeof changeCase>[4], store: Store = suite.store) =>
    store.write((tx) => changeCase(tx, services(store), id, { actor: 'mina', reference: 'r' }, to));
  const recorded = async (id: string) =>
    (
      await suite.store.db
        .selectFrom('audit')
        .select('data')
        .where('item', '=', `recoveryCase:${id}`)
        .orderBy('seq')
        .execute()
    ).map(({ data }) => JSON.parse(data).to);

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

  it('opened by two at once is one case, one line of the record and one job for its cards', async () => {
    const second = await suite.beside();
    const opened = await Promise.all([open('both'), open('both', second), open('both', second)]);
    const [one, ...more] = opened.filter((each) => each !== undefined);
    assert.ok(one);
    assert.deepEqual(more, []);
    assert.deepEqual(await recorded(one.id), ['attest']);
    const { db } = suite.store;
    const key = `recovery.show-case:${one.id}`;
    const jobs = await db.selectFrom('jobs').select('id').where('key', '=', key).execute();
    assert.equal(jobs.length, 1);
  });

  it('of two who vouch at once none is lost, and the last of them takes the step', async () => {
    const one = (await open('words')) ?? assert.fail('There is one already');
    const second = await suite.beside();
    const vouch =
      (by: string) =>
      ({ attested }: Case) => {
        const all = [...attested, { by, byName: by, how: 'video' as const, note: 'Seen', at: 1 }];
        return all.length < 4 ? { attested: all } : { attested: all, state: 'issue' as const };
      };
    const after = await Promise.all(
      ['a', 'b', 'c', 'd'].map((by, index) => change(one.id, vouch(by), index < 2 ? suite.store : second)),
    );
    const whole = after.find((each) => each?.attested.length === 4);
    assert.deepEqual(whole?.attested.map(({ by }) => by).sort(), ['a', 'b', 'c', 'd']);
    assert.equal(whole?.state, 'issue');
    assert.deepEqual(await recorded(one.id), ['attest', 'attest', 'attest', 'attest', 'issue']);
  });

  it('closed by two at once is closed once, and opens nothing again', async () => {
    const one = (await open('ends')) ?? assert.fail('There is one already');
    const second = await suite.beside();
    const close = ({ closed_at }: Case) => (closed_at === 0 ? { state: 'closed' as const } : undefined);
    const closed = await Promise.all([
      change(one.id, close),
      change(one.id, close, second),
      change(one.id, close, second),
    ]);
    assert.equal(closed.filter((each) => each !== undefined).length, 1);
    assert.deepEqual(await recorded(one.id), ['attest', 'closed']);
    assert.equal(await change('nobody knows it', () => ({ state: 'closed' })), undefined);
  });
}
