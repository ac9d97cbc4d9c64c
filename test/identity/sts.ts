import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Form = Readonly<Record<string, string>>;

export interface StsReply {
  readonly status?: number;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly drop?: boolean;
}

/** A token endpoint on this machine: remembers what it was asked, and answers as told. */
export interface Sts {
  readonly url: string;
  readonly asked: readonly Form[];
  /** What to answer; a token, where it gives undefined. */
  onRequest(reply: (form: Form, n: number) => StsReply | undefined | Promise<StsReply | undefined>): void;
  close(): Promise<void>;
}

export async function startSts(): Promise<Sts> {
  const asked: Form[] = [];
  let reply: Parameters<Sts['onRequest']>[0] = () => undefined;
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const form = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString('utf8')));
    asked.push(form);
    const { status = 200, body, headers = {}, drop } = (await reply(form, asked.length)) ?? {};
    if (drop) return void req.socket.destroy();
    res.writeHead(status, { 'content-type': 'application/json', ...headers });
    res.end(JSON.stringify(body ?? grant(form, asked.length)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    onRequest: (next) => {
      reply = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function grant(form: Form, n: number, expiresIn = 3600): object {
  const scope = form.scope?.replace(' openid profile offline_access', '');
  return { token_type: 'Bearer', expires_in: expiresIn, scope, access_token: `secret-access-token-${n}` };
}

/** As the real service words its refusals. */
export function refusal(error: string, number: number, more: object = {}): StsReply {
  const body = {
    error,
    error_codes: [number],
    error_description: `AADSTS${number}: some words. Trace ID: 1`,
    ...more,
  };
  return { status: error === 'invalid_client' ? 401 : 400, body };
}
