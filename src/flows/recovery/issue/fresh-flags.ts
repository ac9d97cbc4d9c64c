import { minute, second } from '../../../base/clock.js';
import { within } from '../../../base/sleep.js';
import type { Turn } from '../../turn.js';
import { type Case, changeCase, isOpen } from '../cases.js';
import { type Flags, flagNames } from '../checks/flags.js';
import { readFlags } from '../checks/read-flags.js';

/** Entra's logs are minutes late anyhow. */
const freshMs = 2 * minute;

/** What it takes after this to make a pass and to show it. */
const keptFree = 3.5 * second;

/**
 * The signs as of now. Logs may be read five times in ten seconds, by everything the bot does: where that takes too
 * long nothing is known for this press, and what was read at last is there for the next one.
 */
export async function freshFlags(turn: Turn, one: Case): Promise<Flags> {
  const { services, answerBy, reference } = turn;
  const now = services.clock.now().getTime();
  const known = one.about.flags;
  if (known !== undefined && known.unread.length === 0 && now - known.readAt < freshMs) return known;
  const reading = readFlags(services, one);
  const afterwards = (error: unknown): void =>
    services.log.warn({ error, reference }, 'the signs of a case were not kept');
  const ms = Math.max(0, answerBy - now - keptFree);
  const read = await within(reading, { ms, sleep: services.sleep, afterwards });
  if (read.kind === 'done') return read.value;
  reading.then((flags) => keep(turn, one, flags)).catch(afterwards);
  return { readAt: now, found: known?.found ?? [], unread: [...flagNames] };
}

async function keep({ services, reference }: Turn, { id }: Case, flags: Flags): Promise<void> {
  const by = { actor: 'latchkey', reference, seen: { flags } };
  await services.store.write((tx) =>
    changeCase(tx, services, id, by, (now) => (isOpen(now) ? { about: { flags } } : undefined)),
  );
  services.wake();
}
