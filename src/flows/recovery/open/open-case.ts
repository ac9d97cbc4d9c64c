import { sql } from 'kysely';
import { day } from '../../../base/clock.js';
import { privilegeOf } from '../../../graph/recovery/recovery.js';
import type { Permit } from '../../../policy/decision.js';
import type { Tx } from '../../../store/store.js';
import type { Turn } from '../../turn.js';
import { openCaseCard } from '../cards/case-row.js';
import { type Case, type CaseKind, openCase } from '../cases.js';
import { baselineOf } from './baseline.js';
import type { OpenArgs } from './rules.js';

export type Opened =
  | { readonly kind: 'opened'; readonly one: Case; readonly ref: string }
  /** Somebody was first. */
  | { readonly kind: 'there-is-one' }
  | { readonly kind: 'too-many' };

/** The case, its line in the record and whoever opened it with a card on it: all of that, or nothing. */
export async function openPermitted(
  turn: Turn,
  { args }: Permit<'recovery.open', OpenArgs>,
  kind: CaseKind,
): Promise<Opened> {
  const { services, reference } = turn;
  const reader = services.graph.reader(reference);
  // Without knowing who is privileged one vouching person could be thought enough: then no case is opened.
  const [{ privileged }, baseline] = await Promise.all([
    privilegeOf(reader, args.subject),
    baselineOf(turn, reader, args.subject),
  ]);
  const opened = await services.store.write(async (tx): Promise<Opened> => {
    if ((await openedInADay(tx, turn)) >= services.policy.recovery.triesADay) return { kind: 'too-many' };
    const { subjectName, openerName, note } = args;
    const one = await openCase(tx, services, {
      subject: args.subject,
      openedBy: args.openedBy,
      kind,
      about: { subjectName, openerName, note, subjectTold: await isReachable(tx, args.subject) },
      privileged,
      baseline,
      reference,
    });
    if (one === undefined) return { kind: 'there-is-one' };
    const { ref } = await openCaseCard(tx, services, one, args.openedBy);
    return { kind: 'opened', one, ref };
  });
  services.wake();
  return opened;
}

/** Counted again where presses take turns: many at the same moment all saw the number before. */
async function openedInADay(tx: Tx, { services, actor }: Turn): Promise<number> {
  await tx
    .updateTable('conversations')
    .set((row) => ({ seen_at: row.ref('seen_at') }))
    .where('person', '=', actor.objectId)
    .execute();
  const { count } = await tx
    .selectFrom('recovery_cases')
    .select(sql<number>`count(*)`.as('count'))
    .where('opened_by', '=', actor.objectId)
    .where('opened_at', '>=', services.clock.now().getTime() - day)
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function isReachable(tx: Tx, person: string): Promise<boolean> {
  const known = await tx
    .selectFrom('conversations')
    .select('dead_since')
    .where('person', '=', person)
    .executeTakeFirst();
  return known !== undefined && known.dead_since === null;
}
