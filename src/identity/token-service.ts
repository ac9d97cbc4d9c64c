import { AsyncLocalStorage } from 'node:async_hooks';
import type { AccessToken, ClientSecretCredentialOptions } from '@azure/identity';
import { z } from 'zod/v4';
import { second } from '../base/clock.js';
import { systemSleep } from '../base/sleep.js';
import { nameOf } from './because.js';
import { publicSignIn } from './identity-config.js';
import { identityErrorFrom, type StsAnswer, stsAnswer } from './sts-answer.js';

type HttpClient = NonNullable<ClientSecretCredentialOptions['httpClient']>;
type HttpRequest = Parameters<HttpClient['sendRequest']>[0];
type HttpResponse = Awaited<ReturnType<HttpClient['sendRequest']>>;

export type ServiceOptions = Pick<
  ClientSecretCredentialOptions,
  'authorityHost' | 'disableInstanceDiscovery' | 'httpClient' | 'retryOptions'
>;

/** The sign-in service as @azure/identity sees it. */
export interface TokenService {
  /** For every credential that is to speak to this service. */
  readonly options: ServiceOptions;
  /** Runs one request for a token; what it throws says what the service really answered. */
  ask(getToken: () => Promise<AccessToken | null>): Promise<AccessToken>;
  /** A request of our own to the token endpoint, sent once only: what it hands in may be good for a single use. */
  post(path: string, form: Readonly<Record<string, string>>): Promise<string>;
}

export interface TokenServiceOptions {
  readonly signInUrl: string;
  readonly fetch?: typeof fetch;
  readonly tryMs?: number;
}

const longestPauseMs = 2 * second;
const shortPauseMs = 250;

/** One slot for each call of `ask`: two people's requests that run at once never see each other's refusal. */
const answers = new AsyncLocalStorage<{ last?: StsAnswer }>();

export function createTokenService(options: TokenServiceOptions): TokenService {
  const httpClient: HttpClient = {
    sendRequest: (request) => sendTwice(options, request, answers.getStore() ?? {}),
  };
  return {
    options: { ...authorityOf(options.signInUrl), httpClient, retryOptions: { maxRetries: 0 } },
    ask: (getToken) =>
      answers.run({}, async () => {
        try {
          const token = await getToken();
          if (token !== null) return token;
        } catch (error) {
          throw identityErrorFrom(answers.getStore()?.last, error);
        }
        throw identityErrorFrom(answers.getStore()?.last, undefined);
      }),
    post: (path, form) => postForm(options, path, form),
  };
}

const granted = z.object({ access_token: z.string().min(1) });

async function postForm(
  options: TokenServiceOptions,
  path: string,
  form: Readonly<Record<string, string>>,
): Promise<string> {
  const { status, body } = await answerTo(options, path, form);
  const token = granted.safeParse(status < 400 ? jsonIn(body) : undefined);
  if (token.success) return token.data.access_token;
  throw identityErrorFrom(stsAnswer(status, body), undefined);
}

async function answerTo(
  { signInUrl, fetch: send = fetch, tryMs }: TokenServiceOptions,
  path: string,
  form: Readonly<Record<string, string>>,
): Promise<{ readonly status: number; readonly body: string }> {
  try {
    const response = await send(`${signInUrl}${path}`, {
      method: 'POST',
      body: new URLSearchParams(form),
      redirect: 'error',
      signal: AbortSignal.timeout(tryMs ?? 4 * second),
    });
    return { status: response.status, body: await response.text() };
  } catch (error) {
    throw identityErrorFrom({ kind: 'unreachable', reason: nameOf(error) }, error);
  }
}

function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/**
 * The libraries speak https only, and ask nothing but the token endpoint while they believe in the public cloud; a
 * service on this machine is reached by rewriting the address on the way out.
 */
function authorityOf(signInUrl: string): Pick<ServiceOptions, 'authorityHost' | 'disableInstanceDiscovery'> {
  const own = signInUrl.startsWith('https:') && signInUrl !== publicSignIn;
  return own ? { authorityHost: signInUrl, disableInstanceDiscovery: true } : { authorityHost: publicSignIn };
}

async function sendTwice(
  options: TokenServiceOptions,
  request: HttpRequest,
  slot: { last?: StsAnswer },
): Promise<HttpResponse> {
  const first = await sendOnce(options, request, slot).catch(() => undefined);
  const pause = first === undefined ? shortPauseMs : pauseBeforeRetry(first);
  if (pause !== undefined) await systemSleep(pause);
  return first === undefined || pause !== undefined ? sendOnce(options, request, slot) : first;
}

function pauseBeforeRetry({ status, headers }: HttpResponse): number | undefined {
  if (status !== 429 && status < 500) return undefined;
  const asked = Number(headers.get('retry-after') ?? 0) * second;
  return asked <= longestPauseMs ? Math.max(asked, shortPauseMs) : undefined;
}

async function sendOnce(
  options: TokenServiceOptions,
  request: HttpRequest,
  slot: { last?: StsAnswer },
): Promise<HttpResponse> {
  try {
    const response = await (options.fetch ?? fetch)(request.url.replace(publicSignIn, options.signInUrl), {
      method: request.method,
      headers: request.headers.toJSON(),
      ...(typeof request.body === 'string' ? { body: request.body } : {}),
      redirect: 'error',
      signal: AbortSignal.timeout(options.tryMs ?? 4 * second),
    });
    const bodyAsText = await response.text();
    slot.last = stsAnswer(response.status, bodyAsText);
    return { request, status: response.status, headers: headersOf(response.headers), bodyAsText };
  } catch (error) {
    slot.last = { kind: 'unreachable', reason: nameOf(error) };
    throw error;
  }
}

/** The libraries' own header class belongs to a package that we do not depend on. */
function headersOf(headers: Headers): HttpResponse['headers'] {
  return {
    get: (name) => headers.get(name) ?? undefined,
    has: (name) => headers.has(name),
    set: (name, value) => headers.set(name, String(value)),
    delete: (name) => headers.delete(name),
    toJSON: () => Object.fromEntries(headers),
    [Symbol.iterator]: () => headers.entries(),
  };
}
