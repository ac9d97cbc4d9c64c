import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Registry } from 'prom-client';
import { createOutbound, startEdge } from '../../bot/edge.js';
import type { Listening } from '../../bot/server.js';
import { type Practice, startPractice } from '../../practice/practice.js';
import { appId, appSecret, tenantId } from '../../practice/world/people.js';
import { systemClock } from '../../src/base/clock.js';
import { readConfig } from '../../src/base/config.js';
import { systemIds } from '../../src/base/ids.js';
import { projectRoot } from '../../src/base/project-root.js';
import { systemSleep } from '../../src/base/sleep.js';
import { createRenderer } from '../../src/cards/render.js';
import { createIdentity } from '../../src/identity/create-identity.js';
import { createKeySet } from '../../src/identity/key-set.js';
import { createListLog } from './edge-stage.js';
import { createFakeHouse, type FakeHouse } from './fake-house.js';

const scopes = ['User.Read.All'];

interface Shown {
  readonly id: string;
  readonly card?: { readonly body: readonly { readonly text?: string }[]; readonly refresh?: unknown };
  readonly prompt?: { readonly url: string };
}

/** The edge and the practice tenant's Teams, over real HTTP with real tokens; only the house is the test's. */
describe('the edge and a Teams that behaves like Teams', () => {
  let practice: Practice;
  let edge: Listening;
  let house: FakeHouse;
  let dataDir: string;

  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'latchkey-edge-'));
    house = createFakeHouse();
    const log = createListLog();
    // Each has to know the other's address first: a port is taken for the bot, and given back at once.
    const port = await freePort();
    const botUrl = `http://127.0.0.1:${port}`;
    practice = await startPractice({ port: 0, botUrl, dataDir });
    const read = readConfig(environment(practice.url, port));
    if (read.kind !== 'ok') assert.fail(JSON.stringify(read.problems));
    const { config } = read;
    const { userTokens, appTokens } = createIdentity(config.identity, { clock: systemClock, log });
    const renderer = createRenderer({ root: projectRoot() });
    const shared = {
      config,
      renderer,
      clock: systemClock,
      sleep: systemSleep,
      log,
      registry: new Registry(),
    };
    edge = await startEdge({
      ...shared,
      outbound: createOutbound({ ...shared, appTokens }),
      house,
      userTokens,
      channelKeys: createKeySet({ metadataUrl: config.bot.channelMetadataUrl, clock: systemClock, log }),
      ids: systemIds,
      scopesOf: () => scopes,
      linkKey: Buffer.from('a key of the test'),
      portalUrl: 'https://portal.example',
      ready: async () => {},
    });
    house.answers(async ({ actor }) => {
      await userTokens.tokenFor(actor, scopes);
      return { kind: 'card', card: notice('Here you are') };
    });
  });
  afterEach(async () => {
    await edge.close();
    await practice.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const notice = (title: string) => ({
    template: 'shared/notice',
    view: { title, text: 'Text', next: '', reference: '', portalUrl: 'https://portal.example' },
  });
  const remote = async (route: string, body?: unknown): Promise<unknown> => {
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    };
    const answer = await fetch(`${practice.url}/practice${route}`, body === undefined ? {} : init);
    assert.ok(answer.ok, `${route}: ${answer.status}`);
    return answer.json();
  };
  const newest = async (key: string): Promise<Shown> => {
    const timeline = (await remote(`/people/${key}/timeline?settled=true`)) as Shown[];
    return timeline.at(-1) ?? assert.fail('an empty chat');
  };

  it('learns where people are when the app is installed for them', async () => {
    await practice.announce();
    assert.ok(house.contacts.length >= 8);
    assert.ok(house.contacts.every(({ serviceUrl }) => serviceUrl.startsWith(practice.url)));
  });

  it('signs a person in silently when they write, and shows what they asked for', async () => {
    await remote('/people/engineer/messages', { text: 'packages' });
    const { card } = await newest('engineer');
    assert.equal(card?.body[0]?.text, 'Here you are');
  });

  it('signs a person in through the window when Teams cannot do it silently', async () => {
    await remote('/people/finance/sso', { silent: false });
    await remote('/people/finance/messages', { text: 'packages' });
    const waiting = await newest('finance');
    const { verb, data } = { verb: 'test.hear', data: { text: 'packages' } };
    await remote(`/people/finance/cards/${waiting.id}/actions`, { verb, data });
    const { prompt } = await newest('finance');
    const start = await fetch(prompt?.url ?? '', { redirect: 'manual' });
    const consent = start.headers.get('location') ?? '';
    assert.ok(consent.startsWith(`${practice.url}/sts/${tenantId}/oauth2/v2.0/authorize`));
    assert.equal((await fetch(consent)).status, 200);

    await remote(`/people/finance/cards/${waiting.id}/sign-in`, { state: 'done' });
    const { card } = await newest('finance');
    assert.equal(card?.body[0]?.text, 'Here you are');
  });

  it('does not let in people of another tenant', async () => {
    const answer = await remote('/people/outsider/activities', { text: 'packages' });
    assert.deepEqual(answer, { status: 403 });
    assert.deepEqual(house.ran, []);
  });
});

function environment(practiceUrl: string, port: number): Record<string, string> {
  return {
    MICROSOFT_APP_ID: appId,
    MICROSOFT_APP_TENANT_ID: tenantId,
    MICROSOFT_APP_TYPE: 'SingleTenant',
    MICROSOFT_APP_PASSWORD: appSecret,
    LATCHKEY_CREDENTIAL: 'secret',
    LATCHKEY_HOST: '127.0.0.1',
    LATCHKEY_PORT: String(port),
    LATCHKEY_PUBLIC_URL: `http://127.0.0.1:${port}`,
    LATCHKEY_SIGN_IN_URL: `${practiceUrl}/sts`,
    LATCHKEY_CHANNEL_METADATA_URL: `${practiceUrl}/connector/v1/.well-known/openidconfiguration`,
    LATCHKEY_SERVICE_HOSTS: '127.0.0.1',
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
