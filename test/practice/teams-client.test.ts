import assert from 'node:assert/strict';
import { createPublicKey, type JsonWebKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { appId, outsiderTenantId, personByKey, tenantId } from '../../practice/world/people.js';
import { newCard, toast } from '../support/invoke-answers.js';
import { buttonCard, cardWith } from '../support/plain-cards.js';
import { openPracticeStage, type PracticeStage } from '../support/practice-stage.js';

const question = buttonCard('ask', { ref: 'r1' });

describe('a person in the practice Teams', () => {
  let stage: PracticeStage;
  before(async () => {
    stage = await openPracticeStage();
  });
  after(() => stage.close());

  describe('writing a message', () => {
    it('shows it and the answer of the bot, in this order', async () => {
      const { body } = await stage.post('/people/engineer/messages', { text: 'hello' });
      const chat = await stage.timeline('engineer');
      assert.deepEqual(
        chat.map(({ from, text }) => [from, text]),
        [
          ['engineer', 'hello'],
          ['bot', 'You said: hello'],
        ],
      );
      assert.equal(chat[0]?.id, body.id);
    });

    it('sends the bot what Teams would send, with a signature the bot can check', async () => {
      await stage.post('/people/guest/messages', { text: 'shape <b>' });
      const received = stage.bot.received.find(({ text }) => text === 'shape <b>');
      const guest = personByKey('guest');
      const serviceUrl = `${stage.practice.url}/connector/`;
      const { timestamp, localTimestamp, localTimezone, entities, id, ...rest } = received?.raw ?? {};
      assert.deepEqual(rest, {
        type: 'message',
        text: 'shape <b>',
        textFormat: 'plain',
        attachments: [{ contentType: 'text/html', content: '<p>shape &lt;b&gt;</p>' }],
        locale: 'en-US',
        channelId: 'msteams',
        serviceUrl,
        from: { id: '29:1-guest', name: guest?.displayName, aadObjectId: guest?.id },
        recipient: { id: `28:${appId}`, name: 'Latchkey' },
        conversation: { id: 'a:1-guest', conversationType: 'personal', tenantId },
        channelData: { tenant: { id: tenantId } },
      });
      assert.ok(id && timestamp && localTimestamp && localTimezone && entities);
      const claims = await verified(stage, received?.bearer ?? '');
      assert.deepEqual(
        [claims.iss, claims.aud, claims.serviceurl],
        ['https://api.botframework.com', appId, serviceUrl],
      );
    });

    it('says so when the bot did not take it', async () => {
      stage.bot.failNext(500);
      await stage.post('/people/helpdesk/messages', { text: 'anybody there?' });
      const [mine] = await stage.timeline('helpdesk');
      assert.equal(mine?.notice?.kind, 'error');
    });

    it('needs a text, and a person who exists', async () => {
      const empty = await stage.post('/people/engineer/messages', { text: ' ' });
      const nobody = await stage.post('/people/nobody/messages', { text: 'hi' });
      assert.deepEqual([empty.status, nobody.status], [400, 404]);
      assert.match(empty.body.error, /"text"/);
    });
  });

  describe('having the app installed', () => {
    it('is announced once per world for everybody of the home tenant', async () => {
      await stage.practice.announce();
      await stage.practice.announce();
      const installs = stage.bot.received.filter(({ type }) => type === 'installationUpdate');
      const joins = stage.bot.received.filter(({ type }) => type === 'conversationUpdate');
      const everybody = [
        'appowner',
        'engineer',
        'finance',
        'guest',
        'helpdesk',
        'manager',
        'security',
        'starter',
      ];
      assert.deepEqual(installs.map(({ personKey }) => personKey).toSorted(), everybody);
      assert.deepEqual(joins.map(({ personKey }) => personKey).toSorted(), everybody);
      assert.equal(installs[0]?.raw.action, 'add');
    });
  });

  describe('pressing a button', () => {
    it('sends the invoke and shows the toast of the answer', async () => {
      const id = await stage.sendCard('manager', question);
      const { status, body } = await stage.press('manager', id, 'ask', { reason: 'for work' });
      const [sent] = stage.bot.seen('ask');
      assert.deepEqual([status, body], [200, toast('ask: done')]);
      assert.deepEqual(sent?.data, { ref: 'r1', reason: 'for work' });
      assert.deepEqual(
        [sent?.trigger, sent?.raw.replyToId, sent?.raw.name],
        ['manual', id, 'adaptiveCard/action'],
      );
      assert.deepEqual((await stage.entry('manager', id))?.notice, { kind: 'info', text: 'ask: done' });
    });

    it('shows the card of the answer to that person instead of the message', async () => {
      const id = await stage.sendCard('manager', question);
      stage.bot.onInvoke(() => newCard(cardWith('Asked')));
      await stage.press('manager', id, 'ask');
      assert.deepEqual((await stage.entry('manager', id))?.card, cardWith('Asked'));

      await stage.editCard('manager', id, cardWith('Settled'));
      assert.deepEqual((await stage.entry('manager', id))?.card, cardWith('Settled'));
    });

    it('shows the sentence of an error answer, and clears it with the next answer', async () => {
      const id = await stage.sendCard('manager', question);
      const failed = {
        statusCode: 400,
        type: 'application/vnd.microsoft.error',
        value: { code: 'x', message: 'No.' },
      };
      stage.bot.onInvoke(() => failed);
      const { body } = await stage.press('manager', id, 'ask');
      assert.deepEqual(body, failed);
      assert.deepEqual((await stage.entry('manager', id))?.notice, { kind: 'error', text: 'No.' });

      stage.bot.onInvoke(() => newCard(question));
      await stage.press('manager', id, 'ask');
      assert.equal((await stage.entry('manager', id))?.notice, undefined);
    });

    it('treats every HTTP status but 200 as a failed app', async () => {
      const id = await stage.sendCard('manager', question);
      stage.bot.failNext(500);
      const { body } = await stage.press('manager', id, 'ask');
      assert.deepEqual([body.statusCode, body.type], [500, 'application/vnd.microsoft.error']);
      assert.match((await stage.entry('manager', id))?.notice?.text ?? '', /Something went wrong/);
    });

    it('passes a forged verb and forged data on as given', async () => {
      stage.bot.onInvoke(() => toast('ok'));
      const id = await stage.sendCard('manager', question);
      await stage.press('manager', id, 'grant-everything', { ref: 'r9' });
      assert.deepEqual(stage.bot.seen('grant-everything')[0]?.data, { ref: 'r9' });
    });

    it('can be delivered several times, as the very same activity', async () => {
      const id = await stage.sendCard('manager', buttonCard('twice'));
      const { headers, body } = await stage.press('manager', id, 'twice', {}, { deliver: 3 });
      const ids = stage.bot.seen('twice').map(({ raw }) => raw.id);
      assert.equal(headers.get('x-practice-answers'), '3');
      assert.equal(body.value, 'ok');
      assert.equal(ids.length, 3);
      assert.equal(new Set(ids).size, 1);
    });

    it('needs a card that this person sees', async () => {
      const id = await stage.sendCard('manager', question);
      const others = await stage.press('finance', id, 'ask');
      const shapeless = await stage.post(`/people/manager/cards/${id}/actions`, { data: {} });
      assert.deepEqual([others.status, shapeless.status], [404, 400]);
    });
  });

  describe('attacking', () => {
    it('from another tenant, with a valid signature', async () => {
      await stage.post('/people/outsider/messages', { text: 'let me in' });
      const sent = stage.bot.received.find(({ text }) => text === 'let me in');
      assert.deepEqual(sent?.raw.channelData, { tenant: { id: outsiderTenantId } });
    });

    it('with any activity at all', async () => {
      const { body } = await stage.post('/people/engineer/activities', {
        type: 'invoke',
        from: { aadObjectId: 'somebody-else' },
        channelData: { tenant: null },
      });
      const sent = stage.bot.received.at(-1);
      const sender = sent?.raw.from as Record<string, unknown>;
      assert.equal(body.status, 200);
      assert.deepEqual(sent?.raw.channelData, {});
      assert.deepEqual(sender.aadObjectId, 'somebody-else');
      assert.deepEqual(sender.id, '29:1-engineer');
    });
  });

  describe('after a while', () => {
    it('finds its chats again after a restart', async () => {
      const before = await stage.timeline('manager');
      await stage.restart();
      assert.deepEqual(await stage.timeline('manager'), before);
      assert.ok(before.length > 0);
    });

    it('begins with empty chats after a reset', async () => {
      await stage.post('/reset');
      assert.deepEqual(await stage.timeline('manager'), []);
    });
  });
});

async function verified(stage: PracticeStage, bearer: string): Promise<jwt.JwtPayload> {
  const response = await fetch(`${stage.practice.url}/connector/v1/.well-known/keys`);
  const { keys } = (await response.json()) as { keys: JsonWebKey[] };
  const key = createPublicKey({ key: keys[0] ?? {}, format: 'jwk' });
  return jwt.verify(bearer, key, { algorithms: ['RS256'], complete: false }) as jwt.JwtPayload;
}
