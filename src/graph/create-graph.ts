import { type Clock, second } from '../base/clock.js';
import type { Log } from '../base/log.js';
import { systemSleep } from '../base/sleep.js';
import type { Actor } from '../identity/actor.js';
import type { AppTokens, UserTokens } from '../identity/tokens.js';
import type { Call, Meaning } from './answer.js';
import { performBatch } from './batch.js';
import { appCaller, personCaller } from './caller.js';
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

export interface GraphOptions {
  readonly graphUrl: string;
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
  const fetchPort = options.fetch === undefined ? {} : { fetch: options.fetch };
  const ports: PerformPorts = {
    transport: createTransport({ graphUrl, ...fetchPort }),
    clock,
    log,
    random,
    sleep: options.sleep ?? systemSleep,
    deadlineMs: options.deadlineMs ?? 20 * second,
    tryMs: options.tryMs ?? 6 * second,
  };
  return {
    reader: (reference) => reading(ports, graphUrl, { caller: appCaller(appTokens), reference }),
    as(actor, scopes, reference) {
      const asking = { caller: personCaller(userTokens, actor, scopes), reference };
      return { actor, ...reading(ports, graphUrl, asking), ...writing(ports, asking) };
    },
  };
}

function reading(ports: PerformPorts, graphUrl: string, asking: Asking): GraphReader {
  const get = (path: string, options: ReadOptions = {}): Promise<unknown> =>
    perform(ports, asking, readCall(path, options));
  return {
    get: <T>(path: string, options?: ReadOptions) => get(path, options) as Promise<T>,
    pages: <T>(path: string, options: ReadOptions = {}) =>
      pagesOf({ get, graphUrl }, path, options) as AsyncIterable<readonly T[]>,
    async getMany<T>(paths: ReadonlyMap<string, string>, options: ReadOptions = {}) {
      const work = { ports, asking, version: options.version ?? 'v1.0' };
      const items = [...paths].map(([id, path]) => ({ id, call: readCall(path, options) }));
      const answers = (await performBatch(work, items)) as readonly BatchAnswer<T>[];
      return new Map(answers.map((answer) => [answer.id, answer]));
    },
  };
}

function readCall(path: string, options: ReadOptions): Call {
  return { method: 'GET', path, meaning: 'read', options };
}

function writing(ports: PerformPorts, asking: Asking): Omit<GraphAs, 'actor' | keyof GraphReader> {
  const write = (method: Call['method'], path: string, body: unknown, options: WriteOptions = {}) =>
    perform(ports, asking, writeCall({ method, path, body, ...options }, options));
  return {
    post: <T>(path: string, body: unknown, options?: WriteOptions) =>
      write('POST', path, body, options) as Promise<T | undefined>,
    patch: async (path, body, options) => void (await write('PATCH', path, body, options)),
    put: async (path, body, options) => void (await write('PUT', path, body, options)),
    delete: async (path, options) => void (await write('DELETE', path, undefined, options)),
    async batch<T>(requests: readonly BatchRequest[], { stillWanted, ...options }: BatchOptions = {}) {
      const wanted = stillWanted === undefined ? {} : { stillWanted };
      const work = { ports, asking, version: options.version ?? 'v1.0', ...wanted };
      const items = requests.map((request) => ({ id: request.id, call: writeCall(request, options) }));
      return (await performBatch(work, items)) as readonly BatchAnswer<T>[];
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
