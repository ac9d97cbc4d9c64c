import type { BatchAnswer, GraphReader } from '../../../src/graph/graph.js';

/** Graph, with every path that was asked for written down, and answered otherwise where a test wants that. */
export function overheard(
  graph: GraphReader,
  read: string[],
  instead: (path: string, answer: unknown) => unknown,
): GraphReader {
  const changed = (path: string, answer: unknown): unknown => {
    const now = instead(path, answer);
    if (now instanceof Error) throw now;
    return now;
  };
  return {
    get: async <T>(path: string, options?: object): Promise<T> => {
      read.push(path);
      return changed(path, await graph.get(path, options)) as T;
    },
    pages: <T>(path: string, options?: { query?: Readonly<Record<string, string>> }) => {
      read.push(`${path}?${options?.query?.$filter ?? ''}`);
      return graph.pages<T>(path, options);
    },
    getMany: async <T>(paths: ReadonlyMap<string, string>, options?: object) => {
      read.push(...paths.values());
      const seen = [...(await graph.getMany<T>(paths, options))].map(
        ([id, answer]): [string, BatchAnswer<T>] => {
          if (answer.kind === 'failed') return [id, answer];
          const now = instead(paths.get(id) ?? '', answer.body);
          return [
            id,
            now instanceof Error ? { kind: 'failed', id, error: now } : { ...answer, body: now as T },
          ];
        },
      );
      return new Map(seen);
    },
  };
}
