import { z } from 'zod/v4';
import { minute } from '../../base/clock.js';
import type { RequestInfo } from '../../graph/entitlement.js';
import type { PackageRequestRow } from '../../store/schema.js';
import type { Tx } from '../../store/store.js';
import type { HouseServices } from '../turn.js';
import { followSoon } from './follow/follow-job.js';
import { mergeStages, type StageSeen } from './follow/merge-stages.js';
import { isOpen } from './offers.js';

export type { StageSeen } from './follow/merge-stages.js';

/** What is known of the stages of a request. Entra shows them to its approvers only, so it is pieced together. */
export interface Seen {
  /** The decided ones, in their order. */
  readonly stages: readonly StageSeen[];
  /** When the open stage began; 0: nobody knows which one is open. */
  readonly stageSince: number;
  readonly reminded: number;
  /** When the bot saw that it was over, where Entra does not say; 0: it is open. */
  readonly endedAt: number;
}

const stagesShape: z.ZodType<readonly StageSeen[]> = z.array(
  z.object({
    result: z.enum(['approved', 'denied']),
    byId: z.string(),
    byName: z.string(),
    at: z.string(),
    comment: z.string(),
  }),
);

const nothing: Seen = { stages: [], stageSince: 0, reminded: 0, endedAt: 0 };

/** In place of the moment at which the open stage began: the log was asked, and does not reach back so far. */
export const neverTold = -1;

export async function seenOf(services: HouseServices, requestId: string): Promise<Seen> {
  const row = await services.store.db
    .selectFrom('package_requests')
    .selectAll()
    .where('id', '=', requestId)
    .executeTakeFirst();
  return row === undefined ? nothing : seenIn(row);
}

export function seenIn(row: PackageRequestRow): Seen {
  const stages = stagesShape.parse(JSON.parse(row.stages));
  const { stage_since, reminded, ended_at: endedAt } = row;
  return { stages, stageSince: Math.max(0, stage_since), reminded, endedAt };
}

/** So soon after a request was made nobody has decided it: its first stage is the open one. */
const fresh = minute;

/** What Entra says of the request itself. True: that is news. A second look changes only what changed. */
export async function noteRequest(tx: Tx, { clock }: HouseServices, request: RequestInfo): Promise<boolean> {
  const now = clock.now().getTime();
  const created = timeOf(request.createdAt, now);
  const ended = isOpen(request) ? 0 : timeOf(request.completedAt ?? '', now);
  const changed = await tx
    .insertInto('package_requests')
    .values({
      id: request.id,
      package_id: request.packageId,
      person: request.targetId,
      requestor: request.requestorId,
      state: request.state,
      stages: '[]',
      stage_since: now - created < fresh ? created : 0,
      reminded: 0,
      created_at: created,
      ended_at: ended,
    })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet({ state: request.state, ended_at: ended })
        .where('package_requests.state', '<>', request.state),
    )
    .returning('id')
    .executeTakeFirst();
  return changed !== undefined;
}

/**
 * Takes in stages that somebody saw decided, the first of them being number `from`; none: the one after those known is
 * open. Several may tell the same at once: nobody's words are lost. True: it was news, and the cards follow.
 */
export async function learnStages(
  tx: Tx,
  services: HouseServices,
  requestId: string,
  told: readonly StageSeen[],
  from = 0,
): Promise<boolean> {
  return learn(tx, services, requestId, (known) => mergeStages(known, told, from));
}

/** The same for whoever has to look at what is known first. */
export async function learn(
  tx: Tx,
  services: HouseServices,
  requestId: string,
  next: (known: readonly StageSeen[]) => readonly StageSeen[],
): Promise<boolean> {
  for (let tries = 0; tries < 3; tries += 1) {
    const row = await rowOf(tx, requestId);
    if (row === undefined) return false;
    const news = newsFor(row, next);
    if (news === undefined) return false;
    const changed = await tx
      .updateTable('package_requests')
      .set(news)
      .where('id', '=', requestId)
      // Two looks at once would take back each other's words; the one that comes late looks again.
      .where('stages', '=', row.stages)
      .where('stage_since', '=', row.stage_since)
      .executeTakeFirst();
    if (changed.numUpdatedRows !== 1n) continue;
    await followSoon(tx, services.clock, requestId);
    return true;
  }
  return false;
}

function newsFor(
  row: PackageRequestRow,
  next: (known: readonly StageSeen[]) => readonly StageSeen[],
): Partial<PackageRequestRow> | undefined {
  const known = seenIn(row).stages;
  const stages = next(known);
  const text = JSON.stringify(stages);
  const since = timeOf(stages.at(-1)?.at ?? '', row.created_at);
  const moved = stages.length > known.length;
  if (text === row.stages && row.stage_since > 0) return undefined;
  return {
    stages: text,
    stage_since: moved || row.stage_since <= 0 ? since : row.stage_since,
    ...(moved ? { reminded: 0 } : {}),
  };
}

export async function isNoted(tx: Tx, requestId: string): Promise<boolean> {
  return (await rowOf(tx, requestId)) !== undefined;
}

function rowOf(tx: Tx, id: string): Promise<PackageRequestRow | undefined> {
  return tx.selectFrom('package_requests').selectAll().where('id', '=', id).executeTakeFirst();
}

function timeOf(text: string, otherwise: number): number {
  const at = Date.parse(text);
  return Number.isNaN(at) ? otherwise : at;
}
