import assert from 'node:assert/strict';
import jwt from 'jsonwebtoken';
import { appId, personByKey } from '../../practice/world/people.js';
import { loginRequest, newCard, preconditionFailed, toast } from '../support/invoke-answers.js';
import { buttonCard, cardWith } from '../support/plain-cards.js';
import { openPracticeStage, type PracticeStage } from '../support/practice-stage.js';

describe('a person in the practice Teams who is asked to sign in', () => {
  let stage: PracticeStage;
  before(async () => {
    stage = await openPracticeStage();
  });
  after(() => stage.close());

  it('proves who it is silently and sends the same invoke again', async () => {
    const id = await stage.sendCard('security', buttonCard('silent', { ref: 'r' }));
    stage.bot.onInvoke(({ ssoToken }) => (ssoToken ? toast('done') : loginRequest({ id: 'exchange-7' })));
    const { body } = await stage.press('security', id, 'silent');
    const [first, second] = stage.bot.seen('silent');
    assert.deepEqual(body, toast('done'));
    assert.equal(second?.raw.id, first?.raw.id);
    assert.deepEqual(second?.data, first?.data);
    const claims = jwt.decode(second?.ssoToken ?? '', { json: true });
    assert.deepEqual([claims?.oid, claims?.aud], [personByKey('security')?.id, appId]);
    assert.deepEqual(second?.authentication, { id: 'exchange-7', connectionName: 'graph' });
  });

  it('leaves a login request alone when it is told to', async () => {
    const id = await stage.sendCard('security', buttonCard('raw'));
    const { body } = await stage.press('security', id, 'raw', {}, { raw: true });
    assert.deepEqual([body.statusCode, stage.bot.seen('raw').length], [401, 1]);
    assert.equal((await stage.entry('security', id))?.prompt, undefined);
  });

  it('shows the button when the token is not enough, and goes on once it was used', async () => {
    await stage.post('/people/security/consent', { withdraw: ['User.Read.All'] });
    const id = await stage.sendCard('security', buttonCard('consent', { ref: 'r' }));
    const url = `${stage.bot.url}/auth?scope=User.Read.All`;
    stage.bot.onInvoke(({ ssoToken }) =>
      ssoToken ? preconditionFailed() : loginRequest({ id: 'exchange-8', url }),
    );
    const { body } = await stage.press('security', id, 'consent', { reason: 'typed' });
    assert.equal(body.statusCode, 412);
    assert.deepEqual((await stage.entry('security', id))?.prompt, {
      kind: 'sign-in',
      text: 'Please sign in',
      title: 'Sign in',
      url,
    });

    stage.bot.onInvoke(({ ssoToken }) => (ssoToken ? newCard(cardWith('Done')) : preconditionFailed()));
    await stage.post(`/people/security/cards/${id}/sign-in`);
    const shown = await stage.entry('security', id);
    assert.deepEqual([shown?.card, shown?.prompt], [cardWith('Done'), undefined]);
    const { body: consent } = await stage.post('/people/security/consent', {});
    assert.ok(consent.delegated.includes('User.Read.All'));
    assert.deepEqual(stage.bot.seen('consent').at(-1)?.data, { ref: 'r', reason: 'typed' });
  });

  it('asks for the stronger sign-in that the page demands', async () => {
    const id = await stage.sendCard('security', buttonCard('step-up'));
    const claims = encodeURIComponent('{"access_token":{"acrs":{"essential":true,"value":"c1"}}}');
    stage.bot.onInvoke(() => loginRequest({ url: `${stage.bot.url}/auth?claims=${claims}` }));
    await stage.press('security', id, 'step-up');
    stage.bot.onInvoke(() => toast('strong'));
    await stage.post(`/people/security/cards/${id}/sign-in`, { state: '123456' });
    const last = stage.bot.seen('step-up').at(-1);
    assert.deepEqual(jwt.decode(last?.ssoToken ?? '', { json: true })?.acrs, ['c1']);
    assert.equal(last?.state, '123456');
  });

  it('grants what the page behind the page of the bot asks for', async () => {
    await stage.post('/people/security/consent', { withdraw: ['User.Read.All', 'User.Read'] });
    const id = await stage.sendCard('security', buttonCard('led-on'));
    stage.bot.leadTo('/sign-in?scope=openid%20https://graph.microsoft.com/User.Read');
    stage.bot.onInvoke(() => loginRequest({ url: `${stage.bot.url}/start` }));
    await stage.press('security', id, 'led-on');
    await stage.post(`/people/security/cards/${id}/sign-in`, { grant: false });
    const before = await stage.post('/people/security/consent', {});
    await stage.post(`/people/security/cards/${id}/sign-in`);
    const after = await stage.post('/people/security/consent', {});
    assert.ok(!before.body.delegated.includes('User.Read'));
    assert.ok(after.body.delegated.includes('User.Read'));
    assert.ok(!after.body.delegated.includes('User.Read.All'));
  });

  it('always sees the button without silent sign-in', async () => {
    await stage.post('/people/security/sso', { silent: false });
    const id = await stage.sendCard('security', buttonCard('loud'));
    stage.bot.onInvoke(() => loginRequest({ id: 'exchange-9' }));
    await stage.press('security', id, 'loud');
    assert.equal(stage.bot.seen('loud').length, 1);
    assert.equal((await stage.entry('security', id))?.prompt?.kind, 'sign-in');
  });

  it('cannot finish a sign-in that nobody asked for', async () => {
    const id = await stage.sendCard('security', buttonCard('ask'));
    assert.equal((await stage.post(`/people/security/cards/${id}/sign-in`)).status, 409);
  });
});
