import { z } from 'zod/v4';
import { minute } from '../../../base/clock.js';
import { kindsOfCase } from '../case-kinds.js';
import { type Case, ways } from '../cases.js';

/** What its subject and its opener are shown of a case; small enough to be kept with what is done on their card. */
export const caseSnapshot = z.object({
  id: z.string(),
  subject: z.string(),
  openedBy: z.string(),
  kind: z.enum(kindsOfCase),
  state: z.enum([
    'attest',
    'issue',
    'sign-in',
    'clean-up',
    'closed',
    'refused',
    'withdrawn',
  ] satisfies readonly Case['state'][]),
  subjectName: z.string(),
  openerName: z.string(),
  note: z.string(),
  outcome: z.string(),
  told: z.boolean(),
  privileged: z.boolean(),
  vouched: z.array(z.object({ name: z.string(), how: z.enum(ways) })),
  passMade: z.boolean(),
  /** Until when the pass is good; empty: there is none, or nobody has seen it. */
  passUntil: z.string(),
  openedAt: z.string(),
  open: z.boolean(),
});

export type CaseSnapshot = z.infer<typeof caseSnapshot>;

export function snapshotOf(one: Case): CaseSnapshot {
  const { subjectName, openerName, note, outcome, subjectTold } = one.about;
  return {
    id: one.id,
    subject: one.subject,
    openedBy: one.opened_by,
    kind: one.kind,
    state: one.state,
    subjectName,
    openerName,
    note,
    outcome,
    told: subjectTold,
    privileged: one.privileged === 1,
    vouched: one.attested.map(({ byName, how }) => ({ name: byName, how })),
    passMade: one.pass !== undefined,
    passUntil: passUntil(one),
    openedAt: new Date(one.opened_at).toISOString(),
    open: one.closed_at === 0,
  };
}

function passUntil({ pass }: Case): string {
  const from = pass?.shown === true ? Date.parse(pass.startsAt) : Number.NaN;
  return Number.isNaN(from) ? '' : new Date(from + (pass?.minutes ?? 0) * minute).toISOString();
}
