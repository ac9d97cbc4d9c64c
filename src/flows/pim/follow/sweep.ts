import { day, minute, second } from '../../../base/clock.js';
import { type AuditRow, pimRowsSince } from '../../../graph/directory-audits.js';
import type { JobHandler, NewJob } from '../../../jobs/job.js';
import type { ActivationRow } from '../../../store/schema.js';
import type { Tx } from '../../../store/store.js';
import type { HouseServices } from '../../turn.js';
import { aboutOf, followSoon, learn } from '../activations.js';
import { knownSince } from '../lately.js';
import { endsIn, type HeardEnd, heardIn } from './audit-rows.js';
import { hear } from './hear.js';

const every = 20 * second;
/** Lines come into the log late and out of order: what was read is read again for so long. */
const lateBy = 30 * minute;
/** So far back Entra keeps its log. */
const keptFor = 30 * day;
const readUntil = 'pim.read-until';

/** Queued when the bot starts. */
export const starts: readonly NewJob[] = [{ kind: 'pim.sweep', key: 'pim.sweep', payload: {} }];

/**
 * What happened elsewhere. Entra shows requests only to the people concerned, and has no change feed; its audit log
 * tells of all of them, some minutes later. Two calls, whatever there is.
 */
export function sweep(services: HouseServices): JobHandler {
  return async () => {
    try {
      if (services.policy.flows.pim !== 'off') await sweepOnce(services);
    } catch (error) {
      // A sweep that failed is only late; it must never end for good.
      services.log.warn({ error }, 'the roles sweep failed and will be tried again');
    }
    return { kind: 'again', at: new Date(services.clock.now().getTime() + every) };
  };
}

export async function sweepOnce(
  services: HouseServices,
): Promise<{ readonly lines: number; readonly news: number }> {
  const now = services.clock.now().getTime();
  const before = await markOf(services, readUntil);
  // A clock that was put back, or a first start: everything there is.
  const from =
    before === undefined || before > now ? now - keptFor : Math.max(before - lateBy, now - keptFor);
  const rows: AuditRow[] = [];
  const reader = services.graph.reader(services.ids.guid());
  for await (const page of pimRowsSince(reader, new Date(from))) rows.push(...page);
  const news = await hear(services, heardIn(rows), { first: before === undefined });
  await takeInEnds(services, rows, from);
  await services.store.write(async (tx) => {
    await setMark(tx, readUntil, now);
    if (before === undefined) await setMark(tx, knownSince, from);
  });
  if (news > 0) services.wake();
  return { lines: rows.length, news };
}

/**
 * An end names only whose role it was. Whoever has it, as far as we know, is looked at; and where we saw for ourselves
 * that it was over, this tells by whom.
 */
async function takeInEnds(services: HouseServices, rows: readonly AuditRow[], from: number): Promise<void> {
  const ends = endsIn(rows);
  if (ends.length === 0) return;
  const used = await services.store.db
    .selectFrom('activations')
    .selectAll()
    .where('state', 'in', ['active', 'ready', 'ended'])
    .where('ends_at', '>', from)
    .execute();
  for (const row of used) {
    const end = ends.find((each) => isEndOf(row, each));
    if (end === undefined || (row.state === 'ended' && aboutOf(row).endedBy !== '')) continue;
    await services.store.write(async (tx) => {
      const about = { endedBy: end.by };
      if (row.state === 'ended') await learn(tx, services, row, { about });
      // In Azure the bot cannot look: there the log has the only word.
      else if (row.kind === 'azure')
        await learn(tx, services, row, { state: 'ended', endsAt: end.at, about });
      else await followSoon(tx, services, row.id);
    });
  }
  services.wake();
}

function isEndOf(row: ActivationRow, { personId, targetId, at }: HeardEnd): boolean {
  if (row.person !== personId || !row.target.endsWith(targetId) || at <= row.starts_at) return false;
  return row.state !== 'ended' || Math.abs(at - row.ends_at) < 2 * minute;
}

async function markOf({ store }: HouseServices, name: string): Promise<number | undefined> {
  const mark = await store.db.selectFrom('marks').select('at').where('name', '=', name).executeTakeFirst();
  return mark?.at;
}

async function setMark(tx: Tx, name: string, at: number): Promise<void> {
  await tx
    .insertInto('marks')
    .values({ name, at })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ at }))
    .execute();
}
