import assert from 'node:assert/strict';
import { identityError } from '../../src/identity/errors.js';
import { appId, person } from './channel.js';
import { type EdgeStage, openEdge } from './edge-stage.js';

const login = 'application/vnd.microsoft.activity.loginRequest';
const token = { authentication: { id: '1', connectionName: 'latchkey', token: 'sso token' } };

describe('a pressed button that needs a sign-in', () => {
  let stage: EdgeStage;
  beforeEach(async () => {
    stage = await openEdge();
  });
  afterEach(() => stage.close());

  const signInNeeded = (): never => {
    throw identityError('identity.sign-in-needed');
  };

  it('asks Teams for a token, with a button as the second way', async () => {
    stage.house.answers(signInNeeded);
    const { status, json } = await stage.post(stage.press());
    assert.equal(status, 200);
    assert.equal(json.statusCode, 401);
    assert.equal(json.type, login);
    assert.equal(json.value.connectionName, 'latchkey');
    assert.equal(json.value.tokenExchangeResource.uri, `api://botid-${appId}`);
    const [button] = json.value.buttons;
    assert.equal(button.type, 'signin');
    assert.match(button.value, /^https:\/\/bot\.example\/sign-in\/start\?request=/);
  });

  it('names each request differently, because Teams drops repeated ones', async () => {
    stage.house.answers(signInNeeded);
    const first = await stage.post(stage.press());
    const second = await stage.post(stage.press());
    assert.notEqual(first.json.value.tokenExchangeResource.id, second.json.value.tokenExchangeResource.id);
  });

  it('takes the token Teams comes back with, for the person who pressed', async () => {
    await stage.post(stage.press(token));
    assert.deepEqual(stage.userTokens.accepted, [{ person, assertion: 'sso token' }]);
    assert.equal(stage.house.ran.length, 1);
  });

  it('tells Teams when that token does not fit, and does not run the verb', async () => {
    stage.userTokens.refuseWith(identityError('identity.token-refused'));
    const { status, json } = await stage.post(stage.press(token));
    assert.equal(status, 200);
    assert.equal(json.statusCode, 412);
    assert.equal(json.type, 'application/vnd.microsoft.error.preconditionFailed');
    assert.equal(json.value.code, 'identity.token-refused');
    assert.deepEqual(stage.house.ran, []);
  });

  it('tells Teams the same when consent is missing', async () => {
    stage.house.answers(() => {
      throw identityError('identity.consent-needed');
    });
    assert.equal((await stage.post(stage.press(token))).json.statusCode, 412);
  });

  it('leaves only the button after a token that did not help', async () => {
    stage.house.answers(signInNeeded);
    await stage.post(stage.press(token));
    const { json } = await stage.post(stage.press());
    assert.equal(json.type, login);
    assert.equal(json.value.tokenExchangeResource, undefined);
    assert.equal(json.value.buttons.length, 1);
  });

  it('tries silently again once the sign-in window was closed without anything to show for it', async () => {
    stage.house.answers(signInNeeded);
    await stage.post(stage.press(token));
    const { json } = await stage.post(stage.press({ state: 'CancelledByUser' }));
    assert.ok(json.value.tokenExchangeResource);
    assert.deepEqual(stage.userTokens.redeemed, []);
  });

  it('lets go of a sign-in that does not do any more, so that a new one is not held up by it', async () => {
    stage.house.answers(signInNeeded);
    await stage.post(stage.press());
    assert.deepEqual(stage.userTokens.forgotten, [person]);
  });

  it('does not bother Teams for a token when consent is what is missing', async () => {
    stage.house.answers(() => {
      throw identityError('identity.consent-needed');
    });
    const { json } = await stage.post(stage.press());
    assert.equal(json.type, login);
    assert.equal(json.value.tokenExchangeResource, undefined);
  });

  it('offers a new button when a stronger sign-in is wanted', async () => {
    const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
    stage.house.answers(() => {
      throw identityError('identity.step-up-needed', undefined, { claims });
    });
    const { json } = await stage.post(stage.press(token));
    assert.equal(json.type, login);
    assert.equal(json.value.tokenExchangeResource, undefined);
    const start = new URL(json.value.buttons[0].value);
    const led = await fetch(`${stage.url}${start.pathname}${start.search}`, { redirect: 'manual' });
    assert.equal(new URL(led.headers.get('location') ?? '').searchParams.get('claims'), claims);
  });

  it('answers two tabs that press at once with two answers', async () => {
    const answers = await Promise.all([stage.post(stage.press(token)), stage.post(stage.press(token))]);
    assert.deepEqual(
      answers.map(({ json }) => json.statusCode),
      [200, 200],
    );
  });
});
