import assert from 'node:assert/strict';
import { appId, outsiderTenantId, personByKey, tenantId } from '../../practice/world/people.js';
import { withCard } from '../support/invoke-answers.js';
import { openPracticeStage, type PracticeStage } from '../support/practice-stage.js';

const card = { type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock', text: 'Hello' }] };
const chatOf = (key: string) => `/a:1-${key}`;

describe('the practice Bot Connector', () => {
  let stage: PracticeStage;
  before(async () => {
    stage = await openPracticeStage();
  });
  after(() => stage.close());

  const say = (key: string, text: string) =>
    stage.bot.connector('POST', `${chatOf(key)}/activities`, { type: 'message', text });

  describe('opening a conversation', () => {
    const open = (id: string, more: object = {}) =>
      stage.bot.connector('POST', '', { bot: { id: `28:${appId}` }, members: [{ id }], tenantId, ...more });

    it('answers the same chat every time, by Teams address and by object id', async () => {
      const engineer = personByKey('engineer');
      const byAddress = await open('29:1-engineer');
      const byObjectId = await open(engineer?.id ?? '');
      assert.equal(byAddress.status, 201);
      assert.equal(byAddress.body.id, 'a:1-engineer');
      assert.equal(byObjectId.body.id, 'a:1-engineer');
    });

    it('can bring the first message along', async () => {
      const opened = await open('29:1-starter', { activity: { type: 'message', text: 'Welcome' } });
      const [first] = await stage.timeline('starter');
      assert.equal(first?.id, opened.body.activityId);
      assert.equal(first?.text, 'Welcome');
    });

    it('refuses a person nobody knows', async () => {
      const refused = await open('29:nobody');
      assert.equal(refused.status, 400);
      assert.deepEqual(codeOf(refused.body), 'BadSyntax');
    });

    it('refuses a person of another tenant, and another tenant for a person of ours', async () => {
      const stranger = await open(personByKey('outsider')?.id ?? '', { tenantId: outsiderTenantId });
      const misled = await open('29:1-engineer', { tenantId: outsiderTenantId });
      assert.deepEqual([stranger.status, codeOf(stranger.body)], [403, 'BotNotInConversationRoster']);
      assert.equal(misled.status, 403);
    });

    it('refuses a group chat', async () => {
      assert.equal((await open('29:1-engineer', { isGroup: true })).status, 400);
    });
  });

  describe('messages', () => {
    it('puts text and cards into the chat of that person only', async () => {
      await say('finance', 'For finance');
      await stage.bot.connector('POST', `${chatOf('finance')}/activities/reply-to-this`, withCard(card));
      const chat = await stage.timeline('finance');
      assert.deepEqual(
        chat.map(({ from, text, card: shown }) => ({ from, text, shown })),
        [
          { from: 'bot', text: 'For finance', shown: undefined },
          { from: 'bot', text: undefined, shown: card },
        ],
      );
      assert.equal((await stage.timeline('guest')).length, 0);
    });

    it('edits a message in place and takes one back', async () => {
      const { body } = await say('appowner', 'draft');
      const edited = await stage.bot.connector(
        'PUT',
        `${chatOf('appowner')}/activities/${body.id}`,
        withCard(card),
      );
      const [entry] = await stage.timeline('appowner');
      assert.equal(edited.status, 200);
      assert.deepEqual([entry?.id, entry?.text, entry?.card], [body.id, undefined, card]);
      assert.ok(entry?.updatedAt);

      await stage.bot.connector('DELETE', `${chatOf('appowner')}/activities/${body.id}`);
      assert.deepEqual(await stage.timeline('appowner'), []);
    });

    it('knows no other chat and no other message', async () => {
      const noChat = await stage.bot.connector('POST', '/a:nobody/activities', {
        type: 'message',
        text: 'x',
      });
      const noMessage = await stage.bot.connector(
        'PUT',
        `${chatOf('appowner')}/activities/1`,
        withCard(card),
      );
      assert.deepEqual([noChat.status, codeOf(noChat.body)], [404, 'ConversationNotFound']);
      assert.deepEqual([noMessage.status, codeOf(noMessage.body)], [404, 'ActivityNotFoundInConversation']);
    });

    it('does not let the bot change what a person wrote', async () => {
      const { body } = await stage.post('/people/helpdesk/messages', { text: 'mine' });
      const edit = await stage.bot.connector(
        'PUT',
        `${chatOf('helpdesk')}/activities/${body.id}`,
        withCard(card),
      );
      assert.equal(edit.status, 404);
    });

    it('refuses what Teams could not show', async () => {
      const empty = await stage.bot.connector('POST', `${chatOf('guest')}/activities`, { type: 'message' });
      const hero = { contentType: 'application/vnd.microsoft.card.hero', content: {} };
      const wrong = await stage.bot.connector('POST', `${chatOf('guest')}/activities`, {
        type: 'message',
        attachments: [hero],
      });
      assert.deepEqual([empty.status, wrong.status], [400, 400]);
      assert.deepEqual(await stage.timeline('guest'), []);
    });

    it('answers 413 above 100 KB counted as UTF-16', async () => {
      const send = (letters: number) => say('guest', 'x'.repeat(letters));
      assert.equal((await send(52_000)).status, 413);
      assert.equal((await send(50_000)).status, 201);
    });
  });

  describe('who may call', () => {
    it('answers 401 without the bot token', async () => {
      const calls = ['', '/a:1-engineer/activities', '/a:1-engineer/members'].map(async (path) => {
        const method = path.endsWith('members') ? 'GET' : 'POST';
        const body = method === 'POST' ? { body: '{}' } : {};
        const url = `${stage.practice.url}/connector/v3/conversations${path}`;
        return (await fetch(url, { method, ...body })).status;
      });
      assert.deepEqual(await Promise.all(calls), [401, 401, 401]);
    });

    it('publishes its keys, endorsed for Teams', async () => {
      const base = `${stage.practice.url}/connector/v1/.well-known`;
      const metadata = (await (await fetch(`${base}/openidconfiguration`)).json()) as Record<string, string>;
      const { keys } = (await (await fetch(metadata.jwks_uri ?? '')).json()) as {
        keys: Record<string, unknown>[];
      };
      assert.equal(metadata.issuer, 'https://api.botframework.com');
      assert.deepEqual(keys[0]?.endorsements, ['msteams']);
    });
  });

  describe('members', () => {
    it('lists the person of the chat, under every address Teams has for it', async () => {
      const engineer = personByKey('engineer');
      const at = chatOf('engineer');
      const list = await stage.bot.connector('GET', `${at}/members`);
      const paged = await stage.bot.connector('GET', `${at}/pagedmembers`);
      const byAddress = await stage.bot.connector('GET', `${at}/members/29:1-engineer`);
      const byObjectId = await stage.bot.connector('GET', `${at}/members/${engineer?.id}`);
      const ofMessage = await stage.bot.connector('GET', `${at}/activities/1/members`);
      assert.equal(byAddress.body.aadObjectId, engineer?.id);
      assert.equal(byAddress.body.userPrincipalName, engineer?.userPrincipalName);
      assert.deepEqual(byObjectId.body, byAddress.body);
      assert.deepEqual(list.body, [byAddress.body]);
      assert.deepEqual(paged.body.members, [byAddress.body]);
      assert.deepEqual(ofMessage.body, [byAddress.body]);
    });

    it('does not find a person in the chat of another', async () => {
      assert.equal(
        (await stage.bot.connector('GET', `${chatOf('engineer')}/members/29:1-manager`)).status,
        404,
      );
    });
  });

  describe('a person who wants no messages', () => {
    after(() => stage.post('/people/manager/block', { blocked: false }));

    it('is told to the bot as blocked', async () => {
      await stage.post('/people/manager/block', { blocked: true });
      const refused = await say('manager', 'x');
      assert.deepEqual([refused.status, codeOf(refused.body)], [403, 'ConversationBlockedByUser']);
    });

    it('is told in the older shape when the app was removed', async () => {
      await stage.post('/people/manager/block', { blocked: true, as: 'uninstalled' });
      const { status, body } = await say('manager', 'x');
      assert.equal(status, 403);
      assert.equal(body.errorCode, 209);
      assert.equal(JSON.parse(String(body.message)).subCode, 'MessageWritesBlocked');
    });

    it('hears from the bot again afterwards', async () => {
      await stage.post('/people/manager/block', { blocked: false });
      assert.equal((await say('manager', 'back')).status, 201);
    });
  });

  it('asks a bot that sends too fast to wait, and shows nothing of what it refused', async () => {
    const answers = await Promise.all(Array.from({ length: 15 }, (_, n) => say('security', `message ${n}`)));
    const refused = answers.filter(({ status }) => status === 429);
    assert.ok(refused.length > 0);
    assert.ok(Number(refused[0]?.headers.get('retry-after')) >= 1);
    assert.equal((await stage.timeline('security')).length, answers.length - refused.length);
  });
});

function codeOf(body: Readonly<Record<string, unknown>>): unknown {
  return (body.error as Record<string, unknown> | undefined)?.code;
}
