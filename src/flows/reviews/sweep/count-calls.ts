import type { GraphReader, ReadOptions } from '../../../graph/graph.js';

export interface Calls {
  /** What Graph counts against its limits: every part of a batch for itself. */
  readonly calls: number;
  /** What goes over the wire: twenty parts to a batch. */
  readonly requests: number;
}

const toABatch = 20;

/** The same reader, and how much was asked of it. */
export function countCalls(reader: GraphReader): { readonly reader: GraphReader; counted(): Calls } {
  let calls = 0;
  let requests = 0;
  const one = (): void => {
    calls += 1;
    requests += 1;
  };
  async function* pages<T>(path: string, options?: ReadOptions): AsyncGenerator<readonly T[]> {
    for await (const page of reader.pages<T>(path, options)) {
      one();
      yield page;
    }
  }
  return {
    counted: () => ({ calls, requests }),
    reader: {
      get: (path, options) => {
        one();
        return reader.get(path, options);
      },
      pages,
      getMany: (paths, options) => {
        calls += paths.size;
        requests += Math.ceil(paths.size / toABatch);
        return reader.getMany(paths, options);
      },
    },
  };
}
