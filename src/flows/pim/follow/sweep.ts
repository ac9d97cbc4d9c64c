import { day, minute, second } from '../../../base/clock.js';
import { type AuditRow, pimRowsSince } from '../../../graph/directory-audits.js';
import type { JobHandler, NewJob } from '../../../jobs/job.js';
import type { Tx } from '../../../store/store.js';
import type { HouseServices } from '../../turn.js';
import { beganMark } from '../activations.js';
import { knownSince } from '../lately.js';
import { heardIn } from './audit-rows.js';
import { hear } from './hear.js';
import { takeInEnds } from './take-in-ends.js';
import { watchEmergencies } from './watch-emergencies.js';

const every = 20 * second;
/** Lines come into the log late and out of order: what was read is read again for so long, */
const lateBy = 30 * minute;
/** and now and then for much longer. */
const veryLateBy = day;
const farEvery = 10 * minute;
/** So far back Entra keeps its log. */
const keptFor = 30 * day;
/** Longer than anybody asks how often a role was used. */
const rememberedFor = 400 * day;
const readUntil = 'pim.read-until';
const readFar = 'pim.read-far';

/** Queued when the bot starts. */
export const starts: readonly NewJob[] = [{ kind: 'pim.sweep', key: 'pim.sweep', payload: {} }];

/**
 * What happened elsewhere. Entra shows requests only to the people concerned, and has no change feed; its audit log
 * tells of all of them, some minutes later. Emergency roles are looked at themselves: they do not wait for a log.
 */
export function sweep(services: HouseServices): JobHandler {
  return async () => {
    if (services.policy.flows.pim !== 'off') {
      await orLater(services, () => watchEmergencies(services));
      await orLater(services, () => sweepOnce(services));
    }
    return { kind: 'again', at: new Date(services.clock.now().getTime() + every) };
  };
}

/** A sweep that failed is only late; it must never end for good. */
async function orLater(services: HouseServices, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    services.log.warn({ error }, 'the roles sweep failed and will be tried again');
  }
}

export async function sweepOnce(
  services: HouseServices,
): Promise<{ readonly lines: number; readonly news: number }> {
  const now = services.clock.now().getTime();
  const [before, far] = await Promise.all([markOf(services, readUntil), markOf(services, readFar)]);
  // A first start: a month of it. A clock that was put back counts as one, but nobody is told anew.
  const first = before === undefined;
  const isFar = far === undefined || far > now || now - far >= farEvery;
  const from =
    first || before > now ? now - keptFor : Math.max(before - (isFar ? veryLateBy : lateBy), now - keptFor);
  const reader = services.graph.reader(services.ids.guid());
  const all: AuditRow[] = [];
  let news = 0;
  for await (const page of pimRowsSince(reader, new Date(from))) {
    all.push(...page);
    if (!first) continue;
    // A month may be long: what a page tells is kept before the next one is asked for.
    news += await hear(services, heardIn(page), { first });
  }
  news += await hear(services, heardIn(all), { first });
  await takeInEnds(services, all, from);
  await services.store.write(async (tx) => {
    await setMark(tx, readUntil, now);
    if (isFar) await setMark(tx, readFar, now);
    if (isFar) await forgetOld(tx, now);
    if (!first) return;
    await setMark(tx, knownSince, from);
    await setMark(tx, beganMark, now);
  });
  if (news > 0) services.wake();
  return { lines: all.length, news };
}

async function forgetOld(tx: Tx, now: number): Promise<void> {
  await tx
    .deleteFrom('activations')
    .where('asked_at', '<', now - rememberedFor)
    .where('state', 'in', ['ended', 'denied', 'cancelled', 'expired', 'failed'])
    .where('look_back', 'in', ['', 'closed'])
    .execute();
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
