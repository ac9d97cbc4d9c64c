import {
  AuthenticationHandler,
  AuthenticationHandlerOptions,
  Client,
  type Context,
  type GraphRequest,
  type Middleware,
  RedirectHandler,
  RedirectHandlerOptions,
  ResponseType,
  RetryHandler,
  RetryHandlerOptions,
  TelemetryHandler,
} from '@microsoft/microsoft-graph-client';
import { codeOf, nameOf } from '../identity/because.js';
import type { Answer, Call } from './answer.js';
import { type Hosts, hostedAt, publicHosts, urlOf } from './url.js';

export interface Try {
  readonly token: string;
  readonly reference: string;
  readonly timeoutMs: number;
}

export interface Transport {
  send(call: Call, attempt: Try): Promise<Answer>;
}

export interface TransportOptions {
  readonly hosts: Hosts;
  readonly fetch?: typeof fetch;
}

/** Travels with one request to the last middleware, and brings back the failure that the library would wrap and lose. */
class Trip {
  readonly signal: AbortSignal;
  failure: unknown;
  constructor(timeoutMs: number) {
    this.signal = AbortSignal.timeout(timeoutMs);
  }
}

/** The stock chain of the Graph client with two changes: it never repeats by itself, and its last link is ours. */
export function createTransport(options: TransportOptions): Transport {
  const client = Client.initWithMiddleware({
    // To hosts it does not know the library sends no token; Graph's own it knows.
    customHosts: new Set([new URL(publicHosts.azure).host]),
    middleware: [
      new AuthenticationHandler({
        getAccessToken: () => Promise.reject(new TypeError('No token was given')),
      }),
      new RetryHandler(new RetryHandlerOptions(0, 0, () => false)),
      // Graph does not redirect what we ask for, and a token must not travel to where we did not send it.
      new RedirectHandler(new RedirectHandlerOptions(0)),
      new TelemetryHandler(),
      lastLink(options),
    ],
  });
  return { send: (call, attempt) => send(client, call, attempt) };
}

function lastLink(options: TransportOptions): Middleware {
  return {
    async execute(context: Context) {
      const trip = context.middlewareControl?.getMiddlewareOptions(Trip);
      if (!(trip instanceof Trip) || typeof context.request !== 'string') throw new TypeError('No trip');
      const url = hostedAt(options.hosts, context.request);
      try {
        context.response = await (options.fetch ?? fetch)(url, { ...context.options, signal: trip.signal });
      } catch (error) {
        trip.failure = error;
        throw error;
      }
    },
  };
}

async function send(client: Client, call: Call, attempt: Try): Promise<Answer> {
  const trip = new Trip(attempt.timeoutMs);
  const { version = 'v1.0', query, headers = {} } = call.options;
  const request = client
    .api(urlOf(call.path, version, query))
    .headers({ ...headers, 'client-request-id': attempt.reference })
    .middlewareOptions([
      trip,
      new AuthenticationHandlerOptions({ getAccessToken: () => Promise.resolve(attempt.token) }),
    ])
    .responseType(ResponseType.RAW);
  try {
    return await answerOf(await byMethod(request, call));
  } catch (error) {
    if (trip.failure === undefined) throw error;
    return lost(trip.failure);
  }
}

function byMethod(request: GraphRequest, { method, body }: Call): Promise<Response> {
  switch (method) {
    case 'GET':
      return request.get();
    case 'POST':
      return request.post(body);
    case 'PATCH':
      return request.patch(body);
    case 'PUT':
      return request.put(body);
    case 'DELETE':
      return request.delete();
  }
}

/** Read here and not by the library: it takes an empty 202 for an error, and an answer without a type for a stream. */
async function answerOf(response: Response): Promise<Answer> {
  const { status, headers } = response;
  try {
    const text = await response.text();
    return {
      kind: 'answered',
      status,
      headers,
      body: text === '' ? undefined : JSON.parse(text),
      broken: false,
    };
  } catch {
    return { kind: 'answered', status, headers, body: undefined, broken: true };
  }
}

/** Before a connection stands, nothing of the request has left. */
const unsentCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function lost(failure: unknown): Answer {
  const cause = failure instanceof Error ? failure.cause : undefined;
  const timedOut = failure instanceof Error && failure.name === 'TimeoutError';
  return { kind: 'lost', unsent: unsentCodes.has(codeOf(cause) ?? ''), timedOut, reason: nameOf(failure) };
}
