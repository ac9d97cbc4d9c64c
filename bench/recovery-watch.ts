import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { makeSigningKeys, type SigningKeys } from '../practice/sign-in/keys.js';
import { personByKey } from '../practice/world/people.js';
import { archivePersonId } from '../practice/world/reviewed-people.js';
import { minute, second } from '../src/base/clock.js';
import { sweepOnce } from '../src/flows/recovery/changes/sweep.js';
import { watchOnce } from '../src/flows/recovery/watch/watch.js';
import type { RecoveryCaseRow } from '../src/store/schema.js';
import { costIn } from './graph-cost.js';
import { type House, openHouse } from './house.js';
import { type Section, short } from './page.js';

/** Between two looks of the watch. */
const pause = 15 * second;
/** What Entra lets the whole app read of logs and reports, and on a bad day of methods as well. */
const limitAMinute = 30;

/** What it costs to wait until people have a new passkey, counted where it arrives. */
export async function recoveryWatch(data: string): Promise<Section> {
  const keys = await makeSigningKeys();
  const rows: (readonly string[])[] = [];
  for (const cases of [0, 1, 10, 100]) rows.push(await rowOf(path.join(data, `${cases}`), keys, cases));
  return {
    title: 'Recovery: to watch over passes',
    text: `Calls that Graph counts, for passes that were all made at the same moment and that nobody uses. The watch looks every 15 s, at two people at most. Five calls in
ten seconds are what Entra lets the whole app read of logs and reports: the ratio is that of the busiest minute. The sweep for changed methods
comes every 20 s, here when there is nothing new.`,
    head: [
      'passes out',
      'busiest minute : limit',
      'busiest minute',
      'first 15 min',
      'the 15 min after',
      'a sweep for changes',
    ],
    rows,
  };
}

async function rowOf(folder: string, keys: SigningKeys, cases: number): Promise<readonly string[]> {
  const house = await openHouse(folder, keys);
  try {
    await addCases(house, cases);
    const first = await minutes(house, 15, {});
    const after = await minutes(house, 15, first.looks);
    const busiest = Math.max(...first.calls);
    await sweepOnce(house.services);
    await house.advance(20 * second);
    const { calls: sweep } = await costIn(house.control, () => sweepOnce(house.services));
    const sum = (calls: readonly number[]): number => calls.reduce((all, each) => all + each, 0);
    return [cases, busiest / limitAMinute, busiest, sum(first.calls), sum(after.calls), sweep].map(short);
  } finally {
    await house.close();
  }
}

type Looks = Awaited<ReturnType<typeof watchOnce>>;

/** Calls of each minute. */
async function minutes(house: House, count: number, before: Looks) {
  const calls: number[] = [];
  let looks = before;
  for (let each = 0; each < count; each += 1) {
    const cost = await costIn(house.control, async () => {
      for (let at = 0; at < minute; at += pause) {
        looks = await watchOnce(house.services, looks);
        await house.advance(pause);
      }
    });
    calls.push(cost.calls);
  }
  return { calls, looks };
}

async function addCases({ services }: House, count: number): Promise<void> {
  const rows = Array.from({ length: count }, (_, index) => caseOf(index, services.clock.now().getTime()));
  for (const row of rows) {
    await services.store.write((tx) => tx.insertInto('recovery_cases').values(row).execute());
  }
}

function caseOf(index: number, now: number): RecoveryCaseRow {
  const pass = { id: randomUUID(), startsAt: new Date(now).toISOString(), minutes: 480 };
  const names = { subjectName: `Person ${index}`, openerName: '', note: '', outcome: '' };
  return {
    ...{ id: randomUUID(), subject: archivePersonId(index), opened_by: archivePersonId(index) },
    ...{ kind: 'lost', state: 'sign-in', privileged: 0, attested: '[]', removed: '[]', cleaned: 0 },
    about: JSON.stringify({ ...names, subjectTold: true }),
    issuer: personByKey('helpdesk')?.id ?? '',
    pass: JSON.stringify({ ...pass, once: false, madeAt: now, shown: true }),
    baseline: '[]',
    ...{ opened_at: now, changed_at: now, escalated: 0, closed_at: 0 },
  };
}
