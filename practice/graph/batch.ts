import { z } from 'zod/v4';
import type { PracticeRequest, PracticeResponse } from '../http/router.js';
import { urlOf } from '../http/url-of.js';
import { badRequest } from './odata-query.js';

const largestBatch = 20;

const itemShape = z.object({
  id: z.string().min(1),
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()).optional(),
  body: z.unknown(),
  dependsOn: z.array(z.string()).optional(),
});

type Item = z.infer<typeof itemShape>;

interface ItemAnswer {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** `send` takes an item through the same door as a request of its own: log, faults, bearer, permissions. */
export async function batchAnswer(
  req: PracticeRequest,
  send: (item: PracticeRequest) => Promise<PracticeResponse>,
): Promise<PracticeResponse> {
  const items = batchItems(req.body);
  const answers = new Map<string, Promise<ItemAnswer>>();
  // Each item is started once, however many others wait for it.
  const run = (item: Item): Promise<ItemAnswer> => {
    const started = answers.get(key(item.id)) ?? perform(item, req, send, earlier(item));
    answers.set(key(item.id), started);
    return started;
  };
  const earlier = (item: Item): Promise<ItemAnswer>[] =>
    (item.dependsOn ?? []).flatMap((id) => items.find((other) => key(other.id) === key(id)) ?? []).map(run);
  const responses = await Promise.all(items.map(run));
  // The order of the answers means nothing; turning it round here keeps clients honest.
  return { status: 200, body: { responses: responses.toReversed() } };
}

async function perform(
  item: Item,
  outer: PracticeRequest,
  send: (item: PracticeRequest) => Promise<PracticeResponse>,
  earlier: readonly Promise<ItemAnswer>[],
): Promise<ItemAnswer> {
  const before = await Promise.all(earlier);
  if (before.some(({ status }) => status >= 400)) {
    const message = 'The request was not sent because one that it depends on failed.';
    return { id: item.id, status: 424, headers: {}, body: { error: { code: 'FailedDependency', message } } };
  }
  const url = urlOf(item.url.startsWith('/') ? item.url : `/${item.url}`, 'http://batch.invalid');
  const headers = Object.entries(item.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]);
  const {
    status,
    headers: sent = {},
    body,
    drop,
  } = await send({
    ...outer,
    method: item.method.toUpperCase(),
    path: url?.pathname ?? '/',
    query: url?.searchParams ?? new URLSearchParams(),
    headers: { authorization: outer.headers.authorization, ...Object.fromEntries(headers) },
    body: item.body,
  });
  // One item cannot lose its connection by itself.
  if (drop)
    return {
      id: item.id,
      status: 504,
      headers: {},
      body: { error: { code: 'GatewayTimeout', message: '' } },
    };
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  return { id: item.id, status, headers: { ...type, ...sent }, ...(body === undefined ? {} : { body }) };
}

function batchItems(body: unknown): readonly Item[] {
  const parsed = z.object({ requests: z.array(itemShape) }).safeParse(body);
  if (!parsed.success) return badRequest('Invalid batch payload format.');
  const items = parsed.data.requests;
  if (items.length > largestBatch) {
    badRequest(`Number of batch request steps exceeds the maximum of ${largestBatch}.`);
  }
  const ids = items.map(({ id }) => key(id));
  if (new Set(ids).size !== ids.length) badRequest('Request Id has to be unique in a batch.');
  for (const [index, item] of items.entries()) checkItem(item, ids.slice(0, index));
  return items;
}

function checkItem(item: Item, earlierIds: readonly string[]): void {
  if (/\$batch/i.test(item.url)) badRequest('A batch cannot contain another batch.');
  if (/^https?:/i.test(item.url)) badRequest(`The url of request ${item.id} must be relative.`);
  const names = Object.keys(item.headers ?? {}).map((name) => name.toLowerCase());
  if (item.body !== undefined && item.body !== null && !names.includes('content-type')) {
    badRequest(`Write request id : ${item.id} does not contain Content-Type header or body.`);
  }
  // Only backward references: that is also what makes a circle impossible.
  if (item.dependsOn?.some((id) => !earlierIds.includes(key(id)))) {
    badRequest(`Request ${item.id} depends on a request that does not stand before it.`);
  }
}

function key(id: string): string {
  return id.toLowerCase();
}
