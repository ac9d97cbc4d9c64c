import { randomUUID } from 'node:crypto';
import type { Events } from '../world/events.js';

export type ServiceName = 'graph' | 'azure' | 'sts' | 'connector' | 'drive';

export interface LoggedRequest {
  readonly id: string;
  readonly at: string;
  readonly service: ServiceName;
  readonly method: string;
  /** Path behind the service prefix, with the query. */
  readonly path: string;
  /** Secrets, assertions and passwords are replaced by "…". */
  readonly body?: unknown;
  /** 0 while the answer is still waiting, -1 when the connection was cut instead. */
  readonly status: number;
  readonly token: 'user' | 'app' | 'none';
  /** Object id of the person the token speaks for. */
  readonly user?: string;
  readonly app?: string;
}

export interface RequestLog {
  begin(request: Omit<LoggedRequest, 'id' | 'at' | 'status'>): string;
  finish(id: string, status: number): void;
  list(which: {
    readonly service?: string | undefined;
    readonly since?: string | undefined;
  }): LoggedRequest[];
  clear(): void;
}

// Enough for the longest story, and bounded: a load test must not fill the memory.
const newest = 5_000;

export function createRequestLog(now: () => Date, events: Events): RequestLog {
  let entries: LoggedRequest[] = [];
  return {
    begin: (request) => {
      const entry = { ...request, id: randomUUID(), at: now().toISOString(), status: 0 };
      entries.push(entry);
      if (entries.length > newest) entries = entries.slice(-newest);
      events.publish({ kind: 'request', request: entry });
      return entry.id;
    },
    finish: (id, status) => {
      // From the end: what finishes now mostly began a moment ago. It may also have been cleared since.
      const index = entries.findLastIndex((entry) => entry.id === id);
      const entry = entries[index];
      if (!entry) return;
      const finished = { ...entry, status };
      entries[index] = finished;
      events.publish({ kind: 'request', request: finished });
    },
    // An id that is no longer (or was never) in the list means "from the beginning".
    list: ({ service, since }) => {
      const start = since === undefined ? 0 : entries.findIndex((entry) => entry.id === since) + 1;
      return entries.slice(start).filter((entry) => service === undefined || entry.service === service);
    },
    clear: () => {
      entries = [];
    },
  };
}
