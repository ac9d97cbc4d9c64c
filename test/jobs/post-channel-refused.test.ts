import assert from 'node:assert/strict';
import { day, hour, minute, second } from '../../src/base/clock.js';
import { AppError } from '../../src/base/errors.js';
import { postChannel } from '../../src/jobs/post-channel.js';
import type { FakeDelivery } from '../support/fake-delivery.js';
import { silentLog } from '../support/silent-log.js';
import { type ChannelStage, channel, openChannelStage, told } from './channel-stage.js';

const notThere = (): { kind: 'gone'; code: string } => ({ kind: 'gone', code: 'BotNotInConversationRoster' });

describe('telling a channel that is not open', () => {
  let stage: ChannelStage;
  let delivery: FakeDelivery;
  beforeEach(async () => {
    stage = await openChannelStage();
    delivery = stage.delivery;
  });
  afterEach(() => stage.close());

  describe('when the bot is not in the channel', () => {
    it('tries again, with growing gaps, and tells it when it is', async () => {
      delivery.answerPosts(notThere, notThere);
      await stage.tell();
      await stage.loop.drain();
      await stage.later(minute);
      assert.equal(delivery.asked.length, 2);
      await stage.later(minute);
      assert.equal(delivery.asked.length, 2);
      await stage.later(minute);
      assert.equal(delivery.asked.length, 3);
      assert.deepEqual(await stage.recorded(), [
        'channel.not-told BotNotInConversationRoster',
        'channel.told',
      ]);
    });

    it('gives up after a day, and leaves a dead job', async () => {
      const begun = stage.clock.now().getTime();
      delivery.answerPosts(...Array.from({ length: 100 }, () => notThere));
      await stage.tell();
      await stage.untilQuiet();
      assert.equal(stage.clock.now().getTime() - begun, day);
      assert.ok(delivery.asked.length < 30, `${delivery.asked.length} posts`);
      assert.deepEqual(await stage.recorded(), [
        'channel.not-told BotNotInConversationRoster',
        'job.dead jobs.channel-not-told',
      ]);
      assert.deepEqual(
        (await stage.jobs()).map(({ state }) => state),
        ['dead'],
      );
      await stage.tell();
      assert.equal((await stage.jobs()).length, 1);
    });

    it('complains in the log each time', async () => {
      const complaints: string[] = [];
      const log = { ...silentLog, error: (_: object, message: string) => void complaints.push(message) };
      const handler = postChannel({ ...stage, log });
      delivery.answerPosts(notThere);
      const payload = { channel, key: 'k', card: { template: 't', view: {} }, serviceUrl: 'https://x/' };
      await handler({ id: 1, kind: 'channel.post', payload, attempt: 1 });
      assert.deepEqual(complaints, ['a channel could not be told']);
    });
  });

  it('waits until somebody has told it where Teams is', async () => {
    await stage.store.write((tx) => tx.deleteFrom('conversations').execute());
    await stage.tell();
    await stage.loop.drain();
    assert.deepEqual(delivery.asked, []);
    await stage.meet();
    await stage.later(minute);
    assert.deepEqual(delivery.asked, [told]);
    assert.deepEqual(await stage.recorded(), ['channel.not-told jobs.no-service', 'channel.told']);
  });

  it('waits while Teams is away, and does not count that as lost', async () => {
    const away = () => {
      throw new AppError('bot.teams-unreachable', { retry: 'later', says: '', next: '' });
    };
    delivery.answerPosts(...Array.from({ length: 8 }, () => away));
    await stage.tell();
    await stage.loop.drain();
    assert.equal(delivery.asked.length, 1);
    await stage.later(second);
    assert.equal(delivery.asked.length, 2);
    await stage.later(2 * second);
    assert.equal(delivery.asked.length, 3);
    await stage.untilQuiet();
    assert.equal(delivery.asked.length, 9);
    assert.ok((await stage.recorded()).includes('channel.told'));
  });

  for (const [why, answer, code] of [
    ['a card that Teams finds too big', () => ({ kind: 'gone', code: 'too-big' }) as const, 'too-big'],
    [
      'a message that Teams will never take',
      () => {
        throw new AppError('bot.message-refused', { retry: 'no', says: '', next: '' });
      },
      'bot.message-refused',
    ],
  ] as const) {
    it(`gives up at once on ${why}`, async () => {
      delivery.answerPosts(answer);
      await stage.tell();
      await stage.loop.drain();
      await stage.later(hour);
      assert.equal(delivery.asked.length, 1);
      assert.equal((await stage.recorded())[0], `channel.not-told ${code}`);
      assert.match((await stage.recorded())[1] ?? '', /^job\.dead/);
    });
  }
});
