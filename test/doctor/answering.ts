import { createServer, type IncomingMessage } from 'node:http';

export interface Answering {
  readonly url: string;
  /** Authorization headers, in the order in which they came. */
  readonly bearers: readonly string[];
  close(): Promise<void>;
}

export interface Answer {
  readonly status?: number;
  readonly body?: unknown;
  /** Everything else is not found. */
  readonly path?: string;
  /** Instead of one answer for all: what each path (with its query) gets. */
  readonly pages?: Readonly<Record<string, unknown>>;
}

/** A server that always says the same. It ends with the tests, also when one fails before closing it. */
export async function answering(answer: Answer): Promise<Answering> {
  const bearers: string[] = [];
  const server = createServer((req, res) => {
    bearers.push(req.headers.authorization ?? '');
    const { status, body } = answerTo(req, answer);
    res.writeHead(status, { 'content-type': 'application/json' });
    res.end(JSON.stringify(body ?? {}));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    bearers,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answerTo(req: IncomingMessage, { status = 200, body, path, pages }: Answer) {
  const asked = decodeURIComponent(req.url ?? '').replaceAll('+', ' ');
  if (pages !== undefined) {
    const found = Object.entries(pages).find(([start]) => asked.startsWith(start));
    return found === undefined ? { status: 403, body: {} } : { status: 200, body: found[1] };
  }
  return path === undefined || path === asked ? { status, body } : { status: 404, body: {} };
}
