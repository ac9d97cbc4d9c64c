import { second } from '../../../base/clock.js';
import { isAppError } from '../../../base/errors.js';
import { defaultMethodOf, methodsOf, type SignInMethod } from '../../../graph/recovery/recovery.js';
import { carryOut } from '../../carry-out.js';
import { claimOfStep } from '../../claims.js';
import type { Outcome } from '../../flow.js';
import type { Turn } from '../../turn.js';
import { cleanUpCard } from '../cards/clean-up-card.js';
import type { ResultLine } from '../cards/clean-up-views.js';
import type { Case } from '../cases.js';
import { methodText } from './method-text.js';
import { isRemovable } from './pick.js';
import type { CleanUp } from './read-facts.js';
import { removalOrder } from './removal-order.js';
import { removeEffect, removeKey } from './remove-effect.js';
import { decideRemove, type Lost } from './rules.js';
import { refuseCleanUp, showHelperCard } from './show-helper-card.js';

interface Press extends CleanUp {
  /** As it came with the press: anything. */
  readonly picked: readonly string[];
}

/** One after the other, the default last. What could not be removed does not stop the others. */
export async function removePicked(turn: Turn, { one, row, facts, picked }: Press): Promise<Outcome> {
  const { ref } = row;
  const reader = turn.services.graph.reader(turn.reference);
  const readAt = turn.services.clock.now().getTime();
  const there = (await methodsOf(reader, one.subject)).filter(
    (method) => picked.includes(method.id) && isRemovable(method),
  );
  // The same press again, or somebody else was faster: what they wanted is so.
  if (there.length === 0) return showHelperCard(turn, one, row);
  const ids = there.map(({ id }) => id);
  const ordered = removalOrder(there, there.length > 1 ? await preferredOf(turn, one) : '');
  const results = new Map<string, ResultLine>();
  const again: SignInMethod[] = [];
  for (const method of ordered) {
    const decision = decideRemove(facts, lostOf(method, readAt), ids);
    if (decision.kind === 'refuse') return refuseCleanUp(turn, one, row, decision);
    const result = await removeOne(turn, decision, ref, readAt);
    if (result.result === 'failed' && result.code === 'graph.bad-request') again.push(method);
    results.set(method.id, lineOf(result));
  }
  // The report that knows the default is hours old: one that was refused before the others were gone gets a second try.
  if (again.length < ordered.length) {
    for (const method of again) {
      const decision = decideRemove(facts, lostOf(method, readAt), ids);
      if (decision.kind === 'permit')
        results.set(method.id, lineOf(await removeOne(turn, decision, ref, readAt)));
    }
  }
  const lines = [...results.values()];
  if (lines.every(({ result }) => result === 'removed')) return showHelperCard(turn, one, row);
  const person = one.about.subjectName;
  return { kind: 'card', card: cleanUpCard({ ref, state: 'removed', person, results: lines }), ref };
}

type Permitted = Extract<ReturnType<typeof decideRemove>, { kind: 'permit' }>;

type Removed =
  | { readonly name: string; readonly result: 'removed' | 'under-way' }
  | { readonly name: string; readonly result: 'failed'; readonly code: string; readonly why: string };

async function removeOne(turn: Turn, decision: Permitted, ref: string, readAt: number): Promise<Removed> {
  const { caseId, method } = decision.permit.args;
  const name = method.text;
  try {
    await carryOut(turn, decision, removeEffect, ref);
  } catch (error) {
    // Whoever has to sign in first is asked to, and then all of them are removed.
    if (!isAppError(error) || error.retry === 'sign-in') throw error;
    return {
      name,
      result: 'failed',
      code: error.code,
      why: whyOf(error.code, `${error.says} ${error.next}`),
    };
  }
  const claim = await claimOfStep(turn.services, removeKey(caseId, method));
  if (claim?.state !== 'done') return { name, result: 'under-way' };
  // Removed before by the same step, and still on the list that was read after that: it is there.
  if ((claim.settled_at ?? 0) < readAt)
    return { name, result: 'failed', code: '', why: 'Entra still lists it. Please try again in a minute.' };
  return { name, result: 'removed' };
}

function lineOf(result: Removed): ResultLine {
  const { name } = result;
  return result.result === 'failed'
    ? { name, result: 'failed', why: result.why }
    : { name, result: result.result, why: '' };
}

function whyOf(code: string, says: string): string {
  if (code === 'graph.bad-request')
    return 'Entra keeps the usual second step of a person while they have others. They can choose another one, or you remove the others first.';
  if (code === 'flows.too-slow') return 'There was no time left. Please pick it again.';
  return says;
}

/** A press that is delivered twice is one. */
const sameWithin = 30 * second;

/** Where Entra does not say since when it is there, the moment of the press tells it from one that was there before. */
function lostOf(method: SignInMethod, at: number): Lost {
  const { id, kind } = method;
  const createdAt = method.createdAt || `pressed ${Math.floor(at / sameWithin)}`;
  return { id, kind, createdAt, text: methodText(method) };
}

/** Only for the order: while the report is busy nobody waits for it, and what Entra refuses is tried once more. */
function preferredOf({ services, reference }: Turn, { subject }: Case): Promise<string> {
  const read = defaultMethodOf(services.graph.reader(reference), subject).catch((error: unknown) => {
    if (!isAppError(error)) throw error;
    services.log.warn({ error, reference }, 'the default way to sign in could not be read');
    return '';
  });
  return Promise.race([read, services.sleep(second).then(() => '')]);
}
