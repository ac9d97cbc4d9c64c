import assert from 'node:assert/strict';
import { tenantId } from '../../practice/world/people.js';
import { notice, openPracticeEdge, type PracticeEdge, type Shown } from './practice-edge.js';

/** The edge and the practice tenant's Teams, over real HTTP with real tokens; only the house is the test's. */
describe('the edge and a Teams that behaves like Teams', () => {
  let stage: PracticeEdge;
  beforeEach(async () => {
    stage = await openPracticeEdge();
  });
  afterEach(() => stage.close());

  it('learns where people are when the app is installed for them', async () => {
    await stage.practice.announce();
    assert.ok(stage.house.contacts.length >= 8);
    assert.ok(stage.house.contacts.every(({ serviceUrl }) => serviceUrl.startsWith(stage.practice.url)));
  });

  it('signs a person in silently when they write, and shows what they asked for', async () => {
    await stage.remote('/people/engineer/messages', { text: 'packages' });
    const { card } = await stage.newest('engineer');
    assert.equal(card?.body[0]?.text, 'Here you are');
  });

  it('signs a person in through the window when Teams cannot do it silently', async () => {
    await stage.remote('/people/finance/sso', { silent: false });
    await stage.remote('/people/finance/messages', { text: 'packages' });
    const waiting = await stage.newest('finance');
    const { verb, data } = { verb: 'test.hear', data: { text: 'packages' } };
    await stage.remote(`/people/finance/cards/${waiting.id}/actions`, { verb, data });
    const { prompt } = await stage.newest('finance');
    const start = await fetch(prompt?.url ?? '', { redirect: 'manual' });
    const consent = start.headers.get('location') ?? '';
    assert.ok(consent.startsWith(`${stage.practice.url}/sts/${tenantId}/oauth2/v2.0/authorize`));
    assert.equal((await fetch(consent)).status, 200);

    await stage.remote(`/people/finance/cards/${waiting.id}/sign-in`, {});
    const { card } = await stage.newest('finance');
    assert.equal(card?.body[0]?.text, 'Here you are');
  });

  it('begins a thread in a channel where it is installed, and nowhere else', async () => {
    const place = { channel: '19:securityroom@thread.tacv2', serviceUrl: `${stage.practice.url}/connector/` };
    const sent = await stage.sender.post(place, notice('A key was used'));
    const posts = (await stage.remote('/channels/security/timeline')) as Shown[];
    assert.deepEqual(sent, { kind: 'sent', activityId: posts[0]?.id });
    assert.equal(posts[0]?.card?.body[0]?.text, 'A key was used');

    await stage.remote('/channels/security', { installed: false });
    const refused = await stage.sender.post(place, notice('A key was used'));
    assert.deepEqual(refused, { kind: 'gone', code: 'BotNotInConversationRoster' });
  });

  it('does not let in people of another tenant', async () => {
    const answer = await stage.remote('/people/outsider/activities', { text: 'packages' });
    assert.deepEqual(answer, { status: 403 });
    assert.deepEqual(stage.house.ran, []);
  });
});
