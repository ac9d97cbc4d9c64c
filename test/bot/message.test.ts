import assert from 'node:assert/strict';
import { AppError } from '../../src/base/errors.js';
import { identityError } from '../../src/identity/errors.js';
import { appId, person } from './channel.js';
import { type EdgeStage, openEdge } from './edge-stage.js';

describe('a written message', () => {
  let stage: EdgeStage;
  beforeEach(async () => {
    stage = await openEdge();
  });
  afterEach(() => stage.close());

  /** The card the bot sent, as template and view. */
  const sent = (at = 0): { template: string; view: Record<string, string> } =>
    stage.connector.calls[at]?.body.attachments[0].content;

  it('is heard by the house and answered with a card in the same chat', async () => {
    stage.house.answers(() => ({ kind: 'card', card: { template: 'test/card', view: {} }, ref: 'card-ref' }));
    const { status, text } = await stage.post(stage.activity({ text: '  show   packages ' }));
    assert.deepEqual([status, text], [200, '']);
    assert.deepEqual(stage.house.heard, ['show packages']);
    assert.equal(stage.house.ran[0]?.actor.objectId, person);
    assert.equal(stage.house.ran[0]?.place.activityId, undefined);

    const [call] = stage.connector.calls;
    assert.equal(call?.path, '/teams/v3/conversations/a:chat/activities');
    assert.equal(call?.bearer, 'Bearer app token');
    assert.equal(call?.body.attachments[0].contentType, 'application/vnd.microsoft.card.adaptive');
    assert.equal(call?.body.summary, 'test/card');
    assert.equal(call?.body.text, undefined);
    const place = { conversationId: 'a:chat', serviceUrl: stage.connector.url, activityId: 'message-1' };
    assert.deepEqual(stage.house.places, [{ ref: 'card-ref', place }]);
  });

  it('is read without the name of the bot in it, whatever regular expressions think of that name', async () => {
    const mention = { type: 'mention', text: '<at>Latch(key</at>', mentioned: { id: `28:${appId}` } };
    const other = { type: 'mention', text: '<at>Bob</at>', mentioned: { id: '29:bob' } };
    const text = '<at>Latch(key</at> give <at>Bob</at> access';
    await stage.post(stage.activity({ text, entities: [mention, other, { type: 'clientInfo' }, null] }));
    assert.deepEqual(stage.house.heard, ['give <at>Bob</at> access']);
  });

  it('is handed over with the language of the client', async () => {
    await stage.post(stage.activity({ text: 'hello', locale: 'de-AT' }));
    await stage.post(stage.activity({ text: 'hello', id: 'activity-2' }));
    assert.deepEqual(
      stage.house.ran.map(({ language }) => language),
      ['de-AT', ''],
    );
  });

  for (const text of [undefined, null, '', '   ']) {
    it(`may be empty (${JSON.stringify(text)})`, async () => {
      assert.equal((await stage.post(stage.activity({ text }))).status, 200);
      assert.deepEqual(stage.house.heard, ['']);
    });
  }

  it('is not read when it is too long', async () => {
    await stage.post(stage.activity({ text: 'x'.repeat(501) }));
    assert.deepEqual(stage.house.heard, []);
    assert.equal(sent().template, 'shared/notice');
    assert.match(sent().view.text ?? '', /500 characters/);
  });

  for (const conversationType of ['groupChat', 'channel', undefined]) {
    it(`is answered in ${conversationType ?? 'a chat of unknown kind'} only with the way to the personal chat`, async () => {
      const conversation = { id: '19:group', conversationType };
      await stage.post(stage.activity({ conversation }));
      assert.deepEqual(stage.house.heard, []);
      assert.deepEqual(stage.house.contacts, []);
      assert.equal(stage.connector.calls.length, 1);
      assert.match(sent().view.text ?? '', /personal chat/);
    });
  }

  it('gets a notice as a card', async () => {
    stage.house.answers(() => ({ kind: 'notice', text: 'Nothing found.' }));
    await stage.post(stage.activity());
    assert.deepEqual(sent(), {
      type: 'AdaptiveCard',
      template: 'shared/notice',
      view: {
        title: 'Latchkey',
        text: 'Nothing found.',
        next: '',
        reference: '',
        portalUrl: 'https://portal.example',
      },
    });
  });

  it('gets a card that signs in and repeats the command when a sign-in is needed', async () => {
    stage.house.answers(() => {
      throw identityError('identity.sign-in-needed');
    });
    await stage.post(stage.activity({ text: 'packages' }));
    const { template, view } = sent();
    assert.equal(template, 'shared/sign-in');
    assert.deepEqual(view, {
      verb: 'test.hear',
      data: { text: 'packages' },
      mri: '29:person',
      reason: 'Please sign in, so that this happens with your own rights.',
    });
  });

  it('gets what went wrong, with the way out and a reference', async () => {
    stage.house.answers(() => {
      throw new AppError(
        'test.error',
        { retry: 'no', says: 'It did not work.', next: 'Do this.' },
        new Error('secret'),
      );
    });
    await stage.post(stage.activity());
    const { template, view } = sent();
    assert.equal(template, 'shared/notice');
    assert.deepEqual(
      [view.text, view.next, view.portalUrl],
      ['It did not work.', 'Do this.', 'https://portal.example'],
    );
    assert.match(view.reference ?? '', /^[0-9A-F]{8}$/);
    assert.ok(!JSON.stringify(stage.connector.calls).includes('secret'));
  });

  it('is taken even when the answer cannot be sent', async () => {
    stage.connector.willAnswer({ status: 403, body: { error: { code: 'BotDisabledByAdmin' } } });
    assert.equal((await stage.post(stage.activity())).status, 200);
    assert.equal(stage.house.ran.length, 1);
  });
});
