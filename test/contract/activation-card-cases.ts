import assert from 'node:assert/strict';
import { day } from '../../src/base/clock.js';
import { becomeStatus, openStatus } from '../../src/flows/pim/cards/open-status.js';
import { favourite } from '../../src/flows/pim/favourite.js';
import type { Turn } from '../../src/flows/turn.js';
import type { GraphAs } from '../../src/graph/graph.js';
import { cardByRef, changeCard, openCard } from '../../src/jobs/cards.js';
import { tellChannel } from '../../src/jobs/post-channel.js';
import type { ActivationRow, CardRow } from '../../src/store/schema.js';
import type { Store } from '../../src/store/store.js';
import type { Engine } from '../support/databases.js';
import { handClock } from '../support/hand-clock.js';
import { suiteStore } from '../support/suite-store.js';
import { activationRow } from './rows.js';
import { servicesOn } from './services.js';

/** Graph, when none of it answers. */
const nowhere = new Proxy({} as GraphAs, {
  get: (_, name) => (name === 'getMany' ? async () => new Map() : () => Promise.reject(new Error('away'))),
});

/** The card on which a role is followed, what its reader wants at the top, and what a channel was told. */
export function activationCardCases(engine: Engine): void {
  const suite = suiteStore(engine);
  const clock = handClock();
  let number = 0;
  let row: ActivationRow;
  beforeEach(() => {
    number += 1;
    row = activationRow(`request-${number}`);
  });
  const services = (store: Store = suite.store) => servicesOn(store, clock, nowhere);
  const form = (store: Store = suite.store): Promise<CardRow> =>
    store.write((tx) =>
      openCard(tx, services(store), {
        flow: 'pim',
        kind: 'pim.form',
        item: 'role:["role","role-1","/"]',
        person: 'mina',
        purpose: `pim.form:${row.id}`,
        expiresAt: new Date(clock.now().getTime() + day),
      }),
    );
  const become = (ref: string, store: Store = suite.store) =>
    store.write((tx) => becomeStatus(tx, services(store), ref, row));
  const open = (store: Store = suite.store) => store.write((tx) => openStatus(tx, services(store), row));
  const card = async (ref: string) => (await cardByRef(suite.store.db, ref)) ?? assert.fail(`No card ${ref}`);
  const cards = () =>
    suite.store.db
      .selectFrom('cards')
      .selectAll()
      .where('item', '=', `activation:${row.id}`)
      .orderBy('created_at')
      .execute();

  it('makes the form the card of what it asked for, for as long as people look back at it', async () => {
    const { ref } = await form();
    await become(ref);
    const { kind, item, purpose, expires_at, state } = await card(ref);
    assert.deepEqual(
      [kind, item, purpose, state],
      ['pim.status', `activation:${row.id}`, `pim.status:${row.id}`, 'open'],
    );
    assert.equal(expires_at, clock.now().getTime() + 60 * day);
    assert.equal((await open()).ref, ref, 'and whoever asks for that card gets this one');
  });

  it('makes room for a new form of the same role', async () => {
    const first = await form();
    await become(first.ref);
    assert.notEqual((await form()).ref, first.ref);
  });

  it('lets the form be a second card where another one follows the activation already', async () => {
    const before = await open();
    const { ref } = await form();
    await become(ref);
    assert.deepEqual((await cards()).map((each) => each.ref).sort(), [before.ref, ref].sort());
    assert.equal((await open()).ref, before.ref);
    await become(ref);
    assert.equal((await cards()).length, 2, 'also when it is said twice');
  });

  it('takes the place of one that is final', async () => {
    const before = await open();
    const picture = { template: 'shared/moved', view: {} };
    await suite.store.write((tx) => changeCard(tx, clock, before.ref, picture, { final: true }));
    const { ref } = await form();
    await become(ref);
    assert.equal((await open()).ref, ref);
  });

  it('gives one activation one card, whichever instances open it at once', async () => {
    const stores = [suite.store, await suite.beside()];
    const opened = await Promise.all([...stores, ...stores].map((store) => open(store)));
    assert.equal(new Set(opened.map(({ ref }) => ref)).size, 1);
  });

  it('loses no form that becomes a card while another instance opens one', async () => {
    const second = await suite.beside();
    for (let round = 0; round < 10; round += 1) {
      row = activationRow(`${row.id}-${round}`);
      const { ref } = await form();
      const [, opened] = await Promise.all([become(ref), open(second)]);
      assert.equal((await card(ref)).kind, 'pim.status');
      assert.ok((await cards()).some((each) => each.ref === opened.ref));
    }
  });

  const news = (key: string) => ({
    channel: '19:security@thread.tacv2',
    card: { template: 'shared/notice', view: { text: 'An emergency role' } },
    key,
  });
  const tell = (key: string, store: Store = suite.store) =>
    store.write((tx) => tellChannel(tx, clock, news(key)));
  const posts = (key: string) =>
    suite.store.db.selectFrom('jobs').select('id').where('key', '=', `channel:${key}`).execute();

  it('tells a channel once, whichever instances want to at once', async () => {
    const stores = [suite.store, await suite.beside()];
    await Promise.all([...stores, ...stores].map((store) => tell(row.id, store)));
    assert.equal((await posts(row.id)).length, 1);
  });

  it('does not tell it again when the post is long done', async () => {
    await tell(row.id);
    await suite.store.write((tx) => tx.deleteFrom('jobs').execute());
    await tell(row.id);
    assert.equal((await posts(row.id)).length, 0);
    await tell(`${row.id}-another`);
    assert.equal((await posts(`${row.id}-another`)).length, 1, 'but it is told other news');
  });

  it('does not count as told what was undone', async () => {
    const failing = suite.store.write(async (tx) => {
      await tellChannel(tx, clock, news(row.id));
      throw new RangeError('afterwards');
    });
    await assert.rejects(failing, RangeError);
    await tell(row.id);
    assert.equal((await posts(row.id)).length, 1);
  });

  const star = (on: boolean, store: Store = suite.store, scope = '/Somewhere') => {
    const turn = { services: services(store), graph: nowhere, actor: { objectId: row.id }, reference: 'r' };
    const role = { kind: 'role' as const, id: 'Role-1', scope };
    return favourite.run(turn as unknown as Turn, { role, on, query: '' });
  };
  const stars = async () =>
    (await suite.store.db.selectFrom('favourites').selectAll().where('person', '=', row.id).execute()).map(
      (each) => ({ ...each }),
    );

  it('keeps a favourite once, however often it is pressed and however it is spelled', async () => {
    await star(true);
    await star(true, suite.store, '/SOMEWHERE');
    assert.deepEqual(await stars(), [
      { person: row.id, kind: 'role', target: 'role-1', scope: '/somewhere' },
    ]);
    await star(false, suite.store, '/somewhere');
    assert.deepEqual(await stars(), []);
  });

  it('keeps it once also when two instances take the press at once', async () => {
    const stores = [suite.store, await suite.beside()];
    for (let round = 0; round < 5; round += 1) {
      await Promise.all([...stores, ...stores].map((store) => star(true, store, `/${round}`)));
    }
    assert.equal((await stars()).length, 5);
  });

  it('keeps no more than fifty of a person', async () => {
    for (let place = 0; place < 52; place += 1) await star(true, suite.store, `/${place}`);
    assert.equal((await stars()).length, 50);
  });
}
