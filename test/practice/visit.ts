import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Practice, startPractice } from '../../practice/practice.js';
import { makeSigningKeys } from '../../practice/sign-in/keys.js';
import { appId, appSecret, tenantId } from '../../practice/world/people.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: answers of a fake service are looked at, not typed
  readonly body: any;
}

/** A practice tenant on a free port, and the few ways in that the tests use: all of them over HTTP. */
export interface Visit {
  readonly url: string;
  /** Where the world is kept. */
  readonly worldFile: string;
  control(method: string, path: string, body?: unknown): Promise<Answer>;
  token(form: Readonly<Record<string, string>>): Promise<Answer>;
  /** What Teams single sign-on gives the bot for this person. */
  assertion(key: string, claims?: string): Promise<string>;
  onBehalfOf(assertion: string, scope: string, claims?: string): Promise<Answer>;
  /** A Graph token of this person, by way of single sign-on and on-behalf-of. */
  signIn(key: string, ...scopes: string[]): Promise<string>;
  appToken(): Promise<string>;
  graph(
    token: string,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export const replyTo = 'http://localhost:9/reply';
const keys = makeSigningKeys();
const ownScope = `api://botid-${appId}/access_as_user`;

export async function visitPractice(): Promise<Visit> {
  const dataDir = mkdtempSync(join(tmpdir(), 'practice-test-'));
  const start = async (): Promise<Practice> =>
    startPractice({ port: 0, botUrl: 'http://127.0.0.1:9', dataDir, keys: await keys });
  let practice = await start();
  const sts = (): string => `${practice.url}/sts/${tenantId}/oauth2/v2.0`;

  const send = async (url: string, init: RequestInit): Promise<Answer> => {
    const res = await fetch(url, { redirect: 'manual', ...init });
    const text = await res.text();
    const json = res.headers.get('content-type')?.includes('json');
    return { status: res.status, headers: res.headers, body: json ? JSON.parse(text) : text };
  };
  const sendJson = (
    url: string,
    method: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> => {
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    return send(url, { method, headers: { 'content-type': 'application/json', ...headers }, ...content });
  };
  const token: Visit['token'] = (form) =>
    send(`${sts()}/token`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: appId, client_secret: appSecret, ...form }),
    });
  const assertion: Visit['assertion'] = async (key, claims) => {
    const wish = { client_id: appId, response_type: 'code', redirect_uri: replyTo, scope: ownScope };
    const request = new URLSearchParams({ ...wish, ...(claims ? { claims } : {}) }).toString();
    const form = new URLSearchParams({ request, person: key, answer: 'accept' });
    const page = await send(`${sts()}/authorize`, { method: 'POST', body: form });
    const code = new URL(page.headers.get('location') ?? '').searchParams.get('code') ?? '';
    const answer = await token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: replyTo,
      scope: ownScope,
    });
    return answer.body.access_token;
  };
  const onBehalfOf: Visit['onBehalfOf'] = (given, scope, claims) =>
    token({
      grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
      requested_token_use: 'on_behalf_of',
      assertion: given,
      scope,
      ...(claims === undefined ? {} : { claims }),
    });

  return {
    get url() {
      return practice.url;
    },
    worldFile: join(dataDir, 'practice.json'),
    control: (method, path, body) => sendJson(`${practice.url}/practice${path}`, method, body),
    token,
    assertion,
    onBehalfOf,
    signIn: async (key, ...scopes) => {
      const wanted = scopes.map((scope) => `https://graph.microsoft.com/${scope}`).join(' ');
      return (await onBehalfOf(await assertion(key), wanted)).body.access_token;
    },
    appToken: async () =>
      (await token({ grant_type: 'client_credentials', scope: 'https://graph.microsoft.com/.default' })).body
        .access_token,
    graph: (bearer, method, path, body, headers = {}) =>
      sendJson(`${practice.url}/graph${path}`, method, body, {
        authorization: `Bearer ${bearer}`,
        ...headers,
      }),
    restart: async () => {
      await practice.close();
      practice = await start();
    },
    close: async () => {
      await practice.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
