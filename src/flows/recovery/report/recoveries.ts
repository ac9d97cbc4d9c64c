import type { Kysely } from 'kysely';
import { day } from '../../../base/clock.js';
import type { Recoveries } from '../../../insight/passkey-report.js';
import type { Schema } from '../../../store/schema.js';
import { itemOf } from '../cases.js';

const days = 90;

/** What the bot itself knows of the last months: cases, passes and what came of them. */
export async function recoveriesOf(db: Kysely<Schema>, now: Date): Promise<Recoveries> {
  const since = now.getTime() - days * day;
  const cases = await db
    .selectFrom('recovery_cases')
    .select(['id', 'subject', 'state', 'pass', 'kind'])
    .where('opened_at', '>=', since)
    .execute();
  const steps = await db
    .selectFrom('claims')
    .select(['item', 'effect'])
    .where('effect', 'in', ['recovery.issue', 'recovery.close'])
    .where('state', '=', 'done')
    .where('created_at', '>=', since)
    .execute();
  // By hand a case is closed because nobody came in.
  const byHand = new Set(steps.flatMap(({ effect, item }) => (effect === 'recovery.close' ? [item] : [])));
  const byPerson = new Map<string, number>();
  for (const { subject, kind, state } of cases) {
    // Called off, or about the sign-in of somebody who had not lost anything.
    if (state === 'withdrawn' || kind === 'starter') continue;
    byPerson.set(subject, (byPerson.get(subject) ?? 0) + 1);
  }
  const used = cases.filter(
    ({ id, pass, state }) =>
      pass !== '' && (state === 'clean-up' || (state === 'closed' && !byHand.has(itemOf(id)))),
  );
  const passes = steps.filter(({ effect }) => effect === 'recovery.issue').length;
  return { days, cases: cases.length, passes, used: used.length, byPerson };
}
