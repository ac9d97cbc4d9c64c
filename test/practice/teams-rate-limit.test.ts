import assert from 'node:assert/strict';
import { createRateLimit, sendWindows } from '../../practice/teams/rate-limit.js';

describe('the rate limit of one chat', () => {
  const start = Date.parse('2026-03-02T09:00:00Z');

  function chat() {
    let now = start;
    const limit = createRateLimit(sendWindows, () => new Date(now));
    return {
      send: (times = 1) => Array.from({ length: times }, () => limit.take('a:1-engineer')),
      wait: (ms: number) => {
        now += ms;
      },
      other: () => limit.take('a:1-manager'),
    };
  }

  it('takes seven in a second', () => {
    const { send } = chat();
    assert.deepEqual(send(8), [...Array(7).fill(undefined), 1]);
  });

  it('takes eight in two seconds', () => {
    const { send, wait } = chat();
    send(7);
    wait(1_000);
    assert.deepEqual(send(2), [undefined, 1]);
    wait(1_000);
    assert.deepEqual(send(1), [undefined]);
  });

  it('takes sixty in thirty seconds', () => {
    const { send, wait } = chat();
    for (let n = 0; n < 60; n += 1) {
      assert.deepEqual(send(1), [undefined]);
      wait(300);
    }
    assert.deepEqual(send(1), [12]);
    wait(12_000);
    assert.deepEqual(send(1), [undefined]);
  });

  it('takes 1,800 in an hour', () => {
    const { send, wait } = chat();
    for (let n = 0; n < 1_800; n += 1) {
      assert.deepEqual(send(1), [undefined]);
      wait(1_000);
    }
    assert.deepEqual(send(1), [1_800]);
  });

  it('does not count what it refused, so that whoever waits as told gets through', () => {
    const { send, wait } = chat();
    send(30);
    wait(2_000);
    assert.deepEqual(send(1), [undefined]);
  });

  it('counts each chat for itself', () => {
    const { send, other } = chat();
    send(8);
    assert.equal(other(), undefined);
  });

  it('does not hold back anybody after the clock was set back', () => {
    const { send, wait } = chat();
    send(7);
    wait(-3_600_000);
    assert.deepEqual(send(1), [undefined]);
  });
});
