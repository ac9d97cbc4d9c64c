import { second } from '../../src/base/clock.js';
import { isAppError } from '../../src/base/errors.js';
import { systemSleep } from '../../src/base/sleep.js';
import { keysOf, personOf } from '../../src/flows/recovery/report/keys-of.js';
import { everyUser } from '../../src/graph/every-user.js';
import type { GraphReader } from '../../src/graph/graph.js';
import { type Registration, registrations } from '../../src/graph/recovery/recovery.js';
import { hasPasskeyIn, type Key, type PersonKeys } from '../../src/insight/passkey-report.js';

export interface Everybody {
  readonly people: readonly PersonKeys[];
  /** People with a passkey whose makes could not be read. */
  readonly failed: number;
}

/** Five in ten seconds are allowed, and the bot needs some of them. */
const betweenCalls = 2.5 * second;
const tellEvery = 20;

/** Everybody of this moment: a call for each person who has a passkey, at the pace that Entra allows. */
export async function readEverybody(
  reader: GraphReader,
  say: (line: string) => void,
  sleep: (ms: number) => Promise<void> = systemSleep,
): Promise<Everybody> {
  const departments = new Map<string, string>();
  for await (const page of everyUser(reader))
    for (const { id, department } of page) departments.set(id, department);
  const all: Registration[] = [];
  for await (const page of registrations(reader)) all.push(...page);
  const having = all.filter(({ methods }) => hasPasskeyIn(methods));
  say(`${all.length} people, ${having.length} of them with a passkey${durationOf(having.length)}.`);
  const keys = new Map<string, readonly Key[]>();
  let looked = 0;
  for (const { id } of having) {
    if (looked > 0) await sleep(betweenCalls);
    looked += 1;
    const found = await keysOrNothing(reader, id);
    if (found !== undefined) keys.set(id, found);
    if (looked % tellEvery === 0) say(`Read ${looked} of ${having.length}.`);
  }
  const people = all.map((each) => personOf(each, departments.get(each.id) ?? '', keys.get(each.id)));
  return { people, failed: having.length - keys.size };
}

function durationOf(count: number): string {
  const minutes = Math.ceil((count * betweenCalls) / (60 * second));
  return minutes > 1 ? `; reading which takes about ${minutes} minutes` : '';
}

/** One who cannot be read must not cost the others, who took an hour perhaps. */
async function keysOrNothing(reader: GraphReader, id: string): Promise<readonly Key[] | undefined> {
  try {
    return await keysOf(reader, id);
  } catch (error) {
    if (isAppError(error)) return undefined;
    throw error;
  }
}
