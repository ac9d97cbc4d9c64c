import { graphError } from '../../../src/graph/errors.js';
import type { GraphReader } from '../../../src/graph/graph.js';

export const person = (index: number): string => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;

export interface Fake {
  readonly reader: GraphReader;
  readonly asked: string[];
}

/** A Graph whose answers are written down here: lists by the beginning of their path, single things by a function. */
export function fake(
  lists: Readonly<Record<string, readonly (readonly unknown[] | Error)[]>>,
  one: (path: string) => unknown = () => graphError('graph.not-found'),
): Fake {
  const asked: string[] = [];
  const pages = (path: string) => Object.entries(lists).find(([begin]) => path.endsWith(begin))?.[1] ?? [];
  return {
    asked,
    reader: {
      get: () => Promise.reject(graphError('graph.not-found')),
      async *pages<T>(path: string) {
        for (const page of pages(path)) {
          asked.push(path);
          if (page instanceof Error) throw page;
          // What a page holds is not known before it is parsed, here as in the real one.
          yield page as readonly T[];
        }
      },
      async getMany<T>(paths: ReadonlyMap<string, string>) {
        return new Map(
          [...paths].map(([id, path]) => {
            asked.push(decodeURIComponent(path));
            const body = one(decodeURIComponent(path));
            return [
              id,
              body instanceof Error
                ? { kind: 'failed' as const, id, error: body }
                : { kind: 'ok' as const, id, status: 200, body: body as T },
            ] as const;
          }),
        );
      },
    },
  };
}
