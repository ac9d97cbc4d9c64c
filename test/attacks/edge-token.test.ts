import assert from 'node:assert/strict';
import {
  appId,
  channelToken,
  confusedToken,
  makeKey,
  otherTenantId,
  type TokenChanges,
  unsignedToken,
} from '../bot/channel.js';
import { type EdgeStage, openEdge, type Posted } from '../bot/edge-stage.js';

/** Turned away: no word in the answer, one line in the log, and nobody inside has noticed. */
function assertTurnedAway(stage: EdgeStage, answer: Posted, status: number, reason: string): void {
  assert.equal(answer.status, status);
  assert.equal(answer.text, '');
  assert.equal(answer.headers.get('content-type'), null);
  assert.deepEqual(
    stage.log.lines.map(({ fields }) => ({ ...fields })),
    [{ status, ...reasonFields(status, reason) }],
  );
  assert.deepEqual(stage.house.ran, []);
  assert.deepEqual(stage.house.contacts, []);
  assert.deepEqual(stage.connector.calls, []);
}

function reasonFields(status: number, reason: string): object {
  return status === 401 ? { reason: 'token', detail: reason } : { reason };
}

describe('attacks on the edge: the token', () => {
  let stage: EdgeStage;
  beforeEach(async () => {
    stage = await openEdge();
  });
  afterEach(() => stage.close());

  const withToken = (token: string): Promise<Posted> =>
    stage.post(stage.press(), { authorization: `Bearer ${token}` });
  const changed = (changes: TokenChanges): Promise<Posted> =>
    withToken(channelToken(stage.key, stage.connector.url, changes));

  it('lets a good one in', async () => {
    assert.equal((await stage.post(stage.press())).status, 200);
    assert.equal(stage.house.ran.length, 1);
  });

  it('refuses a signature by another key of the same name', async () => {
    const forged = channelToken(makeKey(), stage.connector.url, { kid: stage.key.kid });
    assertTurnedAway(stage, await withToken(forged), 401, 'bad signature');
  });

  it('refuses claims that were changed after signing', async () => {
    const [head, , signature] = channelToken(stage.key, stage.connector.url).split('.');
    const [, claims] = channelToken(stage.key, stage.connector.url, { expiresIn: 7200 }).split('.');
    assertTurnedAway(stage, await withToken(`${head}.${claims}.${signature}`), 401, 'bad signature');
  });

  it('refuses alg none', async () => {
    const answer = await withToken(unsignedToken(stage.key, stage.connector.url));
    assert.equal(answer.status, 401);
    assert.equal(answer.text, '');
    assert.equal(stage.log.lines.length, 1);
    assert.deepEqual(stage.house.ran, []);
  });

  it('refuses alg none with something in place of a signature', async () => {
    const answer = await withToken(`${unsignedToken(stage.key, stage.connector.url)}AAAA`);
    assertTurnedAway(stage, answer, 401, 'header is not RS256 with a kid');
  });

  it('refuses HS256 with the public key as the secret', async () => {
    const answer = await withToken(confusedToken(stage.key, stage.connector.url));
    assertTurnedAway(stage, answer, 401, 'header is not RS256 with a kid');
  });

  it('refuses an expired one', async () => {
    assertTurnedAway(stage, await changed({ expiresIn: -301, notBefore: -3600 }), 401, 'expired');
  });

  it('refuses one of the future', async () => {
    assertTurnedAway(stage, await changed({ notBefore: 330 }), 401, 'not valid yet');
  });

  it('forgives clocks that differ by less than five minutes', async () => {
    assert.equal((await changed({ expiresIn: -200, notBefore: -3600 })).status, 200);
    assert.equal((await changed({ notBefore: 200 })).status, 200);
  });

  it('refuses one for another bot', async () => {
    assertTurnedAway(stage, await changed({ audience: otherTenantId }), 401, 'wrong audience');
  });

  it('refuses one for several bots, ours among them', async () => {
    const answer = await changed({ audience: [appId, otherTenantId] });
    assert.equal(answer.status, 401);
    assert.equal(answer.text, '');
    assert.equal(stage.log.lines.length, 1);
    assert.deepEqual(stage.house.ran, []);
  });

  it('refuses one of another issuer', async () => {
    const issuer = 'https://login.microsoftonline.com/common/v2.0';
    assertTurnedAway(stage, await changed({ issuer }), 401, 'wrong issuer');
  });

  it('refuses a key nobody knows', async () => {
    assertTurnedAway(stage, await changed({ kid: 'unknown' }), 401, 'unknown key');
  });

  it('refuses a key that may not speak for Teams', async () => {
    const other = makeKey(['webchat', 'directline']);
    stage.metadata.publish(stage.key, other);
    const answer = await withToken(channelToken(other, stage.connector.url));
    assertTurnedAway(stage, answer, 401, 'key not endorsed for Teams');
  });

  it('refuses a token made for another service url', async () => {
    const answer = await changed({ serviceUrl: 'https://smba.trafficmanager.net/emea/' });
    assertTurnedAway(stage, answer, 401, 'token is for another service url');
  });

  it('refuses a token without a service url', async () => {
    assertTurnedAway(
      stage,
      await changed({ serviceUrl: undefined }),
      401,
      'token is for another service url',
    );
  });

  it('does not take a token it has seen for another service url either', async () => {
    const token = channelToken(stage.key, stage.connector.url);
    assert.equal((await withToken(token)).status, 200);
    const elsewhere = stage.press({}, { serviceUrl: 'https://smba.trafficmanager.net/emea/' });
    const answer = await stage.post(elsewhere, { authorization: `Bearer ${token}` });
    assert.equal(answer.status, 401);
    assert.equal(stage.house.ran.length, 1);
  });

  for (const [what, authorization, detail] of [
    ['no token', '', 'no token'],
    ['a lower-case bearer', 'bearer x.y.z', 'not a bearer token'],
    ['another scheme', 'Basic dXNlcjpwYXNz', 'not a bearer token'],
    ['something that is no token', 'Bearer hello', 'not a JWT'],
    ['two tokens', 'Bearer a.b.c Bearer d.e.f', 'not a bearer token'],
  ] as const) {
    it(`refuses ${what}`, async () => {
      assertTurnedAway(stage, await stage.post(stage.press(), { authorization }), 401, detail);
    });
  }

  it('refuses a good token behind a lower-case bearer', async () => {
    const authorization = `bearer ${channelToken(stage.key, stage.connector.url)}`;
    assertTurnedAway(stage, await stage.post(stage.press(), { authorization }), 401, 'not a bearer token');
  });

  it('never writes a token, an address or a text into the log', async () => {
    const token = channelToken(makeKey(), stage.connector.url);
    await stage.post(stage.activity({ text: 'my secret text' }), { authorization: `Bearer ${token}` });
    const logged = JSON.stringify(stage.log.lines);
    assert.ok(!logged.includes(token.slice(0, 20)));
    assert.ok(!logged.includes('my secret text'));
  });

  it('counts what it turns away', async () => {
    await stage.post(stage.press(), { authorization: '' });
    assert.match(await stage.registryText(), /latchkey_edge_refused_total\{reason="token"\} 1/);
  });
});
