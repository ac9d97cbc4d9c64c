import { z } from 'zod/v4';

/** Graph's error, whichever of its wire forms it came in. */
export interface GraphRefusal {
  readonly code: string;
  /** For recognising things in it only: it can hold names and texts, so it goes nowhere. */
  readonly message: string;
  readonly requestId: string;
}

const innerShape = z.object({ 'request-id': z.string().catch('') });
const envelopeShape = z.object({
  error: z.object({
    code: z.string().catch(''),
    message: z.string().catch(''),
    innerError: innerShape.catch({ 'request-id': '' }),
  }),
});
const wrappedShape = z.object({ errorCode: z.string(), message: z.string().catch('') });

export function refusalIn(body: unknown): GraphRefusal {
  const parsed = envelopeShape.safeParse(body);
  if (!parsed.success) return { code: '', message: '', requestId: '' };
  const { code, message, innerError } = parsed.data.error;
  const requestId = innerError['request-id'];
  // Role management hands through errors of the service behind it as JSON in the message of an UnknownError.
  const wrapped = wrappedShape.safeParse(jsonIn(message));
  return wrapped.success
    ? { code: wrapped.data.errorCode, message: wrapped.data.message, requestId }
    : { code, message, requestId };
}

function jsonIn(text: string): unknown {
  if (!text.startsWith('{')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
