import { day, minute } from '../../../base/clock.js';
import type { AuditRow } from '../../../graph/directory-audits.js';
import { entitlementRowsSince } from '../../../graph/entitlement.js';
import type { PackageRequestRow } from '../../../store/schema.js';
import type { Tx } from '../../../store/store.js';
import type { HouseServices } from '../../turn.js';
import { learn, learnStages, neverTold } from '../seen.js';
import { decisionsIn } from './decisions-in-log.js';
import { mergeLog } from './merge-stages.js';

/** Lines come into the log late and out of order: what was read is read again for so long. */
const lateBy = 30 * minute;
/** So far back Entra keeps its log. */
const keptFor = 30 * day;
/** Who decided is told for a while after it ended. */
const toldFor = 2 * lateBy;
/** As long as the cards live that tell of it. */
const rememberedFor = 400 * day;
const readUntil = 'packages.read-until';

/**
 * Entra shows the stages of a request to its approvers only, and has no change feed. Its audit log tells the bot who
 * decided a stage elsewhere, some minutes later; and where it tells of nobody, that the first stage is still open.
 */
export async function readLog(services: HouseServices): Promise<void> {
  const now = services.clock.now().getTime();
  const requests = await watched(services, now);
  if (requests.length === 0) return;
  const before = await markOf(services);
  const untold = requests.filter(isUntold).map((row) => row.created_at);
  const usual = before === undefined || before > now ? now - keptFor : before - lateBy;
  const from = Math.max(Math.min(usual, ...untold), now - keptFor);
  const rows: AuditRow[] = [];
  for await (const page of entitlementRowsSince(services.graph.reader(services.ids.guid()), new Date(from))) {
    rows.push(...page);
  }
  await takeIn(services, requests, rows, from);
  await services.store.write(async (tx) => {
    await setMark(tx, now);
    await forgetOld(tx, now);
  });
  services.wake();
}

async function takeIn(
  services: HouseServices,
  requests: readonly PackageRequestRow[],
  rows: readonly AuditRow[],
  from: number,
): Promise<void> {
  const decisions = decisionsIn(rows);
  for (const row of requests) {
    const told = decisions.get(row.id) ?? [];
    // The log was read from before it was made: then the silence of the log tells something too.
    const silent = told.length === 0 && isUntold(row) && row.created_at >= from;
    if (told.length > 0) {
      await services.store.write((tx) => learn(tx, services, row.id, (known) => mergeLog(known, told)));
    } else if (silent) {
      await services.store.write((tx) => learnStages(tx, services, row.id, []));
    } else if (isUntold(row)) {
      await services.store.write((tx) => giveUp(tx, row.id));
    }
  }
}

/** It is older than the log: what the log does not tell of it now it never will. */
async function giveUp(tx: Tx, id: string): Promise<void> {
  await tx
    .updateTable('package_requests')
    .set({ stage_since: neverTold })
    .where('id', '=', id)
    .where('stage_since', '=', 0)
    .execute();
}

/** Nobody knows yet which stage is open. */
function isUntold(row: PackageRequestRow): boolean {
  return row.ended_at === 0 && row.stage_since === 0;
}

/** Those that can still have news. */
function watched({ store }: HouseServices, now: number): Promise<readonly PackageRequestRow[]> {
  return store.db
    .selectFrom('package_requests')
    .selectAll()
    .where((row) => row.or([row('ended_at', '=', 0), row('ended_at', '>', now - toldFor)]))
    .execute();
}

async function forgetOld(tx: Tx, now: number): Promise<void> {
  await tx
    .deleteFrom('package_requests')
    .where('ended_at', '>', 0)
    .where('ended_at', '<', now - rememberedFor)
    .execute();
}

async function markOf({ store }: HouseServices): Promise<number | undefined> {
  const mark = await store.db
    .selectFrom('marks')
    .select('at')
    .where('name', '=', readUntil)
    .executeTakeFirst();
  return mark?.at;
}

async function setMark(tx: Tx, at: number): Promise<void> {
  await tx
    .insertInto('marks')
    .values({ name: readUntil, at })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ at }))
    .execute();
}
