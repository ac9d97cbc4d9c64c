import { day, minute } from '../../../base/clock.js';
import { isAppError } from '../../../base/errors.js';
import { rowsBy } from '../../../graph/directory-audits.js';
import { type Pressed, type RoleUse, roleUse } from '../../../insight/role-use.js';
import type { Job } from '../../../jobs/job.js';
import type { ActivationRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { isForEmergencies, targetTier } from '../target.js';

/** Entra's log lags: what was done in the last minutes of a window shows up in it later. */
export const settledAfterMs = 60 * minute;
/** Entra keeps it for 30 days, and what was lost must not look like what was never done. */
const keptForMs = 29 * day;
/** Five pages: as much as Entra gives out in ten seconds. */
const rowsAtMost = 5000;

const none: RoleUse = { did: [], done: 0, failed: 0 };

export interface Use extends RoleUse {
  readonly log: 'whole' | 'late' | 'unread';
  /** There was more than was read, and what is missing is the oldest: nothing but the log itself tells of it. */
  readonly cut: boolean;
}

export const unread: Use = { ...none, log: 'unread', cut: false };

/** What the person did between start and end. Azure keeps a log of its own, which the bot may not read. */
export async function readUse(services: HouseServices, row: ActivationRow): Promise<Use> {
  const now = services.clock.now().getTime();
  if (!isReadable(row, now)) return unread;
  const from = new Date(windowOf(row).from);
  const to = new Date(row.ends_at);
  const rows = await rowsBy(services.graph.reader(services.ids.guid()), row.person, from, to, rowsAtMost);
  const known = { pressed: await pressedBy(services, row), isGuarded: isGuarded(services) };
  const use = roleUse(rows, { personId: row.person, from, to }, known);
  const log = now < row.ends_at + settledAfterMs ? 'late' : 'whole';
  return { ...use, log, cut: rows.length >= rowsAtMost };
}

/** A log that is only busy is worth some seconds of waiting; then its reader is told without it. */
const triesAtMost = 5;

/** For a job: `instead` where the log cannot be read now. */
export async function readUseOr<T>(
  services: HouseServices,
  row: ActivationRow,
  { attempt }: Pick<Job, 'attempt'>,
  instead: T,
): Promise<Use | T> {
  try {
    return await readUse(services, row);
  } catch (error) {
    if (isAppError(error) && error.retry === 'later' && attempt < triesAtMost) throw error;
    services.log.warn({ error, activation: row.id }, 'what was done with a role could not be read');
    return instead;
  }
}

export function isReadable({ kind, ends_at }: ActivationRow, now: number): boolean {
  return kind !== 'azure' && now < ends_at + keptForMs;
}

export function windowOf({ starts_at, asked_at, ends_at }: ActivationRow) {
  return { from: starts_at === 0 ? asked_at : starts_at, to: ends_at };
}

/** The log does not say which group opens more than others; the policy file does. */
function isGuarded({ policy }: HouseServices): (groupId: string) => boolean {
  return (id) => {
    const group = { kind: 'group', id, scope: 'member' } as const;
    return targetTier(policy, group).tier.name === 'privileged' || isForEmergencies(policy, group);
  };
}

/** What this person pressed here meanwhile stands in our own record, word for word. */
async function pressedBy({ store }: HouseServices, row: ActivationRow): Promise<readonly Pressed[]> {
  const { from, to } = windowOf(row);
  const claims = await store.db
    .selectFrom('claims')
    .select(['reference', 'created_at', 'settled_at'])
    .where('actor_id', '=', row.person)
    .where('created_at', '>=', from - day)
    .where('created_at', '<=', to)
    .execute();
  return claims.map(({ reference, created_at, settled_at }) => ({
    reference,
    from: created_at,
    to: settled_at ?? created_at,
  }));
}
