import assert from 'node:assert/strict';
import type { Clock } from '../../src/base/clock.js';
import { day, minute, second } from '../../src/base/clock.js';
import { channelToken, makeKey } from '../bot/channel.js';
import { type EdgeStage, openEdge } from '../bot/edge-stage.js';

interface MovableClock extends Clock {
  forward(ms: number): void;
}

function movableClock(): MovableClock {
  let ahead = 0;
  return {
    now: () => new Date(Date.now() + ahead),
    forward: (ms) => {
      ahead += ms;
    },
  };
}

describe('the edge when the signing keys of Teams move', () => {
  let stage: EdgeStage;
  let clock: MovableClock;
  beforeEach(() => {
    clock = movableClock();
  });
  afterEach(() => stage.close());

  const pressWith = async (key = stage.key, expiresIn = 3600): Promise<number> => {
    const token = channelToken(key, stage.connector.url, { expiresIn });
    return (await stage.post(stage.press(), { authorization: `Bearer ${token}` })).status;
  };

  it('goes on working through an outage of the key endpoint', async () => {
    stage = await openEdge({ clock });
    assert.equal(await pressWith(), 200);
    stage.metadata.outage(true);
    clock.forward(2 * day);
    assert.equal(await pressWith(stage.key, (3 * day) / second), 200);
  });

  it('says "not now" while it has never had a key, and recovers by itself', async () => {
    stage = await openEdge({ clock, metadataDown: true });
    const answer = await stage.post(stage.press());
    assert.deepEqual([answer.status, answer.text], [503, '']);
    assert.deepEqual(stage.house.ran, []);
    stage.metadata.outage(false);
    clock.forward(10 * second);
    assert.equal(await pressWith(), 200);
  });

  it('takes a new key at its first use', async () => {
    stage = await openEdge({ clock });
    assert.equal(await pressWith(), 200);
    const next = makeKey();
    stage.metadata.publish(stage.key, next);
    assert.equal(await pressWith(next), 200);
  });

  it('drops a withdrawn key within a day', async () => {
    stage = await openEdge({ clock });
    assert.equal(await pressWith(), 200);
    const next = makeKey();
    stage.metadata.publish(next);
    assert.equal(await pressWith(next), 200);
    assert.equal(await pressWith(stage.key, 7200), 401);
  });

  it('remembers a verified token for five minutes at most', async () => {
    stage = await openEdge({ clock });
    const token = channelToken(stage.key, stage.connector.url);
    const again = async (): Promise<number> =>
      (await stage.post(stage.press(), { authorization: `Bearer ${token}` })).status;
    assert.equal(await again(), 200);
    const next = makeKey();
    stage.metadata.publish(next);
    assert.equal(await pressWith(next), 200);
    assert.equal(await again(), 200);
    clock.forward(5 * minute + second);
    assert.equal(await again(), 401);
  });
});
