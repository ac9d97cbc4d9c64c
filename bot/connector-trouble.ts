import { z } from 'zod/v4';

/** What an answer of the connector, or its absence, means for the call that was made. */
export type Trouble =
  /** Nobody will read it there any more. */
  | { readonly kind: 'gone'; readonly code: string }
  /** Certainly not done; the same again later. */
  | { readonly kind: 'again'; readonly status: number; readonly afterMs?: number }
  /** Done or not: nobody knows. */
  | { readonly kind: 'unknown'; readonly status: number }
  /** Our own identity was refused. */
  | { readonly kind: 'unauthorized'; readonly code: string }
  /** It will never be taken like this. */
  | { readonly kind: 'refused'; readonly status: number; readonly code: string }
  /** Not an answer at all, but a mistake of ours. */
  | { readonly kind: 'other' };

const restError = z.object({
  statusCode: z.number().optional(),
  code: z.string().optional(),
  name: z.string().optional(),
  response: z.object({ bodyAsText: z.string().nullish() }).optional(),
});

/** The connection never came to be, so nothing was sent. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
const lostOnTheWay = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'REQUEST_SEND_ERROR']);
const certainlyNotDone = new Set([412, 429, 503]);

export function troubleOf(error: unknown, now: Date): Trouble {
  const parsed = restError.safeParse(error);
  if (!parsed.success) return { kind: 'other' };
  const { statusCode, code, name, response } = parsed.data;
  if (statusCode === undefined) return withoutAnswer(code, name);
  const why = codeIn(response?.bodyAsText ?? '') ?? `http-${statusCode}`;
  if (statusCode === 401) return { kind: 'unauthorized', code: why };
  if (statusCode === 403 || statusCode === 404) return { kind: 'gone', code: why };
  if (statusCode === 413) return { kind: 'gone', code: 'too-big' };
  if (certainlyNotDone.has(statusCode)) {
    const afterMs = retryAfter(headerOf(error, 'retry-after'), now);
    return { kind: 'again', status: statusCode, ...(afterMs === undefined ? {} : { afterMs }) };
  }
  if (statusCode >= 500) return { kind: 'unknown', status: statusCode };
  return { kind: 'refused', status: statusCode, code: why };
}

function withoutAnswer(code: string | undefined, name: string | undefined): Trouble {
  if (name === 'AbortError') return { kind: 'unknown', status: 0 };
  if (code !== undefined && neverSent.has(code)) return { kind: 'again', status: 0 };
  if (code !== undefined && lostOnTheWay.has(code)) return { kind: 'unknown', status: 0 };
  return { kind: 'other' };
}

const usual = z.object({ error: z.object({ code: z.string() }) });
const older = z.object({ errorCode: z.number(), message: z.string() });
const inner = z.object({ subCode: z.string() });

/** The connector has two shapes of refusal; the older one keeps JSON in a string. */
export function codeIn(body: string): string | undefined {
  const json = parse(body);
  const first = usual.safeParse(json);
  if (first.success) return first.data.error.code;
  const second = older.safeParse(json);
  if (!second.success) return undefined;
  const sub = inner.safeParse(parse(second.data.message));
  return sub.success ? sub.data.subCode : `error-${second.data.errorCode}`;
}

/** Seconds, or a date. */
export function retryAfter(header: string | undefined, now: Date): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,6}$/.test(header)) return Number(header) * 1000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now.getTime());
}

const withHeaders = z.object({
  response: z.object({ headers: z.custom<{ get(name: string): string | undefined }>(hasGet) }),
});

function hasGet(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'get' in value && typeof value.get === 'function';
}

function headerOf(error: unknown, name: string): string | undefined {
  const parsed = withHeaders.safeParse(error);
  return parsed.success ? (parsed.data.response.headers.get(name) ?? undefined) : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
