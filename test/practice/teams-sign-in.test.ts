import assert from 'node:assert/strict';
import jwt from 'jsonwebtoken';
import { appId, personByKey, tenantId } from '../../practice/world/people.js';
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

  /** The page of the bot leads on to the sign-in service, which comes back to the bot. */
  const leadOn = (more: Readonly<Record<string, string>>): string => {
    const fields = {
      client_id: appId,
      response_type: 'code',
      redirect_uri: `${stage.bot.url}/done`,
      ...more,
    };
    const { url } = stage.practice;
    stage.bot.leadTo(`${url}/sts/${tenantId}/oauth2/v2.0/authorize?${new URLSearchParams(fields)}`);
    return `${stage.bot.url}/start`;
  };

  it('shows the button when the token is not enough, and goes on once it was used', async () => {
    await stage.post('/people/security/consent', { withdraw: ['User.Read.All'] });
    const id = await stage.sendCard('security', buttonCard('consent', { ref: 'r' }));
    const url = leadOn({ scope: 'User.Read.All' });
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

  it('hands over what the window said, and then no token of its own', async () => {
    const id = await stage.sendCard('security', buttonCard('state'));
    stage.bot.onInvoke(() => loginRequest({}));
    await stage.press('security', id, 'state');
    stage.bot.onInvoke(() => toast('strong'));
    await stage.post(`/people/security/cards/${id}/sign-in`, { state: '123456' });
    const last = stage.bot.seen('state').at(-1);
    assert.deepEqual([last?.state, last?.ssoToken], ['123456', undefined]);
  });

  it('never gets a stronger token from Teams itself, whatever the page demands', async () => {
    await stage.post('/people/security/step-up', { require: 'c1' });
    const id = await stage.sendCard('security', buttonCard('step-up'));
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
    stage.bot.onInvoke(() => loginRequest({ url: leadOn({ scope: 'openid', claims }) }));
    await stage.press('security', id, 'step-up');
    await stage.post(`/people/security/cards/${id}/sign-in`);
    await stage.post('/people/security/step-up', { require: null });
    const tokens = stage.bot.seen('step-up').flatMap(({ ssoToken }) => ssoToken ?? []);
    assert.equal(tokens.length, 1);
    for (const token of tokens) assert.equal(jwt.decode(token, { json: true })?.acrs, undefined);
  });

  it('agrees to what the page behind the page of the bot asks for, and to nothing in the room', async () => {
    await stage.post('/people/security/consent', { withdraw: ['User.Read.All', 'User.Read'] });
    const id = await stage.sendCard('security', buttonCard('led-on'));
    const url = leadOn({ scope: 'openid https://graph.microsoft.com/User.Read' });
    stage.bot.onInvoke(() => loginRequest({ url }));
    await stage.press('security', id, 'led-on');
    await stage.post(`/people/security/cards/${id}/sign-in`, { grant: false });
    const before = await stage.post('/people/security/consent', {});
    await stage.post(`/people/security/cards/${id}/sign-in`);
    const after = await stage.post('/people/security/consent', {});
    assert.ok(!before.body.delegated.includes('User.Read'));
    assert.ok(after.body.delegated.includes('User.Read'));
    assert.ok(!after.body.delegated.includes('User.Read.All'));
  });

  it('goes nowhere else for an address that came out of a card', async () => {
    const id = await stage.sendCard('security', buttonCard('elsewhere'));
    stage.bot.leadTo('http://127.0.0.1:1/sts/tenant/oauth2/v2.0/authorize');
    stage.bot.onInvoke(() => loginRequest({ url: `${stage.bot.url}/start` }));
    await stage.press('security', id, 'elsewhere');
    stage.bot.onInvoke(() => toast('plain'));
    const { body } = await stage.post(`/people/security/cards/${id}/sign-in`);
    assert.deepEqual(body, toast('plain'));
    assert.equal(stage.bot.seen('elsewhere').at(-1)?.state, undefined);
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
