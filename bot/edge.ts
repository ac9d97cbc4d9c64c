import type { Registry } from 'prom-client';
import type { Clock } from '../src/base/clock.js';
import type { Config } from '../src/base/config.js';
import type { Ids } from '../src/base/ids.js';
import type { Log } from '../src/base/log.js';
import type { Sleep } from '../src/base/sleep.js';
import type { Renderer } from '../src/cards/render.js';
import type { House } from '../src/flows/flow.js';
import type { KeySet } from '../src/identity/key-set.js';
import type { AppTokens, UserTokens } from '../src/identity/tokens.js';
import type { Delivery } from '../src/jobs/delivery.js';
import { TeamsAdapter } from './adapter.js';
import { createApplication } from './application.js';
import { BotAuth } from './bot-auth.js';
import { createChannelAuth } from './channel-auth.js';
import { type Connectors, createConnectors } from './connectors.js';
import { createContacts } from './contact.js';
import { createDoor } from './door.js';
import { createFileCards, type FileCards } from './file-cards.js';
import { createFileHosts } from './file-hosts.js';
import { addMessagesRoute, type Turn } from './messages-route.js';
import { createEdgeMetrics, type EdgeMetrics } from './metrics.js';
import { createExplain } from './problem.js';
import { createSendLimits } from './rate-limit.js';
import { createSealedValues } from './sealed-value.js';
import { createSender } from './sender.js';
import { createHttp, type Listening, listen } from './server.js';
import { createServiceHosts, type ServiceHosts } from './service-url.js';
import { createSignIn, type SignIn } from './sign-in.js';
import { addSignInPages } from './sign-in-pages.js';
import { createSignInWindows, type SignInWindows } from './sign-in-windows.js';
import { createSilentTries } from './silent-tries.js';
import { createUpload } from './upload.js';

export interface OutboundParts {
  readonly config: Config;
  readonly appTokens: AppTokens;
  readonly renderer: Renderer;
  /** Real time, also in practice: tokens and rate limits know no other. */
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly log: Log;
  readonly registry: Registry;
  readonly random?: () => number;
}

/** The way out to Teams; the jobs of the house need it before the way in is open. */
export interface Outbound {
  readonly sender: Delivery;
  readonly fileCards: FileCards;
  readonly connectors: Connectors;
  readonly hosts: ServiceHosts;
  readonly metrics: EdgeMetrics;
}

export function createOutbound(parts: OutboundParts): Outbound {
  const { config, appTokens, renderer, clock, sleep, log } = parts;
  const hosts = createServiceHosts(config.bot.serviceHosts);
  const metrics = createEdgeMetrics(parts.registry);
  const connectors = createConnectors({ tokens: appTokens, hosts });
  const limits = createSendLimits({ clock, sleep });
  const { appId } = config.identity;
  const random = parts.random ?? Math.random;
  const calls = { connectors, limits, clock, sleep, log, metrics, appId, random };
  const sender = createSender({ ...calls, renderer });
  return { sender, fileCards: createFileCards(calls), connectors, hosts, metrics };
}

export interface EdgeParts extends Omit<OutboundParts, 'appTokens' | 'random'> {
  readonly outbound: Outbound;
  readonly house: House;
  readonly userTokens: UserTokens;
  /** Signing keys of the Bot Framework (config.bot.channelMetadataUrl). */
  readonly channelKeys: KeySet;
  readonly ids: Ids;
  /** Delegated Graph permissions of a verb, for the consent page. */
  readonly scopesOf: (verb: string) => readonly string[];
  /** Seals links; the same for all instances behind one address. */
  readonly linkKey: Uint8Array;
  readonly portalUrl: string;
  ready(): Promise<void>;
}

/** Opens the way in. */
export function startEdge(parts: EdgeParts): Promise<Listening> {
  const { config, outbound, channelKeys, clock, log } = parts;
  const { appId, tenantId } = config.identity;
  const signIn = createSignIn({
    values: createSealedValues({ key: parts.linkKey, clock }),
    publicUrl: config.bot.publicUrl,
    signInUrl: config.identity.signInUrl,
    tenantId,
    appId,
    ids: parts.ids,
  });
  const windows = createSignInWindows(clock);
  const channelAuth = createChannelAuth({ appId, keys: channelKeys, clock });
  const door = createDoor({ tenantId, hosts: outbound.hosts, channelAuth });

  const server = createHttp({ ...parts, metrics: config.bot.metrics });
  addSignInPages(server, { signIn, windows, publicUrl: config.bot.publicUrl });
  addMessagesRoute(server, {
    door,
    turn: createTurn({ ...parts, signIn, windows }),
    log,
    metrics: outbound.metrics,
  });
  return listen(server, config.bot.port, config.bot.host);
}

interface TurnParts extends EdgeParts {
  readonly signIn: SignIn;
  readonly windows: SignInWindows;
}

function createTurn(parts: TurnParts): Turn {
  const { config, outbound, house, log, ids, clock } = parts;
  const { appId, tenantId, ssoResource } = config.identity;
  const explain = createExplain({ log, ids });
  const adapter = new TeamsAdapter(new BotAuth(outbound.connectors), appId);
  const { sender, fileCards } = outbound;
  const fileHosts = createFileHosts(config.bot.driveUrl);
  const upload = createUpload({ fetch, log });
  const app = createApplication({
    adapter,
    log,
    contacts: createContacts(house, tenantId, log),
    cardAction: {
      ...parts,
      ...{ fileCards, silentTries: createSilentTries(clock), explain, tenantId, ssoResource },
    },
    fileConsent: { ...parts, sender, fileCards, fileHosts, upload, explain, tenantId },
    message: { ...parts, sender, explain, tenantId },
  });
  return async (activity) => {
    const answer = await adapter.answer(activity, async (context) => {
      await app.run(context);
    });
    return { status: answer?.status ?? 200, body: answer?.body };
  };
}
