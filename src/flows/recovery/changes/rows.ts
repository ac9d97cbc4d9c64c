import { z } from 'zod/v4';
import type { MethodChangeRow } from '../../../store/schema.js';
import type { Tx } from '../../../store/store.js';
import type { HouseServices } from '../../turn.js';
import type { MethodChange } from './change-in.js';

const about = z.object({
  personName: z.string(),
  happened: z.enum(['added', 'removed', 'changed']),
  what: z.string(),
  isPass: z.boolean(),
  byName: z.string(),
  ip: z.string(),
  /** Where that address is, as far as sign-ins of the same person tell it; empty: not known. */
  place: z.string(),
  /** Which step of a case did it; empty: none. */
  step: z.string().default(''),
});

export type ChangeAbout = z.infer<typeof about>;

/** A change as its owner was told of it. */
export interface ToldChange extends Omit<MethodChangeRow, 'about'> {
  readonly about: ChangeAbout;
}

const changeItem = 'methodChange:';

export function changeItemOf(id: string): string {
  return `${changeItem}${id}`;
}

export function changeIdIn(item: string): string {
  return item.slice(changeItem.length);
}

export async function changeById(services: HouseServices, id: string): Promise<ToldChange | undefined> {
  const query = services.store.db.selectFrom('method_changes').selectAll().where('id', '=', id);
  const row = await query.executeTakeFirst();
  return row && asTold(row);
}

/** What its owner knows nothing of, oldest first. */
export async function deniedIn(services: HouseServices, caseId: string): Promise<readonly ToldChange[]> {
  const query = services.store.db.selectFrom('method_changes').selectAll().where('case_id', '=', caseId);
  const rows = await query.where('answer', '=', 'not-me').orderBy('at').orderBy('id').execute();
  return rows.map(asTold);
}

/** Undefined: its owner was told before, here or by another instance. */
export async function addChange(
  tx: Tx,
  services: HouseServices,
  change: MethodChange,
  more: { readonly place: string; readonly caseId: string; readonly step?: string },
): Promise<ToldChange | undefined> {
  const { personName, happened, what, isPass, byName, ip } = change;
  const row = await tx
    .insertInto('method_changes')
    .values({
      id: change.id,
      person: change.person,
      by_id: change.byId,
      about: JSON.stringify({
        personName,
        happened,
        what,
        isPass,
        byName,
        ip,
        place: more.place,
        step: more.step,
      }),
      case_id: more.caseId,
      answer: more.caseId === '' ? '' : 'ours',
      at: change.at,
      told_at: services.clock.now().getTime(),
      answered_at: 0,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  return row && asTold(row);
}

/** Steps that explain another line of the same kind already. */
export async function stepsTold(
  services: HouseServices,
  { person, byId, happened }: Pick<MethodChange, 'person' | 'byId' | 'happened'>,
): Promise<ReadonlySet<string>> {
  const rows = await services.store.db
    .selectFrom('method_changes')
    .selectAll()
    .where('person', '=', person)
    .where('by_id', '=', byId)
    .where('case_id', '<>', '')
    .execute();
  const told = rows.map(asTold).filter((each) => each.about.happened === happened);
  return new Set(told.map((each) => each.about.step).filter((step) => step !== ''));
}

/** Undefined: it was answered so before. “Not me” stays, whoever presses what later. */
export async function answerChange(
  tx: Tx,
  services: HouseServices,
  id: string,
  to: { readonly answer: 'mine' | 'not-me'; readonly caseId?: string },
): Promise<ToldChange | undefined> {
  const row = await tx
    .updateTable('method_changes')
    .set({
      answer: to.answer,
      answered_at: services.clock.now().getTime(),
      ...(to.caseId === undefined ? {} : { case_id: to.caseId }),
    })
    .where('id', '=', id)
    .where('answer', 'not in', to.answer === 'mine' ? ['mine', 'not-me'] : ['not-me'])
    .returningAll()
    .executeTakeFirst();
  return row && asTold(row);
}

function asTold(row: MethodChangeRow): ToldChange {
  return { ...row, about: about.parse(JSON.parse(row.about)) };
}
