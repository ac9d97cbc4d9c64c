import assert from 'node:assert/strict';
import { day, minute } from '../../src/base/clock.js';
import { tellChannel } from '../../src/jobs/post-channel.js';
import type { FakeDelivery } from '../support/fake-delivery.js';
import { gate } from '../support/gate.js';
import { type ChannelStage, channel, openChannelStage, told } from './channel-stage.js';

describe('telling a channel', () => {
  let stage: ChannelStage;
  let delivery: FakeDelivery;
  beforeEach(async () => {
    stage = await openChannelStage();
    delivery = stage.delivery;
  });
  afterEach(() => stage.close());

  it('posts once, and says so in the record', async () => {
    await stage.tell();
    await stage.loop.drain();
    await stage.later(day);
    assert.deepEqual(delivery.asked, [told]);
    assert.deepEqual(await stage.recorded(), ['channel.told']);
    assert.deepEqual(await stage.jobs(), []);
  });

  it('posts to the address where Teams was last heard of', async () => {
    await stage.meet({ person: 'newer', service_url: 'https://newer.example/', seen_at: 9e12 });
    const places: string[] = [];
    delivery.answerPosts(({ serviceUrl }) => {
      places.push(serviceUrl);
      return { kind: 'sent', activityId: 'one' };
    });
    await stage.tell();
    await stage.loop.drain();
    assert.deepEqual(places, ['https://newer.example/']);
  });

  it('says the same news once, however often it is told: before, during and after the post', async () => {
    const [begun, answer] = [gate(), gate()];
    delivery.answerPosts(async () => {
      begun.open();
      await answer.passed;
      return { kind: 'sent', activityId: 'slow' };
    });
    await stage.tell();
    await stage.tell();
    const first = stage.loop.drain();
    await begun.passed;
    await stage.tell();
    answer.open();
    await first;
    await stage.tell();
    await stage.later(day);
    assert.deepEqual(delivery.asked, [told]);
  });

  it('tells each news of its own', async () => {
    await stage.tell('use:1');
    await stage.tell('use:2');
    await stage.loop.drain();
    assert.equal(delivery.asked.length, 2);
  });

  it('tells nothing of what was not done in the end', async () => {
    const undone = stage.store.write(async (tx) => {
      await tellChannel(tx, stage.clock, {
        channel,
        card: { template: 'shared/notice', view: {} },
        key: 'use:1',
      });
      throw new Error('undone');
    });
    await assert.rejects(undone);
    await stage.loop.drain();
    assert.deepEqual(delivery.asked, []);
    await stage.tell();
    await stage.loop.drain();
    assert.deepEqual(delivery.asked, [told]);
  });

  describe('when the answer was lost', () => {
    const lost = () => ({ kind: 'uncertain' }) as const;

    it('posts again after a minute, and not before', async () => {
      delivery.answerPosts(lost);
      await stage.tell();
      await stage.loop.drain();
      await stage.later(minute - 1);
      assert.equal(delivery.asked.length, 1);
      await stage.later(1);
      assert.equal(delivery.asked.length, 2);
      assert.deepEqual(await stage.recorded(), ['channel.told']);
    });

    it('never posts a third time', async () => {
      delivery.answerPosts(lost, lost);
      await stage.tell();
      await stage.untilQuiet();
      assert.equal(delivery.asked.length, 2);
      assert.deepEqual(await stage.recorded(), ['channel.not-told jobs.fate-unknown']);
      assert.deepEqual(await stage.jobs(), []);
    });

    it('counts a program that died in the middle as a lost answer', async () => {
      const begun = gate();
      delivery.answerPosts(async () => {
        begun.open();
        return new Promise<never>(() => undefined);
      });
      await stage.tell();
      void stage.loop.drain();
      await begun.passed;
      const other = stage.newLoop();
      stage.clock.advance(3 * minute);
      await other.drain();
      assert.equal(delivery.asked.length, 1);
      stage.clock.advance(minute);
      await other.drain();
      assert.equal(delivery.asked.length, 2);
      assert.deepEqual(await stage.recorded(), ['channel.told']);
    });
  });
});
