import assert from 'node:assert/strict';
import { linesOf } from '../../src/audit/read.js';
import { systemIds } from '../../src/base/ids.js';
import { createJobLoop, type JobLoop } from '../../src/jobs/job-loop.js';
import { postChannel, tellChannel } from '../../src/jobs/post-channel.js';
import type { Store } from '../../src/store/store.js';
import { type FakeDelivery, fakeDelivery } from '../support/fake-delivery.js';
import { type HandClock, handClock } from '../support/hand-clock.js';
import { silentLog } from '../support/silent-log.js';
import { conversationRow } from '../support/store-rows.js';
import { openTempStore } from '../support/temp-store.js';

export const channel = '19:room@thread.tacv2';
/** What Teams was asked for by `tell`. */
export const told = `tell ${channel} Somebody used a key`;

export interface ChannelStage {
  readonly store: Store;
  readonly clock: HandClock;
  readonly delivery: FakeDelivery;
  readonly loop: JobLoop;
  /** Another process on the same database. */
  newLoop(): JobLoop;
  /** Somebody has written to the bot. */
  meet(changes?: { person?: string; service_url?: string; seen_at?: number }): Promise<unknown>;
  tell(key?: string): Promise<void>;
  /** Lets time pass, and what fell due run. */
  later(ms: number): Promise<void>;
  /** Goes from one try to the next, until nothing waits any more. */
  untilQuiet(): Promise<void>;
  recorded(): Promise<readonly string[]>;
  jobs(): Promise<readonly { readonly state: string; readonly run_at: number }[]>;
  close(): Promise<void>;
}

export async function openChannelStage(): Promise<ChannelStage> {
  const { store, close } = await openTempStore();
  const clock = handClock();
  const delivery = fakeDelivery();
  const handlers = { 'channel.post': postChannel({ store, clock, log: silentLog, delivery }) };
  const newLoop = (): JobLoop =>
    createJobLoop({ store, clock, ids: systemIds, log: silentLog, handlers, random: () => 0.5 });
  const loop = newLoop();

  const meet: ChannelStage['meet'] = (changes = {}) =>
    store.write((tx) =>
      tx
        .insertInto('conversations')
        .values({ ...conversationRow(), ...changes })
        .execute(),
    );
  const later = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await loop.drain();
  };
  const jobs = () => store.db.selectFrom('jobs').select(['state', 'run_at']).execute();
  await meet();

  return {
    ...{ store, clock, delivery, loop, newLoop, meet, later, jobs, close },
    tell: (key = 'use:1') =>
      store.write((tx) => {
        const card = { template: 'shared/notice', view: { text: 'Somebody used a key' } };
        return tellChannel(tx, clock, { channel, card, key });
      }),
    untilQuiet: async () => {
      for (let round = 0; round < 500; round += 1) {
        const next = (await jobs()).find(({ state }) => state === 'waiting');
        if (next === undefined) return;
        await later(Math.max(0, next.run_at - clock.now().getTime()));
      }
      assert.fail('it never ends');
    },
    recorded: async () => {
      const found: string[] = [];
      for await (const { kind, data } of linesOf(store))
        found.push(`${kind} ${JSON.parse(data).code ?? ''}`.trim());
      return found;
    },
  };
}
