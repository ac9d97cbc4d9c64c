import { z } from 'zod/v4';
import type { Answer, Call } from './answer.js';
import { relativeUrl } from './url.js';

/** The form of $batch on the wire: our own ids, because Graph does not tell `A` from `a`. */
export function batchBody(calls: readonly Call[]): object {
  return { requests: calls.map((call, index) => ({ id: String(index + 1), ...item(call) })) };
}

function item({ method, path, body, options }: Call): object {
  const { query, headers = {} } = options;
  const base = { method, url: relativeUrl(path, query) };
  if (method === 'GET') return Object.keys(headers).length === 0 ? base : { ...base, headers };
  // A POST without a body is refused inside a batch.
  return { ...base, headers: { ...headers, 'Content-Type': 'application/json' }, body: body ?? {} };
}

const answersShape = z.object({
  responses: z.array(
    z.object({
      id: z.string(),
      status: z.number(),
      headers: z.record(z.string(), z.unknown()).nullish(),
      body: z.unknown(),
    }),
  ),
});

/** One answer a call, in the order of the calls; Graph answers in any order, and may leave one out. */
export function itemAnswers(body: unknown, count: number): readonly Answer[] {
  const parsed = answersShape.safeParse(body);
  const byId = new Map((parsed.data?.responses ?? []).map((response) => [response.id, response]));
  return Array.from({ length: count }, (_, index): Answer => {
    const response = byId.get(String(index + 1));
    if (response === undefined) {
      return { kind: 'lost', unsent: false, timedOut: false, reason: 'no answer to this part of the batch' };
    }
    const headers = new Headers();
    for (const [name, value] of Object.entries(response.headers ?? {})) headers.set(name, String(value));
    return {
      kind: 'answered',
      status: response.status,
      headers,
      body: response.body ?? undefined,
      broken: false,
    };
  });
}
