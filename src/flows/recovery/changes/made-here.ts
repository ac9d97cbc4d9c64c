import { z } from 'zod/v4';
import { minute } from '../../../base/clock.js';
import type { ClaimRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { itemOf } from '../cases.js';
import type { MethodChange } from './change-in.js';
import { stepsTold } from './rows.js';

/** Between the clock of Entra and ours, and for a write that Entra made wait. */
const before = 2 * minute;
const after = 10 * minute;

type Step = Pick<ClaimRow, 'item' | 'effect' | 'actor_id' | 'created_at' | 'settled_at'>;

export interface MadeHere {
  /** Empty: it was done elsewhere. */
  readonly caseId: string;
  /** Which step of the case did it. */
  readonly step: string;
}

const elsewhere: MadeHere = { caseId: '', step: '' };

/** The case in which this was done by one of our buttons. One step explains one line, and only what it did. */
export async function madeHere(services: HouseServices, change: MethodChange): Promise<MadeHere> {
  if (change.byId === '') return elsewhere;
  const { db } = services.store;
  const cases = await db
    .selectFrom('recovery_cases')
    .select('id')
    .where('subject', '=', change.person)
    .where('opened_at', '<=', change.at + before)
    .execute();
  if (cases.length === 0) return elsewhere;
  const steps = await db
    .selectFrom('claims')
    .selectAll()
    .where(
      'item',
      'in',
      cases.map(({ id }) => itemOf(id)),
    )
    .where('actor_id', '=', change.byId)
    .where('state', '=', 'done')
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  const fitting = steps.filter((each) => fits(each, change) && isSameThing(each, change));
  const told = fitting.length === 0 ? new Set<string>() : await stepsTold(services, change);
  const step = fitting.find((each) => takesSeveral(each) || !told.has(each.id));
  const one = cases.find(({ id }) => step !== undefined && itemOf(id) === step.item);
  return step === undefined || one === undefined ? elsewhere : { caseId: one.id, step: step.id };
}

/** Somebody who helps and does something else besides has done that elsewhere: their buttons do these things alone. */
export function fits(step: Step, { byId, at, happened, isPass }: MethodChange): boolean {
  const until = (step.settled_at ?? step.created_at) + after;
  if (step.actor_id !== byId || at < step.created_at - before || at > until) return false;
  switch (step.effect) {
    case 'recovery.issue':
      return isPass && (happened === 'added' || happened === 'removed');
    case 'recovery.close':
    case 'recovery.handled':
    case 'recovery.drop-passes':
      return isPass && happened === 'removed';
    case 'recovery.remove':
      return !isPass && happened === 'removed';
    default:
      return false;
  }
}

/** All passes that are there go with these, and nobody gets in by that. */
function takesSeveral({ effect }: Pick<ClaimRow, 'effect'>): boolean {
  return effect === 'recovery.close' || effect === 'recovery.handled' || effect === 'recovery.drop-passes';
}

const removal = z.object({ method: z.object({ kind: z.string() }) });

/** By the kind that was removed, what the log may call it. */
const called: Readonly<Record<string, RegExp>> = {
  passkey: /passkey/,
  authenticator: /authenticator|codes from an app/i,
  hello: /hello/i,
  oath: /codes from an app/,
  phone: /number/,
  email: /mail address/,
  platform: /computer/,
};

/** Where the log does not say what it was, the step has to do. */
export function isSameThing(
  { effect, args }: Pick<ClaimRow, 'effect' | 'args'>,
  { what }: Pick<MethodChange, 'what'>,
): boolean {
  if (effect !== 'recovery.remove' || what === 'a way to sign in') return true;
  const read = removal.safeParse(JSON.parse(args));
  return read.success && called[read.data.method.kind]?.test(what) === true;
}
