import { z } from 'zod/v4';
import { type Outcome, verb } from '../flow.js';
import { refused } from '../refused.js';
import type { Turn } from '../turn.js';
import { helpCard } from './cards/help-card.js';
import { type Case, openCaseOf } from './cases.js';
import { recoveryError, saysOf } from './errors.js';
import { readOpenFacts } from './open/facts.js';
import { openPermitted } from './open/open-case.js';
import { decideOpen } from './open/rules.js';
import { caseOutcome } from './open/show-case-card.js';
import { happenings } from './words.js';

/** Opens a case, for oneself or for somebody else. Nothing changes in Entra by that: others have to vouch first. */
export const open = verb({
  name: 'recovery.open',
  scopes: [],
  input: z.object({
    what: z.enum(happenings),
    /** Nobody: it is about whoever presses. */
    person: z.guid().toLowerCase().optional(),
    note: z.string().max(1000).default(''),
  }),
  async run(turn, { what, note, person = turn.actor.objectId }): Promise<Outcome> {
    const facts = await readOpenFacts(turn, { what, person, note: note.trim() });
    const decision = decideOpen(facts);
    if (decision.kind === 'refuse') return no(turn, decision.code, decision.basis);
    const there = await openCaseOf(turn.services, person);
    if (there !== undefined) return showThere(turn, there, decision.basis);
    const opened = await openPermitted(turn, decision.permit, what);
    if (opened.kind === 'too-many') return no(turn, 'recovery.too-many', decision.basis);
    if (opened.kind === 'opened') return caseOutcome(turn, opened.one);
    const first = await openCaseOf(turn.services, person);
    if (first === undefined) throw recoveryError('recovery.closed');
    return showThere(turn, first, decision.basis);
  },
});

/** The second press gets the outcome of the first; everybody else hears no more than that somebody is at it. */
async function showThere(turn: Turn, one: Case, basis: readonly string[]): Promise<Outcome> {
  const mine = one.subject === turn.actor.objectId || one.opened_by === turn.actor.objectId;
  return mine ? caseOutcome(turn, one) : no(turn, 'recovery.open-already', basis);
}

function no(turn: Turn, code: string, basis: readonly string[]): Promise<Outcome> {
  const portal = code === 'recovery.guest' || code === 'flows.off';
  const step = code === 'recovery.guest' ? 'guest' : 'portal';
  return refused(turn, '', { code, basis, says: saysOf(code) }, async () =>
    portal ? { kind: 'card', card: helpCard(step) } : undefined,
  );
}
