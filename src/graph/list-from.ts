import { z } from 'zod/v4';
import { isAppError } from '../base/errors.js';
import { collect } from './collect.js';
import type { BatchAnswer, GraphReader } from './graph.js';

const firstPage = z.object({ value: z.array(z.unknown()), '@odata.nextLink': z.string().nullish() });

/** A collection whose first page came in a batch; if there is more it is read whole. Undefined: it cannot be read. */
export async function listFrom<Wanted>(
  reader: GraphReader,
  path: string,
  answer: BatchAnswer<unknown> | undefined,
  parse: (item: unknown) => Wanted,
): Promise<readonly Wanted[] | undefined> {
  if (answer?.kind !== 'ok') return undefined;
  const page = firstPage.safeParse(answer.body);
  if (!page.success) return undefined;
  const { value, '@odata.nextLink': next } = page.data;
  try {
    // A nextLink is not ours to put into a path, so the first page is read a second time.
    return next ? await collect(reader.pages(path), parse) : value.map(parse);
  } catch (error) {
    if (isAppError(error)) return undefined;
    throw error;
  }
}

/** One collection a key, twenty to a request. Whichever cannot be read is left out. */
export async function listsOf<Wanted>(
  reader: GraphReader,
  paths: ReadonlyMap<string, string>,
  parse: (item: unknown) => Wanted,
): Promise<ReadonlyMap<string, readonly Wanted[]>> {
  const answers = await reader.getMany<unknown>(paths);
  const lists = new Map<string, readonly Wanted[]>();
  for (const [key, path] of paths) {
    const found = await listFrom(reader, path, answers.get(key), parse);
    if (found !== undefined) lists.set(key, found);
  }
  return lists;
}
