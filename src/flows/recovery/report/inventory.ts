import { z } from 'zod/v4';
import { day, hour, second } from '../../../base/clock.js';
import { isAppError } from '../../../base/errors.js';
import { isNotFound } from '../../../graph/errors.js';
import { everyUser } from '../../../graph/every-user.js';
import type { GraphReader } from '../../../graph/graph.js';
import { type Registration, registrations } from '../../../graph/recovery/recovery.js';
import { hasPasskeyIn, type PersonKeys } from '../../../insight/passkey-report.js';
import type { JobHandler, NewJob } from '../../../jobs/job.js';
import type { PeopleKeysRow } from '../../../store/schema.js';
import type { Tx } from '../../../store/store.js';
import type { HouseServices } from '../../turn.js';
import { keysOf, personOf } from './keys-of.js';
import { markOf, setMark } from './marks.js';
import { busyUntil, spend } from './pace.js';

const every = 8 * second;
/** Entra makes its report a few times a day. */
const roundEvery = 12 * hour;
/** A third of what a page may take leaves the others their share of the five calls in ten seconds. */
const betweenPages = 4 * second;
/** So in a day some ten thousand people's keys are read, and never several at once. */
const peopleAtOnce = 1;
/** A change in Entra's log has them read sooner. */
const keysGood = 30 * day;
/** Those that could not be read are not asked for in each round: the others would never have their turn. */
const againAfter = day;

/** When Entra's report was last read to its end. */
export const roundMark = 'recovery.inventory';

/** Queued when the bot starts. */
export const inventoryStarts: readonly NewJob[] = [
  { kind: 'recovery.inventory', key: 'recovery.inventory', payload: {} },
];

/**
 * What the report on passkeys is made from. Who has which key takes a call a person, of five in ten seconds that the
 * whole tenant has: nobody could wait for it in a chat, so it is gathered slowly and kept.
 */
export function inventory(services: HouseServices): JobHandler {
  return async () => {
    const busy = await busyUntil(services);
    if (busy !== undefined) return { kind: 'again', at: busy };
    if (services.policy.flows.recovery !== 'off') await gatherOrLater(services);
    return { kind: 'again', at: new Date(services.clock.now().getTime() + every) };
  };
}

/** A round that failed is only late; it must never end for good. */
async function gatherOrLater(services: HouseServices): Promise<void> {
  try {
    const now = services.clock.now().getTime();
    const last = await markOf(services, roundMark);
    const reader = services.graph.reader(services.ids.guid());
    if (last === undefined || last > now || now - last >= roundEvery) await readRound(services, reader);
    else await readSomeKeys(services, reader);
  } catch (error) {
    services.log.warn({ error }, 'the gathering of passkeys failed and will be tried again');
  }
}

/** Everybody, as Entra's own report has them. Whoever is not in it any more goes. */
export async function readRound(services: HouseServices, reader: GraphReader): Promise<void> {
  const begun = services.clock.now().getTime();
  const departments = new Map<string, string>();
  for await (const page of everyUser(reader))
    for (const user of page) departments.set(user.id, user.department);
  let first = true;
  for await (const page of registrations(reader)) {
    if (!first) await services.sleep(betweenPages);
    first = false;
    const known = page.map((each) => rowOf(each, departments.get(each.id) ?? '', begun));
    await services.store.write((tx) => keepAll(tx, known));
  }
  await services.store.write(async (tx) => {
    await tx.deleteFrom('people_keys').where('seen_at', '<', begun).execute();
    await setMark(tx, roundMark, begun);
  });
}

/** Databases take a limited number of values at once. */
const rowsAtOnce = 100;

async function keepAll(tx: Tx, rows: readonly PeopleKeysRow[]): Promise<void> {
  for (let at = 0; at < rows.length; at += rowsAtOnce) {
    await tx
      .insertInto('people_keys')
      .values(rows.slice(at, at + rowsAtOnce))
      .onConflict((conflict) =>
        conflict.column('person').doUpdateSet((row) => ({
          about: row.ref('excluded.about'),
          seen_at: row.ref('excluded.seen_at'),
          methods: row.ref('excluded.methods'),
          has_passkey: row.ref('excluded.has_passkey'),
          // Whoever registered something since then may have another key.
          keys_read: row
            .case()
            .when('people_keys.methods', '=', row.ref('excluded.methods'))
            .then(row.ref('people_keys.keys_read'))
            .else(0)
            .end(),
        })),
      )
      .execute();
  }
}

/** The few whose keys nobody has read yet, or not for longest. How many were read. */
export async function readSomeKeys(services: HouseServices, reader: GraphReader): Promise<number> {
  const now = services.clock.now().getTime();
  const next = await services.store.db
    .selectFrom('people_keys')
    .select(['person', 'keys_read'])
    .where('has_passkey', '=', 1)
    .where('keys_read', '<', now - keysGood)
    .orderBy('keys_read')
    .orderBy('person')
    .limit(peopleAtOnce)
    .execute();
  if (next.length > 0) await spend(services, next.length);
  for (const each of next) await readKeysOf(services, reader, each, now);
  return next.length;
}

async function readKeysOf(
  services: HouseServices,
  reader: GraphReader,
  { person, keys_read: before }: Pick<PeopleKeysRow, 'person' | 'keys_read'>,
  now: number,
): Promise<void> {
  const keep = (news: Partial<Pick<PeopleKeysRow, 'keys' | 'keys_read'>>) =>
    services.store.write((tx) =>
      tx.updateTable('people_keys').set(news).where('person', '=', person).execute(),
    );
  try {
    await keep({ keys: JSON.stringify(await keysOrNone(reader, person)), keys_read: now });
  } catch (error) {
    services.log.warn({ error, person }, 'the keys of somebody could not be read and will be tried again');
    await keep({ ...(before === 0 ? { keys: 'null' } : {}), keys_read: now - keysGood + againAfter });
  }
}

/** Whoever left since the report was made. */
async function keysOrNone(reader: GraphReader, person: string) {
  try {
    return await keysOf(reader, person);
  } catch (error) {
    if (isAppError(error) && isNotFound(error)) return [];
    throw error;
  }
}

/** Their keys are read again soon, whatever Entra's report says until then. */
export async function keysChanged(tx: Tx, person: string): Promise<void> {
  await tx
    .updateTable('people_keys')
    .set({ keys_read: 0, has_passkey: 1 })
    .where('person', '=', person)
    .execute();
}

const aboutShape = z.object({
  name: z.string(),
  upn: z.string(),
  department: z.string(),
  guest: z.boolean(),
  admin: z.boolean(),
  mfa: z.boolean(),
  preferred: z.string(),
});
/** Null: tried, and not known. */
const keysShape = z
  .array(z.object({ aaguid: z.string(), model: z.string(), type: z.enum(['deviceBound', 'synced', '']) }))
  .nullable();
const methodsShape = z.array(z.string());

function rowOf(found: Registration, department: string, seenAt: number): PeopleKeysRow {
  const { id, methods, keys: _keys, ...about } = personOf(found, department, undefined);
  const has = hasPasskeyIn(methods);
  return {
    person: id,
    about: JSON.stringify(about),
    methods: JSON.stringify(methods),
    has_passkey: has ? 1 : 0,
    keys: '[]',
    keys_read: 0,
    seen_at: seenAt,
  };
}

export function personIn(row: PeopleKeysRow): PersonKeys {
  const methods = methodsShape.parse(JSON.parse(row.methods));
  const keys = row.keys_read === 0 ? undefined : (keysShape.parse(JSON.parse(row.keys)) ?? undefined);
  return { id: row.person, ...aboutShape.parse(JSON.parse(row.about)), methods, keys };
}
