import assert from 'node:assert/strict';
import { day, minute } from '../../../src/base/clock.js';
import { type Case, type CaseChange, changeCase, openCase } from '../../../src/flows/recovery/cases.js';
import { escalate } from '../../../src/flows/recovery/follow/escalate.js';
import { showCase } from '../../../src/flows/recovery/follow/show-case.js';
import type { HouseServices } from '../../../src/flows/turn.js';
import { graphError } from '../../../src/graph/errors.js';
import { idOf } from '../../graph/practice-graph.js';
import { openQuietHouse, type QuietHouse } from '../../support/quiet-house.js';

const place = 'Lagos, NG';
const by = { actor: 'test', reference: 'test' };

describe('who gets a card of a case', function () {
  this.timeout(60_000);
  let house: QuietHouse;
  let services: HouseServices;

  beforeEach(async () => {
    house = await openQuietHouse();
    services = house.services;
  });
  afterEach(() => house.close());

  const change = async (one: Case, news: CaseChange): Promise<Case> => {
    const after = await services.store.write((tx) => changeCase(tx, services, one.id, by, () => news));
    assert.ok(after);
    return after;
  };
  const open = async (openedBy = 'finance', kind: Case['kind'] = 'lost'): Promise<Case> => {
    const one = await services.store.write((tx) =>
      openCase(tx, services, {
        subject: idOf('finance'),
        openedBy: idOf(openedBy),
        kind,
        about: { subjectName: 'Leilani', openerName: 'Opener', note: 'Says a thing.', subjectTold: true },
        privileged: false,
        baseline: [],
        reference: 'test',
      }),
    );
    assert.ok(one);
    const found = [
      { name: 'new-location' as const, at: new Date().toISOString(), detail: place },
      { name: 'repeated' as const, at: new Date().toISOString(), detail: '2' },
    ];
    return change(one, { about: { flags: { readAt: Date.now(), found, unread: [] } } });
  };
  const attested = (key: string) => ({
    by: idOf(key),
    byName: key,
    how: 'video' as const,
    note: 'Saw her on video.',
    at: services.clock.now().getTime(),
  });
  const asked = async (kind = 'recovery.attest') =>
    (await house.pictures(kind)).filter(({ state }) => state === 'open').map(({ person }) => person);

  it('asks those again whom somebody else was faster than, when one more is needed', async () => {
    const one = await open();
    await showCase(services, one.id);
    const first = await asked();
    assert.ok(first.length > 0);
    await change(one, { state: 'issue', attested: [attested('security')] });
    await showCase(services, one.id);
    assert.deepEqual(await asked(), []);
    await change(one, { state: 'attest', privileged: 1 });
    await showCase(services, one.id);
    assert.deepEqual((await asked()).filter((id) => first.includes(id)).sort(), [...first].sort());
    const before = (await house.pictures('recovery.attest')).length;
    await showCase(services, one.id);
    assert.equal((await house.pictures('recovery.attest')).length, before);
  });

  it('tells the help desk again of a new step that stands still, and nobody more than three times', async () => {
    const one = await open();
    const tell = async (): Promise<number> => {
      const before = (await house.pictures('recovery.told')).length;
      for (let at = 0; at < 6; at += 1) {
        await house.advance(day);
        await house.run(escalate(services), { id: one.id });
        await showCase(services, one.id);
      }
      return (await house.pictures('recovery.told')).length - before;
    };
    const first = await tell();
    assert.ok(first > 0);
    const whys = (await house.pictures('recovery.told')).map(({ purpose }) => purpose.split(':')[3]);
    assert.equal(new Set(whys).size, 3, 'three notices for a step');
    const next = await change(one, { state: 'issue', attested: [attested('manager')] });
    assert.equal(next.escalated, 0);
    assert.ok((await tell()) > 0);
  });

  it('shows the cards of a case also where nobody more can be found', async () => {
    const one = await open();
    await showCase(services, one.id);
    const was = (await house.pictures('recovery.case')).map(({ version }) => version);
    const deaf: HouseServices = {
      ...services,
      graph: {
        ...services.graph,
        reader: (reference) => ({
          ...services.graph.reader(reference),
          getMany: () => Promise.reject(graphError('graph.unavailable')),
        }),
      },
    };
    await change(one, { state: 'issue' });
    await assert.rejects(showCase(deaf, one.id));
    const now = (await house.pictures('recovery.case')).map(({ version }) => version);
    assert.deepEqual(
      now,
      was.map((version) => version + 1),
    );
  });

  it('tells an attester how many signs there are, and never where', async () => {
    const one = await open();
    await showCase(services, one.id);
    const cards = await house.pictures('recovery.attest');
    assert.ok(cards.length > 0);
    for (const { view } of cards) {
      assert.equal(JSON.stringify(view).includes(place), false);
      assert.match(JSON.stringify(view.flags), /2 signs/);
    }
  });

  it('tells signs to those who look after security alone', async () => {
    const one = await open('finance', 'stolen');
    await house.advance(day);
    await house.run(escalate(services), { id: one.id });
    await showCase(services, one.id);
    await change(one, { state: 'closed' });
    await showCase(services, one.id);
    const told = await house.pictures('recovery.told');
    assert.ok(told.some(({ purpose }) => purpose.endsWith(':closed')));
    for (const { purpose, view } of told) {
      const isForSecurity = purpose.endsWith(':opened') || purpose.endsWith(':refused');
      assert.equal(JSON.stringify(view).includes(place), isForSecurity, purpose);
    }
  });

  it('tells whoever opened it for somebody else how far it is, and no more', async () => {
    const one = await open('engineer', 'not-me');
    const pass = {
      id: 'p1',
      startsAt: services.clock.now().toISOString(),
      minutes: 60,
      once: true,
      madeAt: services.clock.now().getTime() - minute,
      shown: true,
    };
    await change(one, { state: 'sign-in', pass, about: { outcome: 'A new passkey is there: iPhone.' } });
    await showCase(services, one.id);
    const cards = await house.pictures('recovery.case');
    const view = (key: string) => cards.find(({ person }) => person === idOf(key))?.view;
    const opener = view('engineer');
    assert.deepEqual([opener.until, opener.outcome, opener.note], ['', '', '']);
    assert.deepEqual([opener.signedOutAt, opener.signingOut], ['', false]);
    const own = view('finance');
    assert.ok(own.until !== '' && own.outcome !== '' && own.note !== '');
  });
});
