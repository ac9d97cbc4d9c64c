import assert from 'node:assert/strict';
import { appId } from './channel.js';
import { type Answer, type FakeConnector, startConnector } from './fake-connector.js';
import { deskFor, type SenderDesk } from './sender-desk.js';

describe('a thread in a channel', () => {
  const id = '19:room@thread.tacv2';
  let connector: FakeConnector;
  let desk: SenderDesk;
  beforeEach(async () => {
    connector = await startConnector();
    desk = deskFor();
  });
  afterEach(() => connector.close());

  const post = (...answers: readonly Answer[]) => {
    connector.willAnswer(...answers);
    const card = { template: 'test/card', view: { name: 'x' } };
    return desk.sender.post({ channel: id, serviceUrl: connector.url }, card);
  };

  it('is begun by creating a conversation with its first message', async () => {
    const body = { id: `${id};messageid=7`, activityId: '7' };
    assert.deepEqual(await post({ status: 201, body }), { kind: 'sent', activityId: '7' });
    const [call] = connector.calls;
    assert.deepEqual([call?.method, call?.path], ['POST', '/teams/v3/conversations']);
    const { isGroup, bot, channelData, activity, members } = call?.body ?? {};
    assert.deepEqual([isGroup, members, channelData.channel], [true, undefined, { id }]);
    assert.equal(bot.id, `28:${appId}`);
    assert.equal(activity.type, 'message');
    assert.equal(activity.attachments[0].content.template, 'test/card');
  });

  for (const answer of [{ status: 502 }, 'reset', { status: 201, body: { id } }] as const) {
    it(`is not begun twice when nobody knows: ${JSON.stringify(answer)}`, async () => {
      assert.deepEqual(await post(answer), { kind: 'uncertain' });
      assert.equal(connector.calls.length, 1);
    });
  }

  for (const [status, code] of [
    [403, 'BotNotInConversationRoster'],
    [404, 'ConversationNotFound'],
  ] as const) {
    it(`cannot be begun where the bot is not: ${status}`, async () => {
      assert.deepEqual(await post({ status, body: { error: { code } } }), { kind: 'gone', code });
    });
  }

  it('waits as long as Teams says', async () => {
    const body = { id, activityId: '7' };
    const result = await post({ status: 429, headers: { 'retry-after': '2' } }, { status: 201, body });
    assert.equal(result.kind, 'sent');
    assert.deepEqual(desk.waits, [2_000]);
  });

  it('keeps to the limits of one conversation', async () => {
    const body = { id, activityId: '7' };
    for (let count = 0; count < 8; count += 1) await post({ status: 201, body });
    assert.equal(desk.waits.length, 1);
  });
});
