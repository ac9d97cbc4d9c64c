import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, request } from 'node:http';
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
import type { Request } from '../../src/flows/flow.js';
import { createIdentity } from '../../src/identity/create-identity.js';
import { createKeySet } from '../../src/identity/key-set.js';
import type { UserTokens } from '../../src/identity/tokens.js';
import type { Delivery } from '../../src/jobs/delivery.js';
import { createListLog } from './edge-stage.js';
import { createFakeHouse, type FakeHouse } from './fake-house.js';

export const scopes = ['User.Read.All'];

export interface Shown {
  readonly id: string;
  readonly card?: { readonly body: readonly { readonly text?: string }[]; readonly refresh?: unknown };
  readonly prompt?: { readonly url: string; readonly text: string };
  readonly notice?: { readonly kind: string; readonly text: string };
}

/** What the verb of a press does, with the tokens of the instance that it came to. */
export type Work = (request: Request, userTokens: UserTokens) => Promise<void>;

/** Edges and the practice tenant's Teams, over real HTTP with real tokens; only the house is the test's. */
export interface PracticeEdge {
  readonly practice: Practice;
  /** Of the first instance; the second one has one of its own. */
  readonly house: FakeHouse;
  readonly sender: Delivery;
  readonly log: ReturnType<typeof createListLog>;
  works(work: Work): void;
  remote(route: string, body?: unknown): Promise<unknown>;
  newest(person: string): Promise<Shown>;
  /** A card of this person, waiting for its button to be pressed; answers its id. */
  ask(person: string): Promise<string>;
  press(person: string, card: string): Promise<Shown>;
  close(): Promise<void>;
}

interface Instance {
  readonly edge: Listening;
  readonly house: FakeHouse;
  readonly sender: Delivery;
}

/** With `pages: 'apart'` there are two instances behind one address: pages go to one, messages to the other. */
export async function openPracticeEdge({ pages = 'together' } = {}): Promise<PracticeEdge> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'latchkey-edge-'));
  const log = createListLog();
  // Each has to know the other's address first: a port is taken for the bot, and given back at once.
  const port = await freePort();
  const practice = await startPractice({ port: 0, botUrl: `http://127.0.0.1:${port}`, dataDir });
  let work: Work = async ({ actor }, userTokens) => void (await userTokens.tokenFor(actor, scopes));

  async function instance(ownPort: number): Promise<Instance> {
    const read = readConfig(environment(practice.url, { ownPort, port }));
    if (read.kind !== 'ok') assert.fail(JSON.stringify(read.problems));
    const house = createFakeHouse();
    const { config } = read;
    const { userTokens, appTokens } = createIdentity(config.identity, { clock: systemClock, log });
    const renderer = createRenderer({ root: projectRoot() });
    const registry = new Registry();
    const shared = { config, renderer, clock: systemClock, sleep: systemSleep, log, registry };
    const outbound = createOutbound({ ...shared, appTokens });
    const edge = await startEdge({
      ...shared,
      outbound,
      house,
      userTokens,
      channelKeys: createKeySet({ metadataUrl: config.bot.channelMetadataUrl, clock: systemClock, log }),
      ids: systemIds,
      scopesOf: () => scopes,
      linkKey: Buffer.from('a key of the test'),
      portalUrl: 'https://portal.example',
      ready: async () => {},
    });
    house.answers(async (asked) => {
      await work(asked, userTokens);
      return { kind: 'card', card: notice('Here you are') };
    });
    return { edge, house, sender: outbound.sender };
  }

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
  const newest = async (person: string): Promise<Shown> => {
    const timeline = (await remote(`/people/${person}/timeline?settled=true`)) as Shown[];
    return timeline.at(-1) ?? assert.fail('an empty chat');
  };

  const first = await instance(pages === 'together' ? port : 0);
  const second = pages === 'together' ? undefined : await instance(0);
  const proxy = second && (await splitter(port, { pages: first.edge.port, messages: second.edge.port }));

  return {
    practice,
    house: first.house,
    sender: first.sender,
    log,
    works: (next) => {
      work = next;
    },
    remote,
    newest,
    ask: async (person) => {
      await remote(`/people/${person}/messages`, { text: 'packages' });
      return (await newest(person)).id;
    },
    press: async (person, card) => {
      const data = { text: 'packages' };
      await remote(`/people/${person}/cards/${card}/actions`, { verb: 'test.hear', data });
      return newest(person);
    },
    close: async () => {
      proxy?.close();
      proxy?.closeAllConnections();
      await first.edge.close();
      await second?.edge.close();
      await practice.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export function notice(title: string) {
  return {
    template: 'shared/notice',
    view: { title, text: 'A list.', next: '', reference: '', portalUrl: 'https://portal.example' },
  } as const;
}

/** One address, as a load balancer has it. */
async function splitter(port: number, to: { readonly pages: number; readonly messages: number }) {
  const server = createServer((req, res) => {
    const target = req.url?.startsWith('/sign-in/') ? to.pages : to.messages;
    const options = {
      host: '127.0.0.1',
      port: target,
      path: req.url,
      method: req.method,
      headers: req.headers,
    };
    const onward = request(options, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    req.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}

function environment(practiceUrl: string, { ownPort, port }: { ownPort: number; port: number }) {
  return {
    MICROSOFT_APP_ID: appId,
    MICROSOFT_APP_TENANT_ID: tenantId,
    MICROSOFT_APP_TYPE: 'SingleTenant',
    MICROSOFT_APP_PASSWORD: appSecret,
    LATCHKEY_CREDENTIAL: 'secret',
    LATCHKEY_HOST: '127.0.0.1',
    LATCHKEY_PORT: String(ownPort),
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
