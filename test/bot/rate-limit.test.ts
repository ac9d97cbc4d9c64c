import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  chatWindows,
  createSendLimits,
  nextSlot,
  type SendLimits,
  tenantWindows,
} from '../../bot/rate-limit.js';

interface Simulated {
  readonly limits: SendLimits;
  /** When each call went out, in milliseconds. */
  readonly sent: { readonly chat: string; readonly at: number }[];
  /** Somebody sets the clock. */
  set(by: number): void;
  call(chat: string, longest?: number): Promise<boolean>;
}

/** Time passes only by waiting. */
function simulate(): Simulated {
  let now = 1_000_000;
  const sent: { chat: string; at: number }[] = [];
  const limits = createSendLimits({
    clock: { now: () => new Date(now) },
    sleep: async (ms) => {
      now += ms;
    },
  });
  return {
    limits,
    sent,
    set: (by) => {
      now += by;
    },
    call: async (chat, longest = 3_600_000) => {
      const passed = await limits.pass(chat, longest);
      if (passed) sent.push({ chat, at: now });
      return passed;
    },
  };
}

const within = (times: readonly number[], from: number, ms: number): number =>
  times.filter((at) => at >= from && at < from + ms).length;

describe('how fast the bot sends', () => {
  it('sends seven at once and the eighth a second later', async () => {
    const { call, sent } = simulate();
    for (let i = 0; i < 8; i += 1) await call('a');
    assert.deepEqual(
      sent.map(({ at }) => at - 1_000_000),
      [0, 0, 0, 0, 0, 0, 0, 1_000],
    );
  });

  it('lets one chat not slow down another', async () => {
    const { call, sent } = simulate();
    for (let i = 0; i < 7; i += 1) await call('a');
    await call('b');
    assert.equal(sent.at(-1)?.at, 1_000_000);
  });

  it('keeps the whole tenant below fifty a second', async () => {
    const { call, sent } = simulate();
    for (let i = 0; i < 51; i += 1) await call(`chat-${i}`);
    assert.equal(sent[49]?.at, 1_000_000);
    assert.equal(sent[50]?.at, 1_001_000);
  });

  it('says no instead of waiting too long, and then has not taken a place', async () => {
    const { call, sent } = simulate();
    for (let i = 0; i < 60; i += 1) await call('a');
    const before = sent.length;
    assert.equal(await call('a', 1_000), false);
    assert.equal(await call('a', 1_000), false);
    assert.equal(sent.length, before);
    assert.equal(await call('a', 60_000), true);
  });

  it('does not wait for a clock that was set back to be where it was', async () => {
    const { call, sent, set } = simulate();
    for (let i = 0; i < 60; i += 1) await call('a');
    set(-3_600_000);
    const at = (sent.at(-1)?.at ?? 0) - 3_600_000;
    for (let i = 0; i < 7; i += 1) assert.equal(await call('a', 0), true);
    assert.deepEqual(
      sent.slice(-7).map((each) => each.at - at),
      [0, 0, 0, 0, 0, 0, 0],
    );
    assert.equal(await call('a', 0), false, 'and it counts from there');
  });

  it('never breaks a window, whoever sends when', () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 1_500 }), { maxLength: 200 });
    fc.assert(
      fc.property(gaps, (waits) => {
        const taken: number[] = [];
        let now = 0;
        for (const wait of waits) {
          now += wait;
          taken.push(nextSlot(taken, chatWindows, now));
        }
        for (const { ms, most } of chatWindows) {
          for (const from of taken) assert.ok(within(taken, from, ms) <= most);
        }
      }),
    );
  });

  it('does not wait where there is room', () => {
    assert.equal(nextSlot([], tenantWindows, 5), 5);
    assert.equal(nextSlot([1, 2, 3], tenantWindows, 5), 5);
  });
});
