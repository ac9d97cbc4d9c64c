import { type Clock, second } from '../base/clock.js';
import type { Log } from '../base/log.js';
import { systemSleep } from '../base/sleep.js';
import type { Actor } from '../identity/actor.js';
import type { AppTokens, UserTokens } from '../identity/tokens.js';
import type { Call, Meaning } from './answer.js';
import { performBatch } from './batch.js';
import { appCaller, type Caller, personCaller } from './caller.js';
import type {
  BatchAnswer,
  BatchOptions,
  BatchRequest,
  GraphAs,
  GraphReader,
  ReadOptions,
  WriteOptions,
} from './graph.js';
import { pagesOf } from './paging.js';
import { type Asking, type PerformPorts, perform } from './perform.js';
import { createTransport } from './transport.js';
import { type Hosts, publicHosts, type Service, serviceOf } from './url.js';

export interface GraphOptions {
  readonly graphUrl: string;
  /** The Azure Resource Manager; that of the public cloud unless told. */
  readonly azureUrl?: string;
  readonly userTokens: UserTokens;
  readonly appTokens: AppTokens;
  readonly clock: Clock;
  readonly log: Log;
  /** 0 to 1, for the spread of repeated tries. */
  readonly random: () => number;
  /** For one call with all its tries; 20 s unless told. */
  readonly deadlineMs?: number;
  /** For one try; 6 s unless told. */
  readonly tryMs?: number;
  readonly fetch?: typeof fetch;
  readonly sleep?: (ms: number) => Promise<unknown>;
}

export interface Graph {
  as(actor: Actor, scopes: readonly string[], reference: string): GraphAs;
  reader(reference: string): GraphReader;
}

export function createGraph(options: GraphOptions): Graph {
  const { graphUrl, userTokens, appTokens, clock, log, random } = options;
  const hosts: Hosts = { graph: graphUrl, azure: options.azureUrl ?? publicHosts.azure };
  const fetchPort = options.fetch === undefined ? {} : { fetch: options.fetch };
  const ports: PerformPorts = {
    transport: createTransport({ hosts, ...fetchPort }),
    clock,
    log,
    random,
    sleep: options.sleep ?? systemSleep,
    deadlineMs: options.deadlineMs ?? 20 * second,
    tryMs: options.tryMs ?? 6 * second,
  };
  const work = (callerOf: (service: Service) => Caller, reference: string): Work => {
    const asking = (service: Service): Asking => ({ caller: callerOf(service), reference });
    return { ports, hosts, asking: { graph: asking('graph'), azure: asking('azure') } };
  };
  return {
    reader: (reference) => reading(work((service) => appCaller(appTokens, service), reference)),
    as(actor, scopes, reference) {
      const own = work((service) => personCaller(userTokens, actor, scopes, service), reference);
      return { actor, ...reading(own), ...writing(own) };
    },
  };
}

interface Work {
  readonly ports: PerformPorts;
  readonly hosts: Hosts;
  readonly asking: Readonly<Record<Service, Asking>>;
}

function reading({ ports, hosts, asking }: Work): GraphReader {
  const get = (path: string, options: ReadOptions = {}): Promise<unknown> =>
    perform(ports, asking[serviceOf(path)], readCall(path, options));
  return {
    get: <T>(path: string, options?: ReadOptions) => get(path, options) as Promise<T>,
    pages: <T>(path: string, options: ReadOptions = {}) =>
      pagesOf({ get, hosts }, path, options) as AsyncIterable<readonly T[]>,
    async getMany<T>(paths: ReadonlyMap<string, string>, options: ReadOptions = {}) {
      const batch = { ports, asking: asking.graph, version: options.version ?? 'v1.0' };
      const items = [...paths].map(([id, path]) => ({ id, call: readCall(path, options) }));
      const answers = (await performBatch(batch, items)) as readonly BatchAnswer<T>[];
      return new Map(answers.map((answer) => [answer.id, answer]));
    },
  };
}

function readCall(path: string, options: ReadOptions): Call {
  return { method: 'GET', path, meaning: 'read', options };
}

function writing({ ports, asking }: Work): Omit<GraphAs, 'actor' | keyof GraphReader> {
  const write = (method: Call['method'], path: string, body: unknown, options: WriteOptions = {}) =>
    perform(ports, asking[serviceOf(path)], writeCall({ method, path, body, ...options }, options));
  return {
    post: <T>(path: string, body: unknown, options?: WriteOptions) =>
      write('POST', path, body, options) as Promise<T | undefined>,
    patch: async (path, body, options) => void (await write('PATCH', path, body, options)),
    put: async (path, body, options) => void (await write('PUT', path, body, options)),
    delete: async (path, options) => void (await write('DELETE', path, undefined, options)),
    async batch<T>(requests: readonly BatchRequest[], { stillWanted, ...options }: BatchOptions = {}) {
      const wanted = stillWanted === undefined ? {} : { stillWanted };
      const batch = { ports, asking: asking.graph, version: options.version ?? 'v1.0', ...wanted };
      const items = requests.map((request) => ({ id: request.id, call: writeCall(request, options) }));
      return (await performBatch(batch, items)) as readonly BatchAnswer<T>[];
    },
  };
}

type Write = Pick<Call, 'method' | 'path' | 'body'> & Pick<WriteOptions, 'landed' | 'readsOnly'>;

function writeCall({ method, path, body, landed, readsOnly }: Write, options: ReadOptions): Call {
  const meaning = readsOnly === true ? 'read' : meanings[method];
  return { method, path, meaning, body, options, ...(landed === undefined ? {} : { landed }) };
}

const meanings: Readonly<Record<Call['method'], Meaning>> = {
  GET: 'read',
  PUT: 'replace',
  DELETE: 'replace',
  PATCH: 'change',
  POST: 'create',
};
