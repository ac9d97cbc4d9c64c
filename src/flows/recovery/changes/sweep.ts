import { day, minute, second } from '../../../base/clock.js';
import { methodRowsSince } from '../../../graph/recovery/recovery.js';
import type { JobHandler, NewJob } from '../../../jobs/job.js';
import type { Tx } from '../../../store/store.js';
import type { HouseServices } from '../../turn.js';
import { keysChanged } from '../report/inventory.js';
import { markOf, setMark } from '../report/marks.js';
import { busyUntil, spend } from '../report/pace.js';
import { changeIn, type MethodChange } from './change-in.js';
import { madeHere } from './made-here.js';
import { placeOf } from './place-of.js';
import { addChange } from './rows.js';
import { openChangeCard, showChange } from './show-change.js';

const every = 20 * second;
/** Lines come into the log late and out of order: what was read is read again for so long, */
const lateBy = 30 * minute;
/** and now and then for much longer. */
const veryLateBy = day;
const farEvery = 10 * minute;
const betweenFarPages = 4 * second;
/** Where it was done from is worth a call, but not the time of everybody else when many change their phones. */
const placesAtOnce = 1;
/** Longer than a line can be read again, and than its card lives. */
const rememberedFor = 90 * day;

const readUntil = 'recovery.changes-read';
const readFar = 'recovery.changes-read-far';
const began = 'recovery.changes-began';

/** Queued when the bot starts. */
export const changeStarts: readonly NewJob[] = [
  { kind: 'recovery.changes', key: 'recovery.changes', payload: {} },
];

/** Tells people what became of their ways to sign in: Entra's log, which lags by minutes, is the only one who knows. */
export function changes(services: HouseServices): JobHandler {
  return async () => {
    const busy = await busyUntil(services);
    if (busy !== undefined) return { kind: 'again', at: busy };
    if (services.policy.flows.recovery !== 'off') await sweepOrLater(services);
    return { kind: 'again', at: new Date(services.clock.now().getTime() + every) };
  };
}

/** A sweep that failed is only late; it must never end for good. */
async function sweepOrLater(services: HouseServices): Promise<void> {
  try {
    await sweepOnce(services);
  } catch (error) {
    services.log.warn({ error }, 'the sweep for changed sign-in methods failed and will be tried again');
  }
}

/** How many people were told of something. What happened before the first sweep is nobody's news. */
export async function sweepOnce(services: HouseServices): Promise<number> {
  const now = services.clock.now().getTime();
  const [until, far, since = now] = await Promise.all(
    [readUntil, readFar, began].map((name) => markOf(services, name)),
  );
  const last = Math.min(until ?? now, now);
  const from = Math.max(last - lateBy, since);
  let told = 0;
  try {
    told = await tellAll(services, { from, since });
    await services.store.write(async (tx) => {
      await setMark(tx, began, since);
      await setMark(tx, readUntil, now);
    });
    if (far === undefined || far > now || now - far >= farEvery)
      told += await sweepFar(services, { from: Math.max(last - veryLateBy, since), upTo: from, since });
  } finally {
    if (told > 0) services.wake();
  }
  return told;
}

/** What is long past never holds up what is new: one that fails waits until it is due again. */
async function sweepFar(services: HouseServices, range: Range & { readonly upTo: number }): Promise<number> {
  const now = services.clock.now().getTime();
  await services.store.write(async (tx) => {
    await setMark(tx, readFar, now);
    await forgetOld(tx, now);
  });
  if (range.from >= range.upTo) return 0;
  try {
    return await tellAll(services, range);
  } catch (error) {
    services.log.warn({ error }, 'the sweep for late lines of the log failed and will be tried again');
    return 0;
  }
}

interface Range {
  readonly from: number;
  /** Undefined: everything until now, which is waited for. */
  readonly upTo?: number;
  readonly since: number;
}

async function tellAll(services: HouseServices, { from, upTo, since }: Range): Promise<number> {
  const reader = services.graph.reader(services.ids.guid());
  const pages = methodRowsSince(reader, new Date(from), upTo === undefined ? undefined : new Date(upTo));
  let told = 0;
  let first = true;
  await spend(services, 1);
  for await (const page of pages) {
    if (!first && upTo !== undefined) await services.sleep(betweenFarPages);
    first = false;
    const found = page.flatMap((row) => changeIn(row) ?? []).filter(({ at }) => at >= since);
    for (const change of await unknown(services, found)) {
      if (await tell(services, change, { withPlace: told < placesAtOnce })) told += 1;
    }
  }
  return told;
}

/** Most of what is read was read before. */
async function unknown(
  { store }: HouseServices,
  found: readonly MethodChange[],
): Promise<readonly MethodChange[]> {
  if (found.length === 0) return [];
  const ids = found.map(({ id }) => id);
  const rows = await store.db.selectFrom('method_changes').select('id').where('id', 'in', ids).execute();
  const known = new Set(rows.map(({ id }) => id));
  return found.filter(({ id }) => !known.has(id));
}

/** False: somebody was faster. The line that they were told and their card are there together, or not at all. */
async function tell(
  services: HouseServices,
  change: MethodChange,
  { withPlace }: { readonly withPlace: boolean },
): Promise<boolean> {
  const { caseId, step } = await madeHere(services, change);
  if (withPlace) await spend(services, 1);
  const place = withPlace ? await placeOf(services, change) : '';
  const added = await services.store.write(async (tx) => {
    await keysChanged(tx, change.person);
    const told = await addChange(tx, services, change, { place, caseId, step });
    if (told === undefined) return undefined;
    const { ref } = await openChangeCard(tx, services, told);
    await showChange(tx, services, told, ref);
    return told;
  });
  return added !== undefined;
}

async function forgetOld(tx: Tx, now: number): Promise<void> {
  await tx
    .deleteFrom('method_changes')
    .where('told_at', '<', now - rememberedFor)
    .execute();
}
