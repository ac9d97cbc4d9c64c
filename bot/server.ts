import type { Server as HttpServer } from 'node:http';
import type { Registry } from 'prom-client';
import { createServer, type Request, type Response, type Server } from 'restify';
import { second } from '../src/base/clock.js';
import { isLoopbackHost } from '../src/base/config-reader.js';
import type { Log } from '../src/base/log.js';
import { endBare } from './page.js';

export interface ServerOptions {
  readonly log: Log;
  readonly registry: Registry;
  readonly metrics: 'loopback' | 'open';
  /** Does the store answer? */
  ready(): Promise<void>;
}

export interface Listening {
  readonly port: number;
  /** Takes nothing new, lets what runs end, and closes what does not end in time. */
  close(): Promise<void>;
}

const graceMs = 10 * second;

/** The HTTP side of the edge, without the routes of the bot. */
export function createHttp({ log, registry, metrics, ready }: ServerOptions): Server {
  const server = createServer({ name: '' });
  harden(server.server);
  // The library's own answers name the route and the error; ours are empty.
  server.on(
    'restifyError',
    (_req: Request, res: Response, error: { statusCode?: number }, done: () => void) => {
      // Only its own send tells the library that an answer went out.
      if (!res.headersSent) res.sendRaw(error.statusCode ?? 500, '');
      done();
    },
  );

  server.get('/healthz', async (_req, res) => endBare(res, 200));
  server.get('/readyz', async (_req, res) => {
    try {
      await ready();
      endBare(res, 200);
    } catch (error) {
      log.warn({ error }, 'not ready');
      endBare(res, 503);
    }
  });
  server.get('/metrics', async (req, res) => {
    if (metrics === 'loopback' && !isLocal(req)) {
      endBare(res, 404);
      return;
    }
    res.writeHead(200, { 'content-type': registry.contentType });
    res.end(await registry.metrics());
  });
  return server;
}

export function listen(server: Server, port: number, host: string): Promise<Listening> {
  return new Promise((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, host, () => {
      const address = server.address();
      resolve({ port: address.port, close: () => close(server.server) });
    });
  });
}

/** Slow callers are cut off; idle connections outlive the load balancer's, which would race with us otherwise. */
function harden(http: HttpServer): void {
  http.headersTimeout = 10 * second;
  http.requestTimeout = 15 * second;
  http.keepAliveTimeout = 75 * second;
  http.maxHeadersCount = 64;
  // Once closing, a connection that has given its answer would be kept alive and hold up the end.
  http.on('request', (_req, res) => {
    res.once('finish', () => {
      if (!http.listening) setImmediate(() => http.closeIdleConnections());
    });
  });
}

function close(http: HttpServer): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => http.closeAllConnections(), graceMs);
    http.close(() => {
      clearTimeout(force);
      resolve();
    });
    http.closeIdleConnections();
  });
}

/** Behind a proxy on this machine everybody looks local, but a proxy says for whom it asks. */
function isLocal(req: Request): boolean {
  const address = req.socket.remoteAddress ?? '';
  const host = address.replace('::ffff:', '').replace('::1', '[::1]');
  return isLoopbackHost(host) && req.headers['x-forwarded-for'] === undefined;
}
