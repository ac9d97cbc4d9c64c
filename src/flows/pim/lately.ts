import { day } from '../../base/clock.js';
import type { ActivationRow } from '../../store/schema.js';
import type { Store } from '../../store/store.js';
import type { HouseServices } from '../turn.js';

export interface Lately {
  /** How often this person had this role, this time not counted. */
  readonly count: number;
  /** In so many days: thirty, or as many as the bot knows of. */
  readonly days: number;
  /** Never before, as far as the bot knows. */
  readonly first: boolean;
}

/** Since when the bot knows who activated what. */
export const knownSince = 'pim.known-since';

export async function knownFrom(db: Store['db'], now: Date): Promise<number> {
  const mark = await db.selectFrom('marks').select('at').where('name', '=', knownSince).executeTakeFirst();
  return mark?.at ?? now.getTime();
}

export async function latelyOf(services: HouseServices, row: ActivationRow): Promise<Lately> {
  const { clock, store } = services;
  const now = clock.now().getTime();
  const from = await knownFrom(store.db, clock.now());
  const used = await store.db
    .selectFrom('activations')
    .select('starts_at')
    .where('person', '=', row.person)
    .where('kind', '=', row.kind)
    .where('target', '=', row.target)
    // A group's owner is not its member; where in the directory, the log does not tell.
    .$if(row.kind === 'group', (same) => same.where('scope', '=', row.scope))
    .where('id', '<>', row.id)
    .where('state', 'in', ['active', 'ready', 'ended'])
    .where('starts_at', '>', 0)
    .execute();
  return {
    count: used.filter(({ starts_at }) => starts_at > now - 30 * day).length,
    days: Math.max(1, Math.min(30, Math.ceil((now - from) / day))),
    first: used.length === 0,
  };
}
