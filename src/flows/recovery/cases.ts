import { z } from 'zod/v4';
import { record } from '../../audit/record.js';
import type { Json } from '../../base/json.js';
import { enqueue } from '../../jobs/enqueue.js';
import type { CardRow, RecoveryCaseRow } from '../../store/schema.js';
import type { Tx } from '../../store/store.js';
import type { HouseServices } from '../turn.js';
import {
  type Attestation,
  about,
  attestation,
  type CaseAbout,
  type PassMade,
  passMade,
} from './case-shapes.js';

export { type Attestation, type CaseAbout, type PassMade, ways } from './case-shapes.js';

export type CaseKind = RecoveryCaseRow['kind'];
export type CaseState = RecoveryCaseRow['state'];

const idList = z.array(z.string());

/** A case as the flow works with it. */
export interface Case extends Omit<RecoveryCaseRow, 'about' | 'attested' | 'pass' | 'baseline' | 'removed'> {
  readonly about: CaseAbout;
  readonly attested: readonly Attestation[];
  readonly pass: PassMade | undefined;
  /** Ids of the sign-in methods when it was opened: what is not among them is new. */
  readonly baseline: readonly string[];
  readonly removed: readonly string[];
}

export function isOpen(one: Pick<Case, 'closed_at'>): boolean {
  return one.closed_at === 0;
}

export function itemOf(caseId: string): string {
  return `recoveryCase:${caseId}`;
}

/** The case a card is about. */
export function caseOf(services: HouseServices, card: Pick<CardRow, 'item'>): Promise<Case | undefined> {
  return caseById(services, card.item.slice(card.item.indexOf(':') + 1));
}

export async function caseById(services: HouseServices, id: string): Promise<Case | undefined> {
  const row = await services.store.db
    .selectFrom('recovery_cases')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row && asCase(row);
}

export async function openCaseOf(services: HouseServices, subject: string): Promise<Case | undefined> {
  const row = await services.store.db
    .selectFrom('recovery_cases')
    .selectAll()
    .where('subject', '=', subject)
    .where('closed_at', '=', 0)
    .executeTakeFirst();
  return row && asCase(row);
}

/** Newest first, ended ones too. */
export async function casesSince(
  services: HouseServices,
  since: number,
  of: { readonly subject?: string; readonly openedBy?: string } = {},
): Promise<readonly Case[]> {
  let query = services.store.db.selectFrom('recovery_cases').selectAll().where('opened_at', '>=', since);
  if (of.subject !== undefined) query = query.where('subject', '=', of.subject);
  if (of.openedBy !== undefined) query = query.where('opened_by', '=', of.openedBy);
  return (await query.orderBy('opened_at', 'desc').execute()).map(asCase);
}

/** Oldest first. */
export async function openCases(services: HouseServices): Promise<readonly Case[]> {
  const query = services.store.db.selectFrom('recovery_cases').selectAll().where('closed_at', '=', 0);
  return (await query.orderBy('opened_at').orderBy('id').execute()).map(asCase);
}

export interface NewCase {
  readonly subject: string;
  readonly openedBy: string;
  readonly kind: CaseKind;
  readonly about: Omit<CaseAbout, 'outcome' | 'passkey'>;
  readonly privileged: boolean;
  readonly baseline: readonly string[];
  readonly reference: string;
}

/** Undefined: there is an open one for this person already, opened a moment ago perhaps. */
export async function openCase(tx: Tx, services: HouseServices, wish: NewCase): Promise<Case | undefined> {
  const now = services.clock.now().getTime();
  const row: RecoveryCaseRow = {
    id: services.ids.guid(),
    subject: wish.subject,
    opened_by: wish.openedBy,
    kind: wish.kind,
    state: 'attest',
    about: JSON.stringify({ ...wish.about, outcome: '', passkey: '' }),
    privileged: wish.privileged ? 1 : 0,
    attested: '[]',
    issuer: '',
    pass: '',
    baseline: JSON.stringify(wish.baseline),
    removed: '[]',
    cleaned: 0,
    opened_at: now,
    changed_at: now,
    escalated: 0,
    closed_at: 0,
  };
  const added = await tx
    .insertInto('recovery_cases')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  if (added === undefined) return undefined;
  const { subject, kind, privileged } = row;
  await record(tx, services.clock, {
    kind: 'item.changed',
    actor: wish.openedBy,
    item: itemOf(row.id),
    reference: wish.reference,
    data: { from: '', to: row.state, seen: { subject, kind, privileged, note: wish.about.note } },
  });
  await queueShow(tx, services, row.id);
  return asCase(added);
}

export interface CaseChange {
  readonly state?: CaseState;
  readonly about?: Partial<CaseAbout>;
  readonly kind?: CaseKind;
  readonly privileged?: 0 | 1;
  readonly attested?: readonly Attestation[];
  readonly issuer?: string;
  readonly pass?: PassMade | undefined;
  readonly removed?: readonly string[];
  readonly cleaned?: 0 | 1;
  readonly escalated?: number;
}

const ended: readonly CaseState[] = ['closed', 'refused', 'withdrawn'];

/**
 * Changes a case as it stands at this moment, in the caller's transaction, and queues that its cards follow. `change`
 * sees the newest state and may say that there is nothing to do: undefined.
 */
export async function changeCase(
  tx: Tx,
  services: HouseServices,
  id: string,
  by: { readonly actor: string; readonly reference: string; readonly seen?: Json },
  change: (one: Case) => CaseChange | undefined,
): Promise<Case | undefined> {
  // On PostgreSQL two instances take turns from here; SQLite has one writer anyway.
  const locked = await tx
    .updateTable('recovery_cases')
    .set((row) => ({ escalated: row.ref('escalated') }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst();
  if (locked === undefined) return undefined;
  const before = asCase(locked);
  const news = change(before);
  if (news === undefined) return undefined;
  const now = services.clock.now().getTime();
  const state = news.state ?? before.state;
  const row = await tx
    .updateTable('recovery_cases')
    .set({
      state,
      kind: news.kind ?? before.kind,
      about: JSON.stringify({ ...before.about, ...news.about }),
      privileged: news.privileged ?? before.privileged,
      attested: JSON.stringify(news.attested ?? before.attested),
      issuer: news.issuer ?? before.issuer,
      pass: 'pass' in news ? (news.pass === undefined ? '' : JSON.stringify(news.pass)) : locked.pass,
      removed: JSON.stringify(news.removed ?? before.removed),
      cleaned: news.cleaned ?? before.cleaned,
      // A new step begins a new wait.
      escalated: news.escalated ?? (state === before.state ? before.escalated : 0),
      // What stalls is measured from the last step, not from the last time somebody was told that it stalls.
      changed_at: news.escalated === undefined ? now : before.changed_at,
      closed_at: before.closed_at === 0 && ended.includes(state) ? now : before.closed_at,
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow();
  await record(tx, services.clock, {
    kind: 'item.changed',
    actor: by.actor,
    item: itemOf(id),
    reference: by.reference,
    data: { from: before.state, to: state, seen: by.seen ?? {} },
  });
  await queueShow(tx, services, id);
  return asCase(row);
}

/** All cards of the case, made anew from it soon. */
export function queueShow(tx: Tx, { clock }: HouseServices, id: string): Promise<void> {
  return enqueue(tx, clock, { kind: 'recovery.show-case', key: `recovery.show-case:${id}`, payload: { id } });
}

function asCase(row: RecoveryCaseRow): Case {
  return {
    ...row,
    about: about.parse(JSON.parse(row.about)),
    attested: z.array(attestation).parse(JSON.parse(row.attested)),
    pass: row.pass === '' ? undefined : passMade.parse(JSON.parse(row.pass)),
    baseline: idList.parse(JSON.parse(row.baseline)),
    removed: idList.parse(JSON.parse(row.removed)),
  };
}
