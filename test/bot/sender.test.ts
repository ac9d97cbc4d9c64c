import assert from 'node:assert/strict';
import { isAppError } from '../../src/base/errors.js';
import type { Delivery } from '../../src/jobs/delivery.js';
import { appId, tenantId } from './channel.js';
import { type Answer, type FakeConnector, startConnector } from './fake-connector.js';
import { deskFor, type SenderDesk } from './sender-desk.js';

const card = { template: 'test/card', view: { name: 'x' } };
const refusedAs = (code: string) => (error: unknown) => isAppError(error) && error.code === code;

describe('sending to Teams', () => {
  let connector: FakeConnector;
  let chat: { conversationId: string; serviceUrl: string };
  let desk: SenderDesk;
  beforeEach(async () => {
    connector = await startConnector();
    chat = { conversationId: 'a:chat;messageid=1', serviceUrl: connector.url };
    desk = deskFor();
  });
  afterEach(() => connector.close());

  const answering = (...answers: readonly Answer[]): Delivery => {
    connector.willAnswer(...answers);
    return desk.sender;
  };

  it('posts a card with the token of the bot and gives back its address', async () => {
    const result = await desk.sender.send(chat, card);
    assert.deepEqual(result, { kind: 'sent', activityId: 'message-1' });
    const [call] = connector.calls;
    assert.equal(call?.method, 'POST');
    assert.equal(call?.path, '/teams/v3/conversations/a:chat;messageid=1/activities');
    assert.equal(call?.bearer, 'Bearer app token');
    assert.deepEqual(call?.body.attachments, [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: { type: 'AdaptiveCard', template: 'test/card', view: { name: 'x' } },
      },
    ]);
  });

  it('puts a card in the place of another', async () => {
    assert.equal(await answering({ status: 200, body: { id: 'm1' } }).update(chat, 'm1', card), 'updated');
    assert.deepEqual(
      connector.calls.map(({ method, path, body }) => [method, path, body.id]),
      [['PUT', '/teams/v3/conversations/a:chat;messageid=1/activities/m1', 'm1']],
    );
  });

  describe('when Teams asks to slow down', () => {
    it('waits as long as it says', async () => {
      const result = await answering({ status: 429, headers: { 'retry-after': '2' } }).send(chat, card);
      assert.equal(result.kind, 'sent');
      assert.deepEqual(desk.waits, [2_000]);
    });

    it('waits by itself where it does not say, longer each time', async () => {
      await answering({ status: 429 }, { status: 412 }).send(chat, card);
      assert.deepEqual(desk.waits, [750, 1_500]);
    });

    it('gives up after three tries, for later', async () => {
      const sending = answering({ status: 429 }, { status: 429 }, { status: 429 }).send(chat, card);
      await assert.rejects(sending, refusedAs('bot.teams-busy'));
      assert.equal(connector.calls.length, 3);
    });

    it('does not sit out a long wait', async () => {
      const sending = answering({ status: 429, headers: { 'retry-after': '60' } }).send(chat, card);
      await assert.rejects(sending, refusedAs('bot.teams-busy'));
      assert.deepEqual(desk.waits, []);
    });
  });

  describe('when nobody knows whether a post has landed', () => {
    for (const answer of [{ status: 502 }, { status: 504 }, { status: 500 }, 'reset'] as const) {
      it(`does not post again: ${JSON.stringify(answer)}`, async () => {
        assert.deepEqual(await answering(answer).send(chat, card), { kind: 'uncertain' });
        assert.equal(connector.calls.length, 1);
      });

      it(`puts again, which is harmless: ${JSON.stringify(answer)}`, async () => {
        assert.equal(await answering(answer).update(chat, 'm1', card), 'updated');
        assert.equal(connector.calls.length, 2);
      });
    }

    it('does not wait for ever', async () => {
      desk = deskFor(50);
      assert.deepEqual(await answering('hang').send(chat, card), { kind: 'uncertain' });
      assert.equal(connector.calls.length, 1);
    });

    it('gives up putting after three tries, for later', async () => {
      const putting = answering('reset', 'reset', { status: 502 }).update(chat, 'm1', card);
      await assert.rejects(putting, refusedAs('bot.teams-unreachable'));
    });

    it('takes an answer without an id for one', async () => {
      assert.deepEqual(await answering({ status: 200, body: {} }).send(chat, card), { kind: 'uncertain' });
    });
  });

  it('posts again when the connection never came to be', async () => {
    await connector.close();
    await assert.rejects(desk.sender.send(chat, card), refusedAs('bot.teams-unreachable'));
    assert.equal(desk.waits.length, 2);
  });

  describe('when nobody reads there any more', () => {
    const blocked = { errorCode: 209, message: '{\n "subCode": "MessageWritesBlocked"}' };
    for (const [status, body, code] of [
      [403, { error: { code: 'ConversationBlockedByUser', message: '' } }, 'ConversationBlockedByUser'],
      [403, { error: { code: 'BotNotInConversationRoster' } }, 'BotNotInConversationRoster'],
      [403, blocked, 'MessageWritesBlocked'],
      [403, { errorCode: 209, message: 'no JSON' }, 'error-209'],
      [403, undefined, 'http-403'],
      [404, { error: { code: 'ConversationNotFound' } }, 'ConversationNotFound'],
      [404, '<html>', 'http-404'],
    ] as const) {
      it(`says so at once: ${status} ${code}`, async () => {
        assert.deepEqual(await answering({ status, body }).send(chat, card), { kind: 'gone', code });
        assert.equal(connector.calls.length, 1);
      });
    }

    it('says so for a message that was deleted', async () => {
      const body = { error: { code: 'ActivityNotFoundInConversation' } };
      assert.equal(await answering({ status: 404, body }).update(chat, 'm1', card), 'gone');
    });
  });

  it('complains loudly about a card that is too big', async () => {
    const body = { error: { code: 'MessageSizeTooBig' } };
    assert.deepEqual(await answering({ status: 413, body }).send(chat, card), {
      kind: 'gone',
      code: 'too-big',
    });
    assert.equal(desk.log.lines[0]?.level, 'error');
  });

  it('tells an identity that is refused from a message that is refused', async () => {
    await assert.rejects(answering({ status: 401 }).send(chat, card), refusedAs('bot.teams-refused'));
    await assert.rejects(answering({ status: 400 }).send(chat, card), refusedAs('bot.message-refused'));
    assert.equal(connector.calls.length, 2);
  });

  it('keeps the token of the bot out of what it throws', async () => {
    await assert.rejects(answering({ status: 400 }).send(chat, card), (error: unknown) => {
      const cause = error instanceof Error ? error.cause : undefined;
      return cause instanceof Error && !('request' in cause) && !('response' in cause);
    });
  });

  it('does not follow a redirect with its token', async () => {
    const sending = answering({ status: 307, headers: { location: '/elsewhere' } }).send(chat, card);
    await assert.rejects(sending);
    assert.equal(connector.calls.length, 1);
  });

  it('does not send to a host that is not of Teams, whatever was stored', async () => {
    const sending = desk.sender.send({ ...chat, serviceUrl: 'https://evil.example/' }, card);
    await assert.rejects(sending, refusedAs('bot.unknown-service'));
  });

  describe('a chat with somebody it has never heard from', () => {
    const somebody = { objectId: 'aa11bb22-cc33-4d44-8e55-ff6677889900', tenantId };

    it('is opened by object id', async () => {
      const opened = await answering({ status: 201, body: { id: 'a:new' } }).openChat({
        ...somebody,
        serviceUrl: connector.url,
      });
      assert.deepEqual(opened, { conversationId: 'a:new', serviceUrl: connector.url });
      const [call] = connector.calls;
      assert.equal(call?.path, '/teams/v3/conversations');
      assert.deepEqual(call?.body.members, [{ id: somebody.objectId, name: '' }]);
      assert.deepEqual([call?.body.tenantId, call?.body.channelData.tenant.id], [tenantId, tenantId]);
      assert.equal(call?.body.bot.id, `28:${appId}`);
    });

    it('is not opened where the app is not installed', async () => {
      const body = { error: { code: 'BotNotInConversationRoster' } };
      const opened = await answering({ status: 403, body }).openChat({
        ...somebody,
        serviceUrl: connector.url,
      });
      assert.deepEqual(opened, { kind: 'gone', code: 'BotNotInConversationRoster' });
    });
  });
});
