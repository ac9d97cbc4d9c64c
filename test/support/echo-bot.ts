import { createServer, type IncomingMessage } from 'node:http';
import { appId, appSecret, tenantId } from '../../practice/world/people.js';

/** One activity as it arrived, with the bearer it came with. */
export interface Received {
  readonly type: string;
  readonly text: string | undefined;
  readonly personKey: string;
  readonly chat: string;
  readonly bearer: string;
  readonly trigger: string | undefined;
  readonly verb: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** The single sign-on token that came with a repeated press. */
  readonly ssoToken: string | undefined;
  /** What came with the token, without the token. */
  readonly authentication: { readonly id?: string; readonly connectionName?: string } | undefined;
  readonly state: string | undefined;
  // The activity itself, for looks at its shape.
  readonly raw: Readonly<Record<string, unknown>>;
}

export interface ConnectorAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface EchoBot {
  readonly url: string;
  readonly received: readonly Received[];
  /** The presses of one verb, in the order in which they came. */
  seen(verb: string): readonly Received[];
  /** What the next presses are answered with; the default is a message that names the verb. */
  onInvoke(answer: (received: Received) => Promise<unknown> | unknown): void;
  /** What is done when a person writes; the default sends the text back. */
  onMessage(act: (received: Received) => Promise<unknown> | unknown): void;
  /** The next activity is answered with this HTTP status and nothing else. */
  failNext(status: number): void;
  /** Whoever opens a page of the bot is sent on to here. */
  leadTo(location: string): void;
  /** Resolves when this became true with an activity that arrived. */
  until(happened: () => boolean): Promise<void>;
  /** Calls the connector as the bot: `path` begins behind /connector/v3/conversations. */
  connector(method: string, path: string, body?: unknown): Promise<ConnectorAnswer>;
  /** Must be known before `connector` can be used. */
  join(practiceUrl: string): void;
  close(): Promise<void>;
}

export const toast = (text: string) => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.activity.message',
  value: text,
});
export const newCard = (card: unknown) => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.card.adaptive',
  value: card,
});
/** With an `id`, Teams may try silently first. */
export const loginRequest = ({ id, url = 'http://127.0.0.1/auth' }: { id?: string; url?: string }) => ({
  statusCode: 401,
  type: 'application/vnd.microsoft.activity.loginRequest',
  value: {
    text: 'Please sign in',
    connectionName: 'graph',
    buttons: [{ type: 'signin', title: 'Sign in', value: url }],
    ...(id ? { tokenExchangeResource: { id, uri: `api://botid-${appId}` } } : {}),
  },
});
export const preconditionFailed = () => ({
  statusCode: 412,
  type: 'application/vnd.microsoft.error.preconditionFailed',
  value: { code: '412', message: 'The token could not be exchanged.' },
});

export const withCard = (card: unknown) => ({
  type: 'message',
  attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: card }],
});

/** The smallest bot that talks real HTTP to the practice tenant, with real tokens, and nothing of Latchkey in it. */
export async function startEchoBot(): Promise<EchoBot> {
  const received: Received[] = [];
  let practiceUrl = '';
  let bearer: Promise<string> | undefined;
  let fail: number | undefined;
  let pagesLeadTo = '/';
  let waiting: { readonly happened: () => boolean; readonly resolve: () => void }[] = [];
  let answerInvoke: (received: Received) => Promise<unknown> | unknown = ({ verb }) => toast(`${verb}: done`);
  let act: (received: Received) => Promise<unknown> | unknown = ({ chat, text }) =>
    connector('POST', `/${chat}/activities`, { type: 'message', text: `You said: ${text}` });

  async function connector(method: string, path: string, body?: unknown): Promise<ConnectorAnswer> {
    bearer ??= appBearer(practiceUrl);
    const response = await fetch(`${practiceUrl}/connector/v3/conversations${path}`, {
      method,
      headers: { authorization: `Bearer ${await bearer}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} };
  }

  const server = createServer(async (req, res) => {
    if (req.method === 'GET') {
      res.writeHead(302, { location: pagesLeadTo }).end();
      return;
    }
    const activity = read(await bodyOf(req), req.headers.authorization ?? '');
    received.push(activity);
    for (const { resolve } of waiting.filter(({ happened }) => happened())) resolve();
    if (fail !== undefined) {
      res.writeHead(fail).end();
      fail = undefined;
      return;
    }
    if (activity.type === 'message') await act(activity);
    const answer = activity.type === 'invoke' ? await answerInvoke(activity) : undefined;
    res.writeHead(200, { 'content-type': 'application/json' });
    res.end(answer === undefined ? '' : JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;

  return {
    url: `http://127.0.0.1:${port}`,
    received,
    seen: (verb) => received.filter((activity) => activity.verb === verb),
    connector,
    onInvoke: (answer) => {
      answerInvoke = answer;
    },
    onMessage: (next) => {
      act = next;
    },
    failNext: (status) => {
      fail = status;
    },
    leadTo: (location) => {
      pagesLeadTo = location;
    },
    until: (happened) =>
      new Promise((resolve) => {
        if (happened()) resolve();
        else waiting = [...waiting, { happened, resolve }];
      }),
    join: (url) => {
      practiceUrl = url;
      bearer = undefined;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function appBearer(practiceUrl: string): Promise<string> {
  const response = await fetch(`${practiceUrl}/sts/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: appId,
      client_secret: appSecret,
      scope: 'https://api.botframework.com/.default',
    }),
  });
  const { access_token: token } = (await response.json()) as { access_token: string };
  return token;
}

async function bodyOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

interface Wire {
  readonly type: string;
  readonly text?: string;
  readonly from: { readonly id: string };
  readonly conversation: { readonly id: string };
  readonly value?: {
    readonly trigger?: string;
    readonly state?: string;
    readonly action?: { readonly verb?: string; readonly data?: Readonly<Record<string, unknown>> };
    readonly authentication?: {
      readonly id: string;
      readonly connectionName: string;
      readonly token: string;
    };
  };
}

function read(body: string, authorization: string): Received {
  const raw: Wire & Readonly<Record<string, unknown>> = JSON.parse(body);
  const { token, ...authentication } = raw.value?.authentication ?? {};
  return {
    type: raw.type,
    text: raw.text,
    personKey: raw.from.id.replace('29:1-', ''),
    chat: raw.conversation.id,
    bearer: authorization.replace('Bearer ', ''),
    trigger: raw.value?.trigger,
    verb: raw.value?.action?.verb ?? '',
    data: raw.value?.action?.data ?? {},
    ssoToken: token,
    authentication: token === undefined ? undefined : authentication,
    state: raw.value?.state,
    raw,
  };
}
