import { randomBytes } from 'node:crypto';
import { Registry } from 'prom-client';
import { type Clock, systemClock } from '../src/base/clock.js';
import { type Config, type Env, explainProblems, readConfig } from '../src/base/config.js';
import { systemIds } from '../src/base/ids.js';
import { createLog, type Log } from '../src/base/log.js';
import { projectRoot } from '../src/base/project-root.js';
import { systemSleep } from '../src/base/sleep.js';
import { createRenderer } from '../src/cards/render.js';
import { createHouse, houseJobs } from '../src/flows/house.js';
import { myAccess } from '../src/flows/links.js';
import type { HouseServices } from '../src/flows/turn.js';
import { createGraph } from '../src/graph/create-graph.js';
import { serviceOf } from '../src/graph/url.js';
import { createIdentity } from '../src/identity/create-identity.js';
import { createKeySet } from '../src/identity/key-set.js';
import { type Alarm, createAlarm } from '../src/jobs/alarm.js';
import { deliverCard } from '../src/jobs/deliver-card.js';
import type { Delivery } from '../src/jobs/delivery.js';
import { enqueue } from '../src/jobs/enqueue.js';
import { createJobLoop, type JobLoop } from '../src/jobs/job-loop.js';
import { postChannel } from '../src/jobs/post-channel.js';
import { retireCard } from '../src/jobs/retire-card.js';
import { loadPolicy } from '../src/policy/load-policy.js';
import type { Policy } from '../src/policy/policy.js';
import { openStore } from '../src/store/open-store.js';
import type { Store } from '../src/store/store.js';
import { createOutbound, startEdge } from './edge.js';
import { flows } from './flows.js';

export interface Bot {
  readonly port: number;
  readonly store: Store;
  /** The clock was moved: what was planned for a future that is gone must not wait for it. */
  clockMoved(): Promise<void>;
  close(): Promise<void>;
}

/** The only place where services are made. `clock` is what a person's dates and the jobs go by; tokens keep real time. */
export async function startBot(env: Env, { clock }: { readonly clock: Clock }): Promise<Bot> {
  const read = readConfig(env);
  if (read.kind === 'problems') throw new Error(explainProblems(read.problems));
  const { config } = read;
  const log = createLog({ level: config.logLevel });
  const policy = await loadPolicy(config.policyFile);
  const store = await openDatabase(config, log);
  const outside = outsideWorld(config, log);
  const alarm = createAlarm();
  const services: HouseServices = {
    store,
    clock,
    ids: systemIds,
    log,
    policy,
    graph: outside.graph,
    contexts: outside.userTokens.contexts,
    tenantId: config.identity.tenantId,
    owner: systemIds.guid(),
    sleep: systemSleep,
    wake: alarm.ring,
  };
  const loop = jobLoop(services, outside.outbound.sender, alarm);
  const edge = await startEdge({
    ...outside,
    config,
    clock: systemClock,
    sleep: systemSleep,
    log,
    ids: systemIds,
    house: createHouse(services, flows),
    scopesOf: (verb) => scopesIn(policy, verb),
    linkKey: config.bot.linkKey === undefined ? randomBytes(32) : Buffer.from(config.bot.linkKey),
    portalUrl: myAccess(config.identity.tenantId, 'access-packages'),
    ready: async () => void (await store.db.selectFrom('jobs').select('id').limit(1).execute()),
  });
  await queueStarts(services);
  loop.start();
  return {
    port: edge.port,
    store,
    clockMoved: () => queueStarts(services).then(alarm.ring),
    // In this order: no new clicks, then no new jobs, then nobody needs the store any more.
    close: async () => {
      await edge.close();
      await loop.stop();
      await store.close();
    },
  };
}

function openDatabase({ store }: Config, log: Log): Promise<Store> {
  return openStore({
    dataDir: store.folder,
    ...(store.kind === 'postgres' ? { databaseUrl: store.url } : {}),
    onLost: (error) => log.warn({ error }, 'a connection to the database was lost'),
  });
}

function jobLoop(services: HouseServices, delivery: Delivery, alarm: Alarm): JobLoop {
  const { store, clock, ids, log } = services;
  const handlers = {
    ...houseJobs(services, flows),
    'card.deliver': deliverCard({ store, clock, delivery }),
    'card.retire': retireCard({ store, delivery }),
    'channel.post': postChannel({ store, clock, log, delivery }),
  };
  return createJobLoop({ store, clock, ids, log, handlers, random: Math.random, alarm });
}

function queueStarts({ store, clock }: HouseServices): Promise<void> {
  return store.write(async (tx) => {
    for (const job of flows.flatMap((flow) => flow.starts)) await enqueue(tx, clock, job);
  });
}

/** Everything that talks to Microsoft, by the addresses of the configuration. */
function outsideWorld(config: Config, log: Log) {
  const registry = new Registry();
  const renderer = createRenderer({ root: projectRoot() });
  const { userTokens, appTokens } = createIdentity(config.identity, { clock: systemClock, log });
  const graph = createGraph({
    graphUrl: config.graphUrl,
    azureUrl: config.azureUrl,
    userTokens,
    appTokens,
    clock: systemClock,
    log,
    random: Math.random,
  });
  const metadataUrl = config.bot.channelMetadataUrl;
  const channelKeys = createKeySet({ metadataUrl, clock: systemClock, log });
  const outbound = createOutbound({
    config,
    appTokens,
    renderer,
    clock: systemClock,
    sleep: systemSleep,
    log,
    registry,
  });
  return { registry, renderer, userTokens, graph, channelKeys, outbound };
}

/** What a sign-in asks a person to agree to: nothing of Azure where the policy has switched it off. */
function scopesIn({ pim }: Policy, verb: string): readonly string[] {
  const scopes = flows.flatMap((flow) => flow.verbs).find(({ name }) => name === verb)?.scopes ?? [];
  return pim.azure ? scopes : scopes.filter((scope) => serviceOf(scope) !== 'azure');
}
