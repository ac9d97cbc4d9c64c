import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { appId, appSecret, tenantId } from '../../practice/world/people.js';
import { toast } from './invoke-answers.js';
import { type Received, readReceived } from './received.js';

type Act = (received: Received) => Promise<unknown> | unknown;

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
  onInvoke(answer: Act): void;
  /** What is done when a person writes; the default sends the text back. */
  onMessage(act: Act): void;
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

/** What the bot does next; tests change it as they go. */
interface Script {
  invoke: Act;
  message: Act;
  failWith: number | undefined;
  pagesLeadTo: string;
  waiting: { readonly happened: () => boolean; readonly resolve: () => void }[];
}

/** The smallest bot that talks real HTTP to the practice tenant, with real tokens, and nothing of Latchkey in it. */
export async function startEchoBot(): Promise<EchoBot> {
  const received: Received[] = [];
  const connector = createConnector();
  const script: Script = {
    invoke: ({ verb }) => toast(`${verb}: done`),
    message: ({ chat, text }) =>
      connector.call('POST', `/${chat}/activities`, { type: 'message', text: `You said: ${text}` }),
    failWith: undefined,
    pagesLeadTo: '/',
    waiting: [],
  };
  const server = createServer((req, res) => serve(script, received, req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();

  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    received,
    seen: (verb) => received.filter((activity) => activity.verb === verb),
    connector: connector.call,
    join: connector.join,
    ...director(script),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function director(script: Script): Pick<EchoBot, 'onInvoke' | 'onMessage' | 'failNext' | 'leadTo' | 'until'> {
  return {
    onInvoke: (answer) => {
      script.invoke = answer;
    },
    onMessage: (act) => {
      script.message = act;
    },
    failNext: (status) => {
      script.failWith = status;
    },
    leadTo: (location) => {
      script.pagesLeadTo = location;
    },
    until: (happened) =>
      new Promise((resolve) => {
        if (happened()) resolve();
        else script.waiting.push({ happened, resolve });
      }),
  };
}

async function serve(
  script: Script,
  received: Received[],
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  if (req.method === 'GET') {
    res.writeHead(302, { location: script.pagesLeadTo });
    res.end();
    return;
  }
  const activity = readReceived(await bodyOf(req), req.headers.authorization ?? '');
  received.push(activity);
  for (const { resolve } of script.waiting.filter(({ happened }) => happened())) resolve();
  if (script.failWith !== undefined) {
    res.writeHead(script.failWith);
    res.end();
    script.failWith = undefined;
    return;
  }
  if (activity.type === 'message') await script.message(activity);
  const answer = activity.type === 'invoke' ? await script.invoke(activity) : undefined;
  res.writeHead(200, { 'content-type': 'application/json' });
  res.end(answer === undefined ? '' : JSON.stringify(answer));
}

function createConnector(): { readonly call: EchoBot['connector']; readonly join: EchoBot['join'] } {
  let practiceUrl = '';
  let bearer: Promise<string> | undefined;
  return {
    join: (url) => {
      practiceUrl = url;
      bearer = undefined;
    },
    call: async (method, path, body) => {
      bearer ??= appBearer(practiceUrl);
      const response = await fetch(`${practiceUrl}/connector/v3/conversations${path}`, {
        method,
        headers: { authorization: `Bearer ${await bearer}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} };
    },
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
