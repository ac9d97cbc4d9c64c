import assert from 'node:assert/strict';
import { day, minute } from '../../src/base/clock.js';
import type { MethodChange } from '../../src/flows/recovery/changes/change-in.js';
import { addChange, answerChange, changeById, deniedIn } from '../../src/flows/recovery/changes/rows.js';
import { gathered } from '../../src/flows/recovery/report/gathered.js';
import { keysChanged, readRound, readSomeKeys } from '../../src/flows/recovery/report/inventory.js';
import type { GraphReader } from '../../src/graph/graph.js';
import type { PeopleKeysRow } from '../../src/store/schema.js';
import type { Store } from '../../src/store/store.js';
import type { Engine } from '../support/databases.js';
import { handClock } from '../support/hand-clock.js';
import { suiteStore } from '../support/suite-store.js';
import { servicesOn } from './services.js';

/** What is kept of how people sign in: each change is told once, and everybody's keys are read in their turn. */
export function signInMethodCases(engine: Engine): void {
  const suite = suiteStore(engine);
  const clock = handClock();
  let number = 0;
  const services = (store: Store = suite.store) => servicesOn(store, clock);

  describe('changes', () => {
    const news = (more: Partial<MethodChange> = {}): MethodChange => {
      number += 1;
      return {
        ...{ id: `line-${number}`, person: 'mina', personName: 'Mina Park', happened: 'added' },
        ...{ what: 'a phone', isPass: false, byId: 'admin', byName: 'Admin', ip: '', at: 1_700_000_000_000 },
        ...more,
      };
    };
    const tell = (change: MethodChange, caseId = '', store: Store = suite.store) =>
      store.write((tx) => addChange(tx, services(store), change, { place: 'Lisbon', caseId }));
    const say = (id: string, to: Parameters<typeof answerChange>[3], store: Store = suite.store) =>
      store.write((tx) => answerChange(tx, services(store), id, to));

    it('are kept word for word, with every number as a number', async () => {
      const change = news({ at: Number.MAX_SAFE_INTEGER });
      await tell(change);
      const kept = await changeById(services(), change.id);
      assert.deepEqual(
        [kept?.at, kept?.told_at, kept?.answered_at, kept?.answer, kept?.case_id],
        [Number.MAX_SAFE_INTEGER, clock.now().getTime(), 0, '', ''],
      );
      assert.deepEqual([kept?.about.what, kept?.about.place], ['a phone', 'Lisbon']);
    });

    it('are told once, however many read the same line at once', async () => {
      const change = news();
      const stores = [suite.store, await suite.beside()];
      const told = await Promise.all([...stores, ...stores].map((store) => tell(change, '', store)));
      assert.equal(told.filter((each) => each !== undefined).length, 1);
      assert.equal(await tell(change, 'case-late'), undefined);
      assert.equal((await changeById(services(), change.id))?.case_id, '', 'and the first one stays');
    });

    it('“no” is said once by two presses at once, and stays', async () => {
      const change = news();
      await tell(change);
      const no = { answer: 'not-me', caseId: `case-${change.id}` } as const;
      const second = await suite.beside();
      const said = await Promise.all([
        say(change.id, no),
        say(change.id, no, second),
        say(change.id, no, second),
      ]);
      assert.equal(said.filter((each) => each !== undefined).length, 1);
      assert.equal(await say(change.id, { answer: 'mine' }), undefined);
      assert.equal((await changeById(services(), change.id))?.answer, 'not-me');
    });

    it('“yes” can be taken back', async () => {
      const change = news();
      await tell(change);
      assert.equal((await say(change.id, { answer: 'mine' }))?.answer, 'mine');
      assert.equal(await say(change.id, { answer: 'mine' }), undefined);
      assert.equal((await say(change.id, { answer: 'not-me' }))?.answer, 'not-me');
    });

    it('those that somebody knows nothing of are found by their case, oldest first', async () => {
      const [late, early, ours] = [news({ at: 3 }), news({ at: 2 }), news({ at: 1 })];
      for (const change of [late, early]) {
        await tell(change);
        await say(change.id, { answer: 'not-me', caseId: 'denied' });
      }
      await tell(ours, 'denied');
      assert.equal((await changeById(services(), ours.id))?.answer, 'ours');
      assert.deepEqual(
        (await deniedIn(services(), 'denied')).map(({ id }) => id),
        [early.id, late.id],
      );
    });
  });

  describe('keys', () => {
    beforeEach(() => suite.store.write((tx) => tx.deleteFrom('people_keys').execute()));
    /** What Entra answers: its report, and the keys of everybody asked for. */
    const entra = (
      people: Readonly<Record<string, readonly string[]>>,
      asked: string[] = [],
    ): GraphReader => ({
      get: () => assert.fail('Only lists are read'),
      getMany: () => assert.fail('Only lists are read'),
      pages: async function* <T>(path: string): AsyncGenerator<readonly T[]> {
        const found: unknown[] = answerTo(path, people, asked);
        yield found as readonly T[];
      },
    });
    const rows = () => suite.store.db.selectFrom('people_keys').selectAll().orderBy('person').execute();
    const set = (person: string, more: Partial<PeopleKeysRow>) =>
      suite.store.write((tx) =>
        tx.updateTable('people_keys').set(more).where('person', '=', person).execute(),
      );
    const next = async (): Promise<readonly string[]> => {
      const asked: string[] = [];
      await readSomeKeys(services(), entra({}, asked));
      return asked;
    };

    it('are kept through the next round, and read anew where something else is registered', async () => {
      await readRound(services(), entra({ ada: ['passKeyDeviceBound'], bo: ['passKeyDeviceBound'] }));
      const read = clock.now().getTime();
      for (const person of ['ada', 'bo']) await set(person, { keys: '[]', keys_read: read });
      clock.advance(minute);
      await readRound(
        services(),
        entra({ ada: ['passKeyDeviceBound'], bo: ['passKeyDeviceBound', 'mobilePhone'] }),
      );
      assert.deepEqual(
        (await rows()).map(({ person, keys_read, seen_at }) => [person, keys_read, seen_at]),
        [
          ['ada', read, clock.now().getTime()],
          ['bo', 0, clock.now().getTime()],
        ],
      );
    });

    it('go with whoever is not in the report any more', async () => {
      await readRound(services(), entra({ ada: [], bo: [] }));
      clock.advance(minute);
      await readRound(services(), entra({ ada: [] }));
      assert.deepEqual(
        (await rows()).map(({ person }) => person),
        ['ada'],
      );
    });

    it('are of one row a person, also when two instances read the report at once', async () => {
      const second = await suite.beside();
      const people = Object.fromEntries(
        Array.from({ length: 250 }, (_, index) => [`p${index}`, ['mobilePhone']]),
      );
      await Promise.all([readRound(services(), entra(people)), readRound(services(second), entra(people))]);
      assert.equal((await rows()).length, 250);
      assert.equal((await gathered(services())).length, 250);
    });

    it('are read of whoever waits longest, and not of those without any or who were read lately', async () => {
      const now = clock.now().getTime();
      await readRound(
        services(),
        entra({ ada: ['passKeyDeviceBound'], bo: ['passKeyDeviceBound'], cy: ['mobilePhone'] }),
      );
      await set('ada', { keys_read: now - 40 * day });
      await set('bo', { keys_read: now - 50 * day });
      assert.deepEqual([await next(), await next(), await next()], [['bo'], ['ada'], []]);
      await suite.store.write((tx) => keysChanged(tx, 'cy'));
      assert.deepEqual(await next(), ['cy'], 'whose change the log told');
    });
  });
}

/** The directory, the report, and the list of one person's ways to sign in. */
function answerTo(
  path: string,
  people: Readonly<Record<string, readonly string[]>>,
  asked: string[],
): unknown[] {
  const person = /\/users\/(\w+)\/authentication/.exec(path)?.[1];
  if (person !== undefined) {
    asked.push(person);
    return [];
  }
  const all = Object.entries(people);
  if (path.startsWith('/users')) return all.map(([id]) => ({ id, displayName: id }));
  return all.map(([id, methodsRegistered]) => ({ id, userDisplayName: id, methodsRegistered }));
}
