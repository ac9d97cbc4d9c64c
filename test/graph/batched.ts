import type { Odd, Seen } from './odd-graph.js';

interface Part {
  readonly id: string;
  readonly url: string;
}

/** Answers a batch part by part. */
export function batched(body: Seen['body'], reply: (part: Part) => Odd): Odd {
  const responses = body.requests.map((part: Part) => {
    const { status = 200, headers = {}, body: answer } = reply(part);
    return { id: part.id, status, headers, body: answer };
  });
  return { body: { responses } };
}
