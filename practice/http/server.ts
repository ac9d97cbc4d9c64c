import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readBody } from './body.js';
import type { PracticeRequest, PracticeResponse } from './router.js';
import { urlOf } from './url-of.js';

export interface Mount {
  readonly prefix: string;
  readonly handle: (req: PracticeRequest) => Promise<PracticeResponse>;
}

export interface PracticeServer {
  readonly url: string;
  readonly port: number;
  /** `beforeAnswer` runs after every request that is not a read: what it changed must be safe before anybody hears of it. */
  serve(mounts: readonly Mount[], beforeAnswer: () => Promise<void>): void;
  close(): Promise<void>;
}

export async function openServer(port: number): Promise<PracticeServer> {
  let mounts: readonly Mount[] = [];
  let beforeAnswer = async (): Promise<void> => {};
  const server = createServer((raw, res) => {
    answer(raw, mounts)
      .then(async (answered) => {
        if (raw.method !== 'GET') await beforeAnswer();
        send(res, answered);
      })
      .catch((error: unknown) => fail(res, error));
  });
  // Longer than clients keep a quiet connection: closed from this end, it could take a request with it.
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // Loopback only: everybody who can reach this server can be anybody in the practice tenant.
    server.listen(port, '127.0.0.1', resolve);
  });
  const bound = portOf(server.address());
  return {
    url: `http://127.0.0.1:${bound}`,
    port: bound,
    serve: (given, flush) => {
      mounts = given;
      beforeAnswer = flush;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Open event streams and delayed answers would keep the server waiting for ever.
        server.closeAllConnections();
      }),
  };
}

async function answer(raw: IncomingMessage, mounts: readonly Mount[]): Promise<PracticeResponse> {
  if (isForeign(raw)) return problem(403, 'The practice tenant answers on 127.0.0.1 and localhost only.');
  const url = urlOf(raw.url ?? '/', 'http://127.0.0.1');
  if (!url) return problem(400, 'The address of this request cannot be read.');
  const mount = mounts.find(({ prefix }) => url.pathname === prefix || url.pathname.startsWith(`${prefix}/`));
  if (!mount) return problem(503, 'The practice tenant is starting; try again in a second.');
  const body = await readBody(raw);
  if (body.kind === 'bad') return problem(body.status, body.message);
  return mount.handle({
    method: raw.method ?? 'GET',
    path: url.pathname.slice(mount.prefix.length) || '/',
    query: url.searchParams,
    headers: raw.headers,
    body: body.value,
    params: {},
    raw,
  });
}

// Another page in the same browser can reach loopback too: by a name of its own (DNS rebinding), which shows in
// Host, or by posting a form across, which shows in Origin.
function isForeign({ headers: { host, origin } }: IncomingMessage): boolean {
  const here = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i;
  const from = origin === undefined || origin === 'null' ? undefined : urlOf(origin)?.host;
  return !here.test(host ?? '') || (origin !== undefined && !here.test(from ?? ''));
}

function send(res: ServerResponse, answered: PracticeResponse): void {
  if (answered.drop) {
    res.destroy();
    return;
  }
  if (answered.stream) {
    answered.stream(res);
    return;
  }
  const { body, status, headers = {} } = answered;
  const asIs = body === undefined || typeof body === 'string' || Buffer.isBuffer(body);
  const type: Record<string, string> = asIs ? {} : { 'content-type': 'application/json; charset=utf-8' };
  res.writeHead(status, { 'cache-control': 'no-store', ...type, ...headers });
  res.end(asIs ? body : JSON.stringify(body));
}

function fail(res: ServerResponse, error: unknown): void {
  console.error('practice tenant:', error);
  if (res.headersSent) {
    res.destroy();
    return;
  }
  send(res, problem(500, 'The practice tenant itself failed; its console says why.'));
}

function problem(status: number, message: string): PracticeResponse {
  return { status, body: { error: { code: status === 400 ? 'BadRequest' : 'PracticeTenant', message } } };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('The practice tenant has no port.');
  return address.port;
}
