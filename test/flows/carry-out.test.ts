import assert from 'node:assert/strict';
import { z } from 'zod/v4';
import { hour, second } from '../../src/base/clock.js';
import { systemIds } from '../../src/base/ids.js';
import type { Sleep } from '../../src/base/sleep.js';
import { carryOut } from '../../src/flows/carry-out.js';
import { leaseMs } from '../../src/flows/claims.js';
import { type DeclaredEffect, effect } from '../../src/flows/effect.js';
import type { Outcome } from '../../src/flows/flow.js';
import { reconcile } from '../../src/flows/reconcile.js';
import type { HouseServices, Turn } from '../../src/flows/turn.js';
import { openCard } from '../../src/jobs/cards.js';
import { permit } from '../../src/policy/decision.js';
import { type Gate, gate } from '../support/gate.js';
import { type HandClock, handClock } from '../support/hand-clock.js';
import { silentLog } from '../support/silent-log.js';
import { openTempStore, type TempStore } from '../support/temp-store.js';
import { until } from '../support/until.js';

interface Asleep {
  readonly at: number;
  readonly end: () => void;
}

/** Sleeps that end when the test lets their time come; those of a process that died never end. */
function handSleep(clock: HandClock) {
  const asleep = new Set<Asleep>();
  let alive = true;
  const sleep: Sleep = (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) return resolve();
      const end = (): void => {
        asleep.delete(one);
        signal?.removeEventListener('abort', end);
        if (alive) resolve();
      };
      const one = { at: clock.now().getTime() + ms, end };
      asleep.add(one);
      signal?.addEventListener('abort', end);
    });
  return {
    sleep,
    asleep: () => asleep.size,
    pass(ms: number): void {
      clock.advance(ms);
      for (const { at, end } of alive ? [...asleep] : []) if (at <= clock.now().getTime()) end();
    },
    die(): void {
      alive = false;
    },
  };
}

const view = (state: string) => ({ template: 'reviews/recorded', view: { state } });
const stateOf = (outcome: Outcome): unknown =>
  outcome.kind === 'card' && { ...Object(outcome.card.view) }.state;

describe('an action that takes long', () => {
  let temp: TempStore;
  let clock: HandClock;
  let hands: ReturnType<typeof handSleep>;
  let services: HouseServices;
  let entra: Gate;
  let recorded: string | undefined;
  let acts: number;
  let heals: number;
  let slow: DeclaredEffect<{ item: string }>;

  beforeEach(async () => {
    temp = await openTempStore();
    clock = handClock();
    hands = handSleep(clock);
    entra = gate();
    recorded = undefined;
    acts = 0;
    heals = 0;
    const unused = (): never => {
      throw new TypeError('This effect does not ask Graph');
    };
    services = {
      store: temp.store,
      clock,
      ids: systemIds,
      log: silentLog,
      policy: {} as HouseServices['policy'],
      graph: { as: unused, reader: () => ({}) as Turn['graph'] },
      tenantId: '',
      owner: 'process-1',
      sleep: hands.sleep,
      contexts: () => [],
      wake: () => undefined,
    };
    slow = effect({
      name: 'reviews.slow',
      args: z.object({ item: z.string() }),
      receipt: z.string(),
      key: ({ item }) => ({ item, stage: 'one', action: 'decide' }),
      act: async () => {
        acts += 1;
        await entra.passed;
        recorded = 'receipt';
      },
      recorded: async () => recorded,
      healed: async () => {
        heals += 1;
        return recorded;
      },
      settled: async () => undefined,
      working: () => view('working'),
      done: () => view('done'),
      notDone: async () => view('not-done'),
    });
  });
  afterEach(() => temp.close());

  const press = async (of: HouseServices = services): Promise<Outcome> => {
    const { ref } = await of.store.write((tx) =>
      openCard(tx, of, {
        flow: 'reviews',
        kind: 'reviews.packet',
        item: 'i',
        person: 'manager',
        purpose: 'p',
        expiresAt: new Date(clock.now().getTime() + hour),
      }),
    );
    const turn: Partial<Turn> = {
      services: of,
      actor: { objectId: 'manager', name: 'Olumide' } as Turn['actor'],
      graph: {} as Turn['graph'],
      reference: systemIds.guid(),
      answerBy: clock.now().getTime() + 8 * second,
    };
    const permitted = permit('reviews.slow', { item: 'i' }, []);
    assert.equal(permitted.kind, 'permit');
    return carryOut(turn as Turn, permitted, slow, ref);
  };
  const claim = () => temp.store.db.selectFrom('claims').selectAll().executeTakeFirstOrThrow();
  const left = async (): Promise<number> => (await claim()).lease_until - clock.now().getTime();
  const job = async () => {
    const effects = new Map([[slow.name, slow]]);
    const payload = { claim: (await claim()).id };
    return reconcile(services, effects)({ id: 1, kind: 'claim.reconcile', payload, attempt: 1 });
  };
  /** Pressed, answered with "on its way", and Entra has not answered yet. */
  const begin = async (): Promise<void> => {
    const pressed = press();
    await until('the act to begin', async () => acts === 1 && hands.asleep() === 2);
    hands.pass(8 * second);
    assert.equal(stateOf(await pressed), 'working');
  };

  it('keeps its claim for as long as its process is at it, and nobody heals it meanwhile', async () => {
    await begin();
    for (let step = 0; step < 15; step += 1) {
      hands.pass(leaseMs / 3);
      await until('the lease to be renewed', async () => (await left()) === leaseMs);
      const looked = await job();
      assert.deepEqual([looked.kind, heals], ['again', 0]);
      assert.equal(looked.kind === 'again' && looked.at.getTime(), (await claim()).lease_until);
    }
    assert.equal((await claim()).state, 'claimed');
    entra.open();
    await until('the receipt', async () => (await claim()).state === 'done');
    assert.equal(acts, 1);
  });

  it('lets go of its lease once it is settled', async () => {
    await begin();
    entra.open();
    await until('the receipt', async () => (await claim()).state === 'done' && hands.asleep() === 0);
    const before = (await claim()).lease_until;
    hands.pass(leaseMs);
    assert.equal((await claim()).lease_until, before);
  });

  it('keeps its claim also when one renewal could not be written', async () => {
    let failing = false;
    const write: typeof temp.store.write = (work) =>
      failing ? Promise.reject(new Error('the disk is full')) : temp.store.write(work);
    services = { ...services, store: { ...temp.store, write } };
    await begin();
    failing = true;
    hands.pass(leaseMs / 3);
    await until('the next try to be due', async () => hands.asleep() === 1);
    assert.ok((await left()) < leaseMs);
    failing = false;
    hands.pass(leaseMs / 3);
    await until('the lease to be renewed', async () => (await left()) === leaseMs);
  });

  it('is given back a lease after its process died, and can be pressed again', async () => {
    await begin();
    hands.pass(leaseMs / 3);
    await until('the lease to be renewed', async () => (await left()) === leaseMs);
    hands.die();
    hands.pass(leaseMs - second);
    assert.deepEqual([(await job()).kind, heals], ['again', 0]);
    hands.pass(second);
    assert.deepEqual([(await job()).kind, heals], ['done', 1]);
    assert.equal((await claim()).state, 'void');
    const [sent] = await temp.store.db
      .selectFrom('jobs')
      .selectAll()
      .where('kind', '=', 'card.deliver')
      .execute();
    assert.equal(JSON.parse(sent?.payload ?? '{}').card.view.state, 'not-done');

    // What the dead process was waiting for never comes.
    entra = gate();
    entra.open();
    const again = await press({ ...services, sleep: handSleep(clock).sleep, owner: 'process-2' });
    assert.deepEqual([stateOf(again), acts], ['done', 2]);
  });

  it('that Entra recorded before its process died is told as done', async () => {
    await begin();
    hands.die();
    recorded = 'receipt';
    hands.pass(leaseMs);
    await job();
    assert.deepEqual([(await claim()).state, heals], ['done', 1]);
  });
});
