import assert from 'node:assert/strict';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { type AppError, isAppError } from '../../src/base/errors.js';
import { createGraph, type Graph, type GraphOptions } from '../../src/graph/create-graph.js';
import { identityError } from '../../src/identity/errors.js';
import type { Challenge } from '../../src/identity/tokens.js';
import { type HeardLog, heardLog, movableClock } from '../identity/ports.js';

export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  // biome-ignore lint/suspicious/noExplicitAny: looked at field by field
  readonly body: any;
}

export interface Odd {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** An object is sent as JSON, a string as it is. */
  readonly body?: unknown;
  /** The connection breaks: before an answer, or in the middle of it. */
  readonly drop?: 'before' | 'midway';
  /** No answer, ever. */
  readonly hang?: boolean;
}

/** A Graph that answers as told, and a client whose clock only moves when it waits. */
export interface OddGraph {
  readonly url: string;
  readonly graph: Graph;
  readonly seen: readonly Seen[];
  /** How long the client paused, each time. */
  readonly pauses: readonly number[];
  /** With what the tokens were asked for after a refusal. */
  readonly challenges: readonly (Challenge | undefined)[];
  readonly log: HeardLog;
  /** What to answer to the nth request; 200 and an empty object where it gives undefined. */
  onRequest(reply: (seen: Seen, n: number) => Odd | undefined): void;
  client(more?: Partial<GraphOptions>): Graph;
  close(): Promise<void>;
}

export const userToken = 'secret-token-of-the-person';
export const appToken = 'secret-token-of-the-bot';

export async function startOddGraph(): Promise<OddGraph> {
  const seen: Seen[] = [];
  const held: ServerResponse[] = [];
  let reply: Parameters<OddGraph['onRequest']>[0] = () => undefined;
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const body = text === '' ? undefined : JSON.parse(text);
    const one = { method: req.method ?? '', path: req.url ?? '', headers: req.headers, body };
    seen.push(one);
    answer(res, reply(one, seen.length) ?? {}, held);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graph`;
  const { client, pauses, challenges, log } = clientFor(url);
  return {
    url,
    graph: client(),
    seen,
    pauses,
    challenges,
    log,
    client,
    onRequest: (next) => {
      reply = next;
    },
    close: () =>
      new Promise((resolve) => {
        for (const res of held) res.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function clientFor(url: string) {
  const pauses: number[] = [];
  const challenges: (Challenge | undefined)[] = [];
  const log = heardLog();
  const clock = movableClock();
  const token = (plain: string) => (challenge?: Challenge) => {
    challenges.push(challenge);
    return Promise.resolve(challenge === undefined ? plain : `${plain}-renewed`);
  };
  const options: GraphOptions = {
    graphUrl: url,
    clock,
    log,
    random: () => 0.5,
    tryMs: 200,
    sleep: (ms) => {
      pauses.push(ms);
      clock.advance(ms);
      return Promise.resolve();
    },
    userTokens: {
      accept: () => Promise.resolve(),
      forget: () => {},
      redeem: () => Promise.resolve(),
      contexts: () => [],
      tokenFor: (_actor, scopes, challenge) => {
        if (scopes.includes('nobody')) throw identityError('identity.sign-in-needed');
        return token(userToken)(challenge);
      },
    },
    appTokens: { tokenFor: (_scope, challenge) => token(appToken)(challenge) },
  };
  const client = (more: Partial<GraphOptions> = {}): Graph => createGraph({ ...options, ...more });
  return { client, pauses, challenges, log };
}

function answer(res: ServerResponse, odd: Odd, held: ServerResponse[]): void {
  if (odd.hang) return void held.push(res);
  if (odd.drop === 'before') return void res.destroy();
  const text =
    typeof odd.body === 'string' ? odd.body : odd.status === 204 ? '' : JSON.stringify(odd.body ?? {});
  const length = odd.drop === 'midway' ? { 'content-length': String(text.length + 100) } : {};
  res.writeHead(odd.status ?? 200, { 'content-type': 'application/json', ...length, ...odd.headers });
  if (odd.drop === undefined) return void res.end(text);
  res.write(text, () => res.destroy());
}

/** Graph's error envelope. */
export function refused(status: number, code: string, message = 'Some words.', headers = {}): Odd {
  const innerError = { date: '2026-11-21T09:00:00', 'request-id': 'req-1', 'client-request-id': 'ref-1' };
  return { status, headers, body: { error: { code, message, innerError } } };
}

/** The error of ours with which the work ends; there is no token in it, nor in the log. */
export async function failureOf(work: Promise<unknown>, log: HeardLog): Promise<AppError> {
  const error: unknown = await work.then(
    (value) => assert.fail(`it should have failed, not answered ${inspect(value)}`),
    (reason: unknown) => reason,
  );
  assert.ok(isAppError(error), inspect(error));
  const shown = inspect(error, { depth: 10, showHidden: true }) + log.heard();
  for (const secret of [userToken, appToken])
    assert.ok(!shown.includes(secret), 'no token in an error or the log');
  return error;
}
