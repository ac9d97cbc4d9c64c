import assert from 'node:assert/strict';
import {
  type About,
  aboutOf,
  activationById,
  addActivation,
  learn,
  type News,
  nobody,
  verdictOf,
} from '../../src/flows/pim/activations.js';
import type { ActivationRow } from '../../src/store/schema.js';
import type { Store } from '../../src/store/store.js';
import type { Engine } from '../support/databases.js';
import { handClock } from '../support/hand-clock.js';
import { suiteStore } from '../support/suite-store.js';
import { aboutActivation, activationRow } from './rows.js';
import { servicesOn } from './services.js';

type State = ActivationRow['state'];

/** Everything that may come after; whatever is not named here is old news, and changes nothing. */
const after: Readonly<Record<State, readonly State[]>> = {
  asked: ['scheduled', 'active', 'ready', 'ended', 'denied', 'cancelled', 'expired', 'failed'],
  scheduled: ['active', 'ready', 'ended', 'cancelled', 'expired', 'failed'],
  active: ['ready', 'ended'],
  ready: ['ended'],
  ended: [],
  denied: [],
  cancelled: [],
  // Only a guess of the bot's: the clock says so, not Entra.
  expired: ['scheduled', 'active', 'ready', 'denied', 'cancelled'],
  failed: ['active', 'ready', 'denied', 'cancelled'],
};
const states = Object.keys(after).filter((state): state is State => state in after);
const byMina = { byId: 'mina', byName: 'Mina Park', at: '2026-05-01T08:00:00Z', comment: 'Go ahead' };

/** What several instances and a late audit log tell of the same request. */
export function activationCases(engine: Engine): void {
  const suite = suiteStore(engine);
  const clock = handClock();
  let number = 0;
  let row: ActivationRow;
  beforeEach(() => {
    number += 1;
    row = activationRow(`request-${number}`, { asked_at: clock.now().getTime() });
  });
  const services = (store: Store = suite.store) => servicesOn(store, clock);
  const add = (store: Store = suite.store, given: ActivationRow = row) =>
    store.write((tx) => addActivation(tx, services(store), given));
  const now = async (id = row.id) =>
    (await activationById(services(), id)) ?? assert.fail(`The activation ${id} is gone`);
  const hear = (known: ActivationRow, news: News, store: Store = suite.store) =>
    store.write((tx) => learn(tx, services(store), known, news, { told: true }));
  const follows = async (id = row.id) =>
    (await suite.store.db.selectFrom('jobs').select('id').where('key', '=', `pim.follow:${id}`).execute())
      .length;
  const forget = () => suite.store.write((tx) => tx.deleteFrom('jobs').execute());
  const changesRecorded = async () =>
    (
      await suite.store.db
        .selectFrom('audit')
        .select('data')
        .where('item', '=', `activation:${row.id}`)
        .where('kind', '=', 'item.changed')
        .orderBy('seq')
        .execute()
    ).map(({ data }) => {
      const { from, to } = JSON.parse(data);
      return [from, to];
    });

  it('keeps an activation word for word, and every number as a number', async () => {
    const given = { ...row, starts_at: Number.MAX_SAFE_INTEGER, ends_at: 3, emergency: 1 } as const;
    assert.equal(await add(suite.store, given), true);
    assert.deepEqual({ ...(await now()) }, given);
    assert.deepEqual(aboutOf(await now()), aboutActivation);
    assert.deepEqual(verdictOf(await now()), nobody);
  });

  it('knows one activation, however many tell of it at once; who comes second changes nothing', async () => {
    const stores = [suite.store, await suite.beside()];
    const told = await Promise.all(
      [...stores, ...stores].map((store, index) => add(store, { ...row, person: `person-${index}` })),
    );
    assert.deepEqual([...told].sort(), [false, false, false, true]);
    assert.equal((await now()).person, `person-${told.indexOf(true)}`);
    assert.equal(await follows(), 1);
  });

  it('does not follow it anew because somebody tells of it again', async () => {
    await add();
    await forget();
    assert.equal(await add(), false);
    assert.equal(await follows(), 0);
  });

  for (const from of states) {
    const never = states.filter((state) => state !== from && !after[from].includes(state));
    it(`after "${from}" comes ${after[from].join(', ') || 'nothing'}; other news is old`, async () => {
      for (const to of [...after[from], ...never]) {
        const known = activationRow(`${row.id}-${from}-${to}`, { state: from });
        await add(suite.store, known);
        await forget();
        const wanted = after[from].includes(to);
        const news = { state: to, verdict: byMina, endsAt: 77 };
        assert.equal(await hear(known, news), wanted, `${from} -> ${to}`);
        const { state, verdict, ends_at } = await now(known.id);
        assert.deepEqual(
          [state, verdict, ends_at],
          wanted ? [to, JSON.stringify(byMina), 77] : [from, '', 0],
          'and old news brings nothing along',
        );
        assert.equal(await follows(known.id), wanted ? 1 : 0);
      }
    });
  }

  it('the same news again changes nothing, and wakes nobody', async () => {
    await add();
    const news = { state: 'active', startsAt: 5, endsAt: 9, about: { endedBy: '' } } as const;
    assert.equal(await hear(await now(), news), true);
    await forget();
    assert.equal(await hear(await now(), news), false);
    assert.equal(await follows(), 0);
    assert.deepEqual(await changesRecorded(), [['asked', 'active']]);
  });

  it('of two instances that learn the same at once, one does', async () => {
    await add();
    const known = await now();
    const stores = [suite.store, await suite.beside()];
    const told = await Promise.all(
      [...stores, ...stores].map((store) => hear(known, { state: 'active', startsAt: 5 }, store)),
    );
    assert.deepEqual([...told].sort(), [false, false, false, true]);
    assert.deepEqual(await changesRecorded(), [['asked', 'active']], 'and the record tells it once');
  });

  it('of two instances that learn different things at once, no state is lost or taken back', async () => {
    await add();
    const known = await now();
    const second = await suite.beside();
    await Promise.all([
      hear(known, { state: 'active' }),
      hear(known, { state: 'scheduled' }, second),
      hear(known, { state: 'active' }, second),
    ]);
    // Who lost looks again, as every sweep does.
    for (const store of [suite.store, second]) await hear(await now(), { state: 'ready' }, store);
    for (const state of ['asked', 'scheduled', 'active'] as const) await hear(await now(), { state }, second);
    assert.equal((await now()).state, 'ready');
  });

  it('of two who learn different things of the same state, none takes back what the other learned', async () => {
    await add();
    const known = await now();
    assert.equal(await hear(known, { verdict: byMina }), true);
    assert.equal(await hear(known, { startsAt: 5 }, await suite.beside()), true);
    assert.equal(await hear(known, { about: { approval: false } }), true);
    assert.equal(
      await hear(known, { about: { endedBy: 'self' } }, await suite.beside()),
      false,
      'it looks again',
    );
    assert.equal(await hear(await now(), { about: { endedBy: 'self' } }), true);
    const { verdict, about, starts_at } = await now();
    const { approval, endedBy }: About = JSON.parse(about);
    assert.deepEqual([verdict, starts_at, approval, endedBy], [JSON.stringify(byMina), 5, false, 'self']);
  });

  it('tells of what it knows no more than it was told: a part of the words leaves the others', async () => {
    await add();
    await hear(await now(), { about: { endedBy: 'self' } });
    assert.deepEqual(aboutOf(await now()), { ...aboutActivation, endedBy: 'self' });
  });

  it('asks for a look back once, from whichever instance', async () => {
    await add(suite.store, { ...row, state: 'ended', starts_at: 1, ends_at: 2 });
    const known = await now();
    const stores = [suite.store, await suite.beside()];
    const told = await Promise.all(stores.map((store) => hear(known, { lookBack: 'due' }, store)));
    assert.equal((await now()).look_back, 'due');
    assert.deepEqual([...told].sort(), [false, true]);
  });
}
