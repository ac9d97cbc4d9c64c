import assert from 'node:assert/strict';
import { minute } from '../../src/base/clock.js';
import { identityError } from '../../src/identity/errors.js';
import { person } from './channel.js';
import { type EdgeStage, openEdge, type Posted } from './edge-stage.js';

const login = 'application/vnd.microsoft.activity.loginRequest';
const c1 = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
const c1Spaced = '{"access_token": {"acrs": {"value": "c1", "essential": true}}}';
const c2 = c1.replace('c1', 'c2');

describe('a press after the sign-in window', () => {
  let stage: EdgeStage;
  let now: number;
  beforeEach(async () => {
    now = Date.now();
    stage = await openEdge({ clock: { now: () => new Date(now) } });
  });
  afterEach(() => stage.close());

  const demand = (claims?: string) => () => {
    const detail = claims === undefined ? {} : { claims };
    throw identityError(claims ? 'identity.step-up-needed' : 'identity.consent-needed', undefined, detail);
  };
  const done = () => ({ kind: 'notice', text: 'Done.' }) as const;

  /** From the login request through the window to what its last page hands over. */
  async function goThrough({ json }: Posted, code = 'the-code'): Promise<string> {
    const link = new URL(json.value.buttons[0].value);
    const start = await fetch(`${stage.url}${link.pathname}${link.search}`, { redirect: 'manual' });
    const state = new URL(start.headers.get('location') ?? '').searchParams.get('state') ?? '';
    const query = new URLSearchParams({ code, state });
    const page = await (await fetch(`${stage.url}/sign-in/done?${query}`)).text();
    return / data-state="([\w-]+)"/.exec(page)?.[1] ?? assert.fail(page);
  }
  async function signedIn(claims?: string): Promise<string> {
    stage.house.answers(demand(claims));
    const asked = await stage.post(stage.press());
    stage.house.answers(done);
    return goThrough(asked);
  }
  const says = ({ json }: Posted): unknown => json.value.code ?? json.value;

  it('goes on by itself with what the window handed over', async () => {
    const state = await signedIn(c1);
    assert.equal(says(await stage.post(stage.press({ state }))), 'Done.');
    const [redeemed] = stage.userTokens.redeemed;
    assert.equal(redeemed?.person, person);
    assert.equal(redeemed?.window.code, 'the-code');
    assert.equal(redeemed?.window.stronger, true);
    assert.equal(redeemed?.window.redirectUri, 'https://bot.example/sign-in/done');
  });

  it('goes on just as well where the client hands nothing over, and uses the code once', async () => {
    await signedIn();
    assert.equal(says(await stage.post(stage.press())), 'Done.');
    assert.equal(says(await stage.post(stage.press())), 'Done.');
    assert.equal(stage.userTokens.redeemed.length, 1);
    assert.equal(stage.userTokens.redeemed[0]?.window.stronger, false);
  });

  it('redeems before it takes the plain token that came along', async () => {
    const state = await signedIn(c1);
    const authentication = { id: '1', connectionName: 'latchkey', token: 'plain' };
    await stage.post(stage.press({ state, authentication }));
    assert.equal(stage.userTokens.redeemed.length, 1);
    assert.equal(stage.userTokens.accepted.length, 1);
  });

  it('is of no use to anybody else', async () => {
    const state = await signedIn(c1);
    const other = { from: { id: '29:other', name: 'Ben', aadObjectId: person.replace(/.$/, 'f') } };
    const answer = await stage.post(stage.press({ state }, other));
    assert.equal(answer.json.type, login);
    assert.deepEqual(stage.userTokens.redeemed, []);
    assert.equal(stage.house.ran.length, 1, 'only the press that asked');
  });

  it('leads to the choice of an account when somebody else signed in', async () => {
    const state = await signedIn(c1);
    stage.userTokens.refuseWindowsWith(identityError('identity.token-refused'));
    const { json } = await stage.post(stage.press({ state }));
    const link = new URL(json.value.buttons[0].value);
    const start = await fetch(`${stage.url}${link.pathname}${link.search}`, { redirect: 'manual' });
    const consent = new URL(start.headers.get('location') ?? '');
    assert.equal(consent.searchParams.get('prompt'), 'select_account');
  });

  it('says plainly that a code was used before, and the next press stands alone', async () => {
    const state = await signedIn(c1);
    stage.userTokens.refuseWindowsWith(identityError('identity.sign-in-spent'));
    const { status, json } = await stage.post(stage.press({ state }));
    assert.equal(status, 200);
    assert.equal(json.value.code, 'identity.sign-in-spent');
    assert.match(json.value.message, /press the button again/);
    assert.equal(says(await stage.post(stage.press())), 'Done.');
  });

  it('does not mind that what waits here was redeemed elsewhere', async () => {
    await signedIn();
    stage.userTokens.refuseWindowsWith(identityError('identity.sign-in-spent'));
    assert.equal(says(await stage.post(stage.press())), 'Done.');
  });

  it('ends where the same is asked for again, however it is written', async () => {
    const state = await signedIn(c1);
    stage.house.answers(demand(c1Spaced));
    const { json } = await stage.post(stage.press({ state }));
    assert.equal(json.value.code, 'identity.step-up-useless');
    assert.match(json.value.message, /Tell your administrator/);
    assert.equal(says(await stage.post(stage.press())), 'identity.step-up-useless');
    now += 5 * minute;
    assert.equal((await stage.post(stage.press())).json.type, login, 'it may help later');
  });

  it('may be asked for another proof, but not back and forth', async () => {
    const first = await signedIn(c1);
    stage.house.answers(demand(c2));
    const asked = await stage.post(stage.press({ state: first }));
    assert.equal(asked.json.type, login);
    const second = await goThrough(asked, 'another-code');
    stage.house.answers(demand(c1));
    assert.equal(says(await stage.post(stage.press({ state: second }))), 'identity.step-up-useless');
  });

  it('is worth nothing after ten minutes', async () => {
    const state = await signedIn();
    now += 10 * minute + 1;
    await stage.post(stage.press({ state }));
    assert.deepEqual(stage.userTokens.redeemed, []);
  });

  it('leaves no trace of the code', async () => {
    const state = await signedIn(c1);
    stage.userTokens.refuseWindowsWith(new Error('unforeseen'));
    await stage.post(stage.press({ state }));
    const log = JSON.stringify(stage.log.lines);
    for (const secret of ['the-code', state]) assert.ok(!log.includes(secret));
  });
});
