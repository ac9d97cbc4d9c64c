import { z } from 'zod/v4';
import type { Snapshot } from './snapshot.js';

/** What Azure's own endpoint remembers beside the requests: bodies that were put, and how long its pages are. */
export interface Azure {
  pageSize(): number;
  setPageSize(size: number): void;
  /** Of the body with which a request was put; undefined for one that came some other way. */
  fingerprint(requestId: string): string | undefined;
  remember(requestId: string, fingerprint: string): void;
}

const usualPage = 100;
const shape = z.object({ page: z.int(), puts: z.record(z.string(), z.string()) });

export function createAzure(snapshot: Snapshot): Azure {
  let state: z.infer<typeof shape> = { page: usualPage, puts: {} };
  const changed = snapshot.part('azure', {
    save: () => state,
    load: (saved) => {
      state = shape.parse(saved);
    },
    reset: () => {
      state = { page: usualPage, puts: {} };
    },
  });
  const become = (next: typeof state): void => {
    state = next;
    changed();
  };
  return {
    pageSize: () => state.page,
    setPageSize: (page) => become({ ...state, page }),
    fingerprint: (requestId) => state.puts[requestId],
    remember: (requestId, fingerprint) =>
      become({ ...state, puts: { ...state.puts, [requestId]: fingerprint } }),
  };
}
