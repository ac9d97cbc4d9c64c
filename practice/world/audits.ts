import { z } from 'zod/v4';
import type { PracticeClock } from './clock.js';
import { newId } from './ids.js';
import type { Snapshot } from './snapshot.js';

/** Who did it: a person, or an app on its own. */
export type AuditActor =
  | {
      readonly kind: 'user';
      readonly id: string;
      readonly name: string;
      readonly userPrincipalName: string;
      readonly ip: string;
    }
  | { readonly kind: 'app'; readonly id: string; readonly name: string };

export interface AuditTarget {
  readonly id: string;
  readonly name: string;
  /** User, Group, Role, Request, ServicePrincipal… */
  readonly type: string;
  readonly userPrincipalName?: string | undefined;
  /** Properties that have another value now; both values are JSON in a text. */
  readonly changed?:
    | readonly { readonly name: string; readonly before: string; readonly after: string }[]
    | undefined;
}

/** One line of the directory's audit log. */
export interface AuditRow {
  readonly id: string;
  readonly at: string;
  readonly activity: string;
  readonly category: string;
  /** The service that logged it, as "PIM" or "Core Directory". */
  readonly service: string;
  readonly result: 'success' | 'failure';
  readonly reason: string;
  readonly by: AuditActor;
  readonly targets: readonly AuditTarget[];
  readonly details: readonly { readonly key: string; readonly value: string }[];
  readonly correlationId: string;
}

export interface Audits {
  /** Written now, or dated when it was due. */
  add(row: Omit<AuditRow, 'id' | 'at'> & { readonly at?: string | undefined }): void;
  /** Those whose ingestion delay is over, oldest first. */
  visible(): readonly AuditRow[];
  setDelay(ms: number): void;
  /** How many rows one page of the log holds at most. */
  pageSize(): number;
  setPageSize(size: number): void;
}

export interface AuditsPorts {
  readonly clock: PracticeClock;
  readonly snapshot: Snapshot;
}

const newest = 5_000;
const usualDelayMs = 15_000;
const usualPage = 1_000;

export function createAudits({ clock, snapshot }: AuditsPorts): Audits {
  let rows: readonly AuditRow[] = [];
  let delayMs = usualDelayMs;
  let page = usualPage;
  const changed = snapshot.part('audits', {
    save: () => ({ rows, delayMs, page }),
    load: (saved) => {
      ({ rows, delayMs, page } = shape.parse(saved));
    },
    reset: () => {
      rows = [];
      delayMs = usualDelayMs;
      page = usualPage;
    },
  });
  return {
    add: ({ at, ...row }) => {
      rows = inOrder(rows, { ...row, id: newId(), at: at ?? clock.now().toISOString() }).slice(-newest);
      changed();
    },
    visible: () => {
      const until = clock.now().getTime() - delayMs;
      return rows.filter((row) => Date.parse(row.at) <= until);
    },
    setDelay: (ms) => {
      delayMs = ms;
      changed();
    },
    pageSize: () => page,
    setPageSize: (size) => {
      page = size;
      changed();
    },
  };
}

// A row may be dated back, when the clock was moved over the moment at which it was due.
function inOrder(rows: readonly AuditRow[], row: AuditRow): readonly AuditRow[] {
  const at = Date.parse(row.at);
  const place = rows.findLastIndex((other) => Date.parse(other.at) <= at) + 1;
  return [...rows.slice(0, place), row, ...rows.slice(place)];
}

const shape = z.object({
  delayMs: z.number(),
  page: z.int(),
  rows: z.array(
    z.object({
      id: z.string(),
      at: z.string(),
      activity: z.string(),
      category: z.string(),
      service: z.string(),
      result: z.enum(['success', 'failure']),
      reason: z.string(),
      by: z.discriminatedUnion('kind', [
        z.object({
          kind: z.literal('user'),
          id: z.string(),
          name: z.string(),
          userPrincipalName: z.string(),
          ip: z.string(),
        }),
        z.object({ kind: z.literal('app'), id: z.string(), name: z.string() }),
      ]),
      targets: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          type: z.string(),
          userPrincipalName: z.string().optional(),
          changed: z.array(z.object({ name: z.string(), before: z.string(), after: z.string() })).optional(),
        }),
      ),
      details: z.array(z.object({ key: z.string(), value: z.string() })),
      correlationId: z.string(),
    }),
  ),
});
