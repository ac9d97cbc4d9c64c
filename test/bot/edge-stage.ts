import { Registry } from 'prom-client';
import { createOutbound, startEdge } from '../../bot/edge.js';
import { type Clock, systemClock } from '../../src/base/clock.js';
import type { Config } from '../../src/base/config.js';
import { systemIds } from '../../src/base/ids.js';
import type { Log } from '../../src/base/log.js';
import { systemSleep } from '../../src/base/sleep.js';
import type { Renderer } from '../../src/cards/render.js';
import { createKeySet } from '../../src/identity/key-set.js';
import {
  appId,
  type ChannelKey,
  channelToken,
  type Metadata,
  makeKey,
  person,
  startMetadata,
  tenantId,
} from './channel.js';
import { type FakeConnector, startConnector } from './fake-connector.js';
import { createFakeHouse, createFakeUserTokens, type FakeHouse, type FakeUserTokens } from './fake-house.js';

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

export function createListLog(): Log & { readonly lines: LogLine[] } {
  const lines: LogLine[] = [];
  const at = (level: LogLine['level']) => (fields: object, message: string) => {
    lines.push({ level, fields: { ...fields }, message });
  };
  return { lines, debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

/** Shows what would be drawn, without drawing it; one template is broken. */
export const plainRenderer: Renderer = {
  render: ({ template, view }) => {
    if (template === 'test/broken') throw new Error('secret place in a template');
    return { content: { type: 'AdaptiveCard', template, view }, summary: template, bytes: 100 };
  },
};

export const noFetchTokens = { tokenFor: async (): Promise<string> => 'app token' };

export function edgeConfig(changes: { readonly metadataUrl?: string } = {}): Config {
  return {
    production: false,
    logLevel: 'silent',
    policyFile: 'policy.yaml',
    graphUrl: 'https://graph.microsoft.com',
    azureUrl: 'https://management.azure.com',
    bot: {
      port: 0,
      host: '127.0.0.1',
      publicUrl: 'https://bot.example',
      channelMetadataUrl: changes.metadataUrl ?? '',
      serviceHosts: ['127.0.0.1'],
      metrics: 'loopback',
    },
    identity: {
      appId,
      tenantId,
      appType: 'SingleTenant',
      credential: { kind: 'managed-identity' },
      signInUrl: 'https://login.example',
      ssoResource: `api://botid-${appId}`,
    },
    store: { kind: 'sqlite', folder: '' },
  };
}

export interface EdgeStage {
  readonly url: string;
  readonly key: ChannelKey;
  readonly metadata: Metadata;
  readonly connector: FakeConnector;
  readonly house: FakeHouse;
  readonly userTokens: FakeUserTokens;
  readonly log: ReturnType<typeof createListLog>;
  readonly registry: Registry;
  readonly registryText: () => Promise<string>;
  /** An activity as Teams sends it, with some fields changed. */
  activity(changes?: object): Record<string, unknown>;
  press(value?: object, changes?: object): Record<string, unknown>;
  /** Posts to /api/messages; signed well unless headers say otherwise. */
  post(body: unknown, headers?: Readonly<Record<string, string>>): Promise<Posted>;
  notReady(error: Error): void;
  close(): Promise<void>;
}

export interface Posted {
  readonly status: number;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: what came back is looked at field by field.
  readonly json: any;
  readonly headers: Headers;
}

export interface StageOptions {
  readonly clock?: Clock;
  readonly key?: ChannelKey;
  /** The key endpoint is down when the edge starts. */
  readonly metadataDown?: boolean;
  readonly sleep?: typeof systemSleep;
}

/** Making a key takes longer than most tests. */
const usualKey = makeKey();

/** A whole edge on a real port, with a house, a key endpoint and a connector of the test. */
export async function openEdge(options: StageOptions = {}): Promise<EdgeStage> {
  const key = options.key ?? usualKey;
  const metadata = await startMetadata(key);
  metadata.outage(options.metadataDown ?? false);
  const connector = await startConnector();
  const [house, userTokens, log, registry] = [
    createFakeHouse(),
    createFakeUserTokens(),
    createListLog(),
    new Registry(),
  ];
  const clock = options.clock ?? systemClock;
  const config = edgeConfig({ metadataUrl: metadata.url });
  const shared = {
    config,
    renderer: plainRenderer,
    clock,
    sleep: options.sleep ?? systemSleep,
    log,
    registry,
  };
  let unready: Error | undefined;
  const edge = await startEdge({
    ...shared,
    outbound: createOutbound({ ...shared, appTokens: noFetchTokens }),
    house,
    userTokens,
    channelKeys: createKeySet({ metadataUrl: metadata.url, clock, log }),
    ids: systemIds,
    scopesOf: (verb) => (verb === 'test.press' ? ['User.Read.All'] : []),
    linkKey: Buffer.from('a key of the test'),
    portalUrl: 'https://portal.example',
    ready: async () => {
      if (unready !== undefined) throw unready;
    },
  });
  const url = `http://127.0.0.1:${edge.port}`;

  const activity = (changes: object = {}): Record<string, unknown> => ({
    type: 'message',
    id: 'activity-1',
    channelId: 'msteams',
    serviceUrl: connector.url,
    from: { id: '29:person', name: 'Ada Example', aadObjectId: person },
    recipient: { id: `28:${appId}`, name: 'Latchkey' },
    conversation: { id: 'a:chat', conversationType: 'personal', tenantId },
    channelData: { tenant: { id: tenantId } },
    text: 'hello',
    ...changes,
  });

  return {
    url,
    key,
    metadata,
    connector,
    house,
    userTokens,
    log,
    registry,
    registryText: () => registry.metrics(),
    activity,
    press: (value = {}, changes = {}) =>
      activity({
        type: 'invoke',
        name: 'adaptiveCard/action',
        text: undefined,
        replyToId: 'message-7',
        value: {
          action: { type: 'Action.Execute', verb: 'test.press', data: { ref: 'r1' } },
          trigger: 'manual',
          ...value,
        },
        ...changes,
      }),
    post: async (body, headers = {}) => {
      const response = await fetch(`${url}/api/messages`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${channelToken(key, connector.url)}`,
          ...headers,
        },
        body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
      });
      const text = await response.text();
      return { status: response.status, text, json: jsonOf(text), headers: response.headers };
    },
    notReady: (error) => {
      unready = error;
    },
    close: async () => {
      await edge.close();
      await metadata.close();
      await connector.close();
    },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
