import assert from 'node:assert/strict';
import { appId } from '../../practice/world/people.js';
import { withCard } from '../support/invoke-answers.js';
import { cardWith } from '../support/plain-cards.js';
import { openPracticeStage, type PracticeStage, type Reply } from '../support/practice-stage.js';

const id = '19:securityroom@thread.tacv2';

describe('a channel of the practice tenant', () => {
  let stage: PracticeStage;
  before(async () => {
    stage = await openPracticeStage();
  });
  after(() => stage.close());
  beforeEach(() => stage.post('/reset'));

  const post = (activity: object, channel = id) =>
    stage.bot.connector('POST', '', {
      isGroup: true,
      bot: { id: `28:${appId}` },
      channelData: { channel: { id: channel } },
      activity,
    });
  const timeline = async (): Promise<Reply['body']> => (await stage.get('/channels/security/timeline')).body;
  const codeOf = ({ body }: { body: Readonly<Record<string, unknown>> }): unknown =>
    (body.error as Record<string, unknown> | undefined)?.code;

  it('is listed, with the bot in it', async () => {
    const { body } = await stage.get('/channels');
    assert.deepEqual(body, [{ key: 'security', id, name: 'Security', installed: true }]);
  });

  it('shows a thread that the bot begins, and to nobody in their own chat', async () => {
    const card = cardWith('Told');
    const { status, body } = await post(withCard(card));
    assert.equal(status, 201);
    assert.equal(body.id, `${id};messageid=${body.activityId}`);
    const [entry, ...others] = await timeline();
    assert.deepEqual([entry.id, entry.from, entry.card], [body.activityId, 'bot', card]);
    assert.deepEqual(others, []);
    assert.deepEqual(await stage.timeline('security'), []);
  });

  it('refuses a bot that is not installed there, until it is again', async () => {
    const { body } = await stage.post('/channels/security', { installed: false });
    assert.equal(body.installed, false);
    const refused = await post(withCard(cardWith('Told')));
    assert.deepEqual([refused.status, codeOf(refused)], [403, 'BotNotInConversationRoster']);
    assert.deepEqual(await timeline(), []);
    await stage.post('/channels/security', { installed: true });
    assert.equal((await post(withCard(cardWith('Told')))).status, 201);
  });

  it('refuses a channel nobody knows, and a thread that says nothing', async () => {
    const nowhere = await post(withCard(cardWith('Told')), '19:elsewhere@thread.tacv2');
    assert.deepEqual([nowhere.status, codeOf(nowhere)], [404, 'ConversationNotFound']);
    for (const activity of [{ type: 'message' }, { type: 'typing' }])
      assert.equal((await post(activity)).status, 400);
    assert.equal((await post({ type: 'message', text: 'x'.repeat(52_000) })).status, 413);
    assert.deepEqual(await timeline(), []);
  });

  it('wants the token of the bot', async () => {
    const body = JSON.stringify({ isGroup: true, channelData: { channel: { id } }, activity: {} });
    const url = `${stage.practice.url}/connector/v3/conversations`;
    assert.equal((await fetch(url, { method: 'POST', body })).status, 401);
  });

  it('asks a bot that posts too fast to wait', async () => {
    await stage.post('/clock', { advance: 'PT1M' });
    const answers = await Promise.all(
      Array.from({ length: 12 }, () => post({ type: 'message', text: 'again' })),
    );
    const refused = answers.filter(({ status }) => status === 429);
    assert.ok(refused.length > 0);
    assert.equal((await timeline()).length, answers.length - refused.length);
  });

  it('is still there after a restart, and empty after a reset', async () => {
    await stage.post('/clock', { advance: 'PT2M' });
    await post({ type: 'message', text: 'kept' });
    await stage.post('/channels/security', { installed: false });
    await stage.restart();
    assert.equal((await timeline())[0].text, 'kept');
    assert.equal((await stage.get('/channels')).body[0].installed, false);
    await stage.post('/reset');
    assert.deepEqual(await timeline(), []);
    assert.equal((await stage.get('/channels')).body[0].installed, true);
  });

  it('tells a mistake in the call apart', async () => {
    assert.equal((await stage.get('/channels/other/timeline')).status, 404);
    assert.equal((await stage.post('/channels/security', { installed: 'no' })).status, 400);
  });
});
