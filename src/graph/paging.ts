import { z } from 'zod/v4';
import { because } from '../identity/because.js';
import { graphError } from './errors.js';
import type { ReadOptions } from './graph.js';
import { type Hosts, type Service, sameService, serviceOf } from './url.js';

const link = z.string().nullish();
const pageShape = z.object({ value: z.array(z.unknown()), '@odata.nextLink': link, nextLink: link });

const nextLinks = { graph: '@odata.nextLink', azure: 'nextLink' } as const satisfies Record<Service, string>;

const mostPages = 2000;

export interface Pager {
  get(path: string, options: ReadOptions): Promise<unknown>;
  readonly hosts: Hosts;
}

/** Pages can be empty and still not be the last one; headers have to be given again for every page. */
export async function* pagesOf(
  pager: Pager,
  path: string,
  options: ReadOptions,
): AsyncGenerator<readonly unknown[]> {
  const service = serviceOf(path);
  const seen = new Set<string>();
  let next: string | undefined = path;
  let given = options;
  while (next !== undefined) {
    seen.add(next);
    const page = pageShape.safeParse(await pager.get(next, given));
    if (!page.success) throw graphError('graph.broken-answer', because('not a page of a collection'));
    yield page.data.value;
    // Azure ends a list with a link that is empty, null or not there.
    const link = page.data[nextLinks[service]] || undefined;
    next = link === undefined ? undefined : following(pager.hosts, service, link, seen);
    const { query: _, ...rest } = options;
    given = rest;
  }
}

function following(hosts: Hosts, service: Service, link: string, seen: ReadonlySet<string>): string {
  const next = sameService(hosts, service, link);
  if (next === undefined)
    throw graphError('graph.broken-answer', because('a nextLink leads away from its service'));
  if (seen.has(next) || seen.size >= mostPages)
    throw graphError('graph.paging-loop', because('a nextLink repeats'));
  return next;
}
