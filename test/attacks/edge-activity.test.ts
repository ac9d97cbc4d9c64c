import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { otherTenantId, tenantId } from '../bot/channel.js';
import { type EdgeStage, openEdge, type Posted } from '../bot/edge-stage.js';

function assertTurnedAway(stage: EdgeStage, answer: Posted, status: number, reason: string): void {
  assert.equal(answer.status, status);
  assert.equal(answer.text, '');
  assert.deepEqual(
    stage.log.lines.map(({ fields }) => fields),
    [{ status, reason }],
  );
  assert.deepEqual(stage.house.ran, []);
  assert.deepEqual(stage.house.contacts, []);
  assert.deepEqual(stage.connector.calls, []);
}

describe('attacks on the edge: what is sent, with a perfect token', () => {
  let stage: EdgeStage;
  beforeEach(async () => {
    stage = await openEdge();
  });
  afterEach(() => stage.close());

  const cases: readonly (readonly [string, object, number, string])[] = [
    ['no service url', { serviceUrl: undefined }, 400, 'shape'],
    ['an empty service url', { serviceUrl: '' }, 403, 'no-service-url'],
    ['a service url on a foreign host', { serviceUrl: 'https://evil.example/' }, 403, 'service-host'],
    [
      'a host that only begins well',
      { serviceUrl: 'https://smba.trafficmanager.net.evil.example/' },
      403,
      'service-host',
    ],
    ['a host that only ends well', { serviceUrl: 'https://evilbotframework.com/' }, 403, 'service-host'],
    ['Teams without https', { serviceUrl: 'http://smba.trafficmanager.net/emea/' }, 403, 'service-host'],
    [
      'a user name in the service url',
      { serviceUrl: 'https://a@smba.trafficmanager.net/' },
      403,
      'service-host',
    ],
    ['a loopback nobody configured', { serviceUrl: 'http://localhost:3979/' }, 403, 'service-host'],
    ['a service url that is none', { serviceUrl: 'smba' }, 403, 'service-host'],
    ['no channel', { channelId: undefined }, 400, 'shape'],
    ['an empty channel', { channelId: '' }, 403, 'channel'],
    ['another channel', { channelId: 'emulator' }, 403, 'channel'],
    ['a channel in other letters', { channelId: 'MSTeams' }, 403, 'channel'],
    ['another tenant', { channelData: { tenant: { id: otherTenantId } } }, 403, 'other-tenant'],
    [
      'another tenant in the conversation',
      { conversation: { id: 'a:1', tenantId: otherTenantId } },
      403,
      'other-tenant',
    ],
    ['no tenant', { channelData: {}, conversation: { id: 'a:1' } }, 403, 'no-tenant'],
    ['an empty tenant', { channelData: { tenant: { id: '' } } }, 403, 'other-tenant'],
    ['nobody', { from: { id: '29:person' } }, 403, 'no-person'],
    ['somebody who is no GUID', { from: { id: '29:person', aadObjectId: 'admin' } }, 400, 'shape'],
    ['no sender', { from: undefined }, 400, 'shape'],
    ['no conversation', { conversation: undefined }, 400, 'shape'],
    ['no recipient', { recipient: undefined }, 400, 'shape'],
    ['a type that is no text', { type: 5 }, 400, 'shape'],
    ['no type', { type: undefined }, 400, 'shape'],
  ];
  for (const [what, changes, status, reason] of cases) {
    it(`refuses a press with ${what}`, async () => {
      assertTurnedAway(stage, await stage.post(stage.press({}, changes)), status, reason);
    });
  }

  it('takes its own tenant in any case of letters', async () => {
    const changes = { channelData: { tenant: { id: tenantId.toUpperCase() } } };
    assert.equal((await stage.post(stage.press({}, changes))).status, 200);
    assert.equal(stage.house.ran[0]?.actor.tenantId, tenantId);
  });

  it('refuses a body of 300 KB', async () => {
    const answer = await stage.post(stage.activity({ text: 'x'.repeat(300 * 1024) }));
    assertTurnedAway(stage, answer, 413, 'too-big');
  });

  it('refuses a body that says it is huge without reading it', async () => {
    const head = [
      'POST /api/messages HTTP/1.1',
      'host: bot',
      'content-type: application/json',
      'content-length: 5000000000',
      '\r\n',
    ].join('\r\n');
    assert.match(await rawly(stage.url, head), /^HTTP\/1\.1 413 /);
    assert.equal(stage.log.lines.length, 1);
  });

  it('refuses a packed body', async () => {
    const packed = gzipSync(JSON.stringify(stage.activity({ text: 'x'.repeat(1_000_000) })));
    const answer = await stage.post(packed, { 'content-encoding': 'gzip' });
    assertTurnedAway(stage, answer, 415, 'content-encoding');
  });

  for (const [what, body] of [
    ['no JSON', '{"type":'],
    ['nothing', ''],
    ['a list', '[]'],
    ['a list of activities', '[{"type":"message"}]'],
    ['a number', '5'],
    ['null', 'null'],
    ['an empty object', '{}'],
  ] as const) {
    it(`refuses ${what} as a body`, async () => {
      assertTurnedAway(stage, await stage.post(body), 400, 'shape');
    });
  }

  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', '']) {
    it(`refuses the content type "${type}"`, async () => {
      const answer = await stage.post(JSON.stringify(stage.press()), { 'content-type': type });
      assertTurnedAway(stage, answer, 415, 'content-type');
    });
  }

  it('answers other methods and other addresses with nothing', async () => {
    for (const [method, path, status] of [
      ['GET', '/api/messages', 405],
      ['PUT', '/api/messages', 405],
      ['POST', '/api/other', 404],
      ['GET', '/', 404],
    ] as const) {
      const response = await fetch(`${stage.url}${path}`, { method });
      assert.deepEqual([response.status, await response.text()], [status, ''], `${method} ${path}`);
    }
  });

  it('does not let an activity steer the SDK', async () => {
    const answer = await stage.post(
      stage.press({}, { deliveryMode: 'expectReplies', callerId: 'urn:botframework:x' }),
    );
    assert.equal(answer.json.type, 'application/vnd.microsoft.activity.message');
  });

  it('survives keys with a meaning in JavaScript', async () => {
    const value = '{"action":{"verb":"test.press","data":{"__proto__":{"admin":true},"constructor":1}}}';
    const body = JSON.stringify(stage.press()).replace(
      /"value":\{.*?\},"trigger":"manual"\}/,
      `"value":${value}`,
    );
    assert.ok(body.includes('__proto__'));
    assert.equal((await stage.post(body)).status, 200);
    assert.equal(Reflect.get({}, 'admin'), undefined);
  });
});

/** For requests that no HTTP client would send. */
function rawly(url: string, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname, () => socket.write(request));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk.toString('utf8');
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}
