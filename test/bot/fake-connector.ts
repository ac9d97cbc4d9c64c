import { createServer, type IncomingMessage } from 'node:http';

export interface Call {
  readonly method: string;
  readonly path: string;
  readonly bearer: string;
  // biome-ignore lint/suspicious/noExplicitAny: what was sent is looked at field by field.
  readonly body: any;
}

/** `hang`: the request is taken and never answered. `reset`: taken, and the line is cut. */
export type Answer =
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  | 'hang'
  | 'reset';

export interface FakeConnector {
  readonly url: string;
  readonly calls: Call[];
  /** Answers for the next calls, in order; after them every call is taken (201 with a new id). */
  willAnswer(...answers: readonly Answer[]): void;
  close(): Promise<void>;
}

export async function startConnector(): Promise<FakeConnector> {
  const calls: Call[] = [];
  const next: Answer[] = [];
  const server = createServer(async (req, res) => {
    const body = await textOf(req);
    calls.push({
      method: req.method ?? '',
      path: decodeURIComponent(req.url ?? ''),
      bearer: req.headers.authorization ?? '',
      body: body === '' ? undefined : JSON.parse(body),
    });
    const answer = next.shift() ?? { status: 201, body: { id: `message-${calls.length}` } };
    if (answer === 'hang') return;
    if (answer === 'reset') {
      req.socket.destroy();
      return;
    }
    res.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    res.end(answer.body === undefined ? '' : JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/teams/`,
    calls,
    willAnswer: (...answers) => next.push(...answers),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function textOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
