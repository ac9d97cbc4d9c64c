import { z } from 'zod/v4';
import { because } from '../identity/because.js';
import { graphError } from './errors.js';
import type { ReadOptions } from './graph.js';
import { sameGraph } from './url.js';

const pageShape = z.object({ value: z.array(z.unknown()), '@odata.nextLink': z.string().nullish() });

const mostPages = 2000;

export interface Pager {
  get(path: string, options: ReadOptions): Promise<unknown>;
  readonly graphUrl: string;
}

/** Pages can be empty and still not be the last one; headers have to be given again for every page. */
export async function* pagesOf(
  pager: Pager,
  path: string,
  options: ReadOptions,
): AsyncGenerator<readonly unknown[]> {
  const seen = new Set<string>();
  let next: string | undefined = path;
  let given = options;
  while (next !== undefined) {
    seen.add(next);
    const page = pageShape.safeParse(await pager.get(next, given));
    if (!page.success) throw graphError('graph.broken-answer', because('not a page of a collection'));
    yield page.data.value;
    next = following(page.data['@odata.nextLink'] ?? undefined, pager.graphUrl, seen);
    const { query: _, ...rest } = options;
    given = rest;
  }
}

function following(
  link: string | undefined,
  graphUrl: string,
  seen: ReadonlySet<string>,
): string | undefined {
  if (link === undefined) return undefined;
  const next = sameGraph(link, graphUrl);
  if (next === undefined)
    throw graphError('graph.broken-answer', because('a nextLink leads away from Graph'));
  if (seen.has(next) || seen.size >= mostPages)
    throw graphError('graph.paging-loop', because('a nextLink repeats'));
  return next;
}
