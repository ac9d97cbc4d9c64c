import { z } from 'zod/v4';
import { isAppError } from '../../base/errors.js';
import type { Target } from '../../graph/pim/activating.js';
import { activatingOf } from '../../graph/pim/kinds.js';
import type { CardRow } from '../../store/schema.js';
import { carryOut, outcomeOf } from '../carry-out.js';
import { type Outcome, verb } from '../flow.js';
import { knownCard } from '../known-card.js';
import { refused } from '../refused.js';
import type { Turn } from '../turn.js';
import { askEffect, askKey } from './ask/effect.js';
import { entraProblems, notEligible, wantsSecondFactor } from './ask/entra-problems.js';
import { type AskReading, readAskFacts } from './ask/facts.js';
import { formCard, type Typed } from './ask/form-card.js';
import { type AskArgs, decideAsk, noProblems, type Problems, problemsOf } from './ask/rules.js';
import { wishOf } from './ask/send.js';
import { startTime } from './ask/start-time.js';
import { meaningOf, type PimCode, pimError, saysOf } from './errors.js';
import { formFor, newForm, roleInput, targetOfForm } from './form.js';
import { readMyRole } from './my-roles.js';
import { askScopes } from './scopes.js';
import { showStatusOf } from './show.js';
import { showOpen } from './show-open.js';
import { needsSecondFactor, needsStepUp } from './step-up.js';
import { isForEmergencies } from './target.js';

const typedInput = z.object({
  minutes: z.string().max(6).default(''),
  reason: z.string().max(4000).default(''),
  ticketSystem: z.string().max(200).default(''),
  ticketNumber: z.string().max(200).default(''),
  startDate: z.string().max(20).default(''),
  startTime: z.string().max(20).default(''),
});

/** Off its form; or, for an emergency, straight off the list, where nobody has time for a form. */
const input = z.union([
  typedInput.extend({ ref: z.string().max(64) }),
  typedInput.extend({ role: roleInput }),
]);

/** Sends the form to Entra in the asking person's own name, after Entra itself has checked it. */
export const ask = verb({
  name: 'pim.ask',
  scopes: askScopes,
  input,
  async run(turn, wanted): Promise<Outcome> {
    if ('role' in wanted) return askAtOnce(turn, wanted.role, wanted);
    const card = await knownCard(turn, wanted.ref, ['pim.form', 'pim.status']);
    // Sent before, from this device or another: it shows what became of it.
    return card.kind === 'pim.status' ? showStatusOf(turn, card) : send(turn, card, wanted);
  },
});

/** Under way or active already, by an earlier delivery of the same press perhaps: then it shows how that stands. */
async function askAtOnce(turn: Turn, role: Target, typed: Typed): Promise<Outcome> {
  if (!isForEmergencies(turn.services.policy, role)) return formFor(turn, role, typed);
  const mine = await readMyRole(turn, role);
  const before = mine.open ?? mine.active;
  if (before !== undefined) return showOpen(turn, before);
  if (mine.eligibility === undefined) throw pimError('pim.not-eligible');
  const minutes = typed.minutes === '' ? '60' : typed.minutes;
  return send(turn, await newForm(turn, mine.eligibility), { ...typed, minutes });
}

async function send(turn: Turn, card: CardRow, typed: Typed): Promise<Outcome> {
  const reading = await readAskFacts(turn, targetOfForm(card), card, wishFrom(turn, typed));
  const sending: Sending = { turn, card, reading, typed };
  const decision = decideAsk(reading.facts);
  if (decision.kind === 'step-up') throw needsStepUp(decision.context);
  if (decision.kind === 'refuse') return turnedAway(sending, decision, problemsOf(reading.facts));
  return inEntrasWords(sending, async () => {
    await checkedByEntra(turn, decision.permit.args);
    return carryOut(turn, decision, askEffect, card.ref);
  });
}

interface Sending {
  readonly turn: Turn;
  readonly card: CardRow;
  readonly reading: AskReading;
  readonly typed: Typed;
}

function wishFrom({ services }: Turn, typed: Typed) {
  return {
    minutes: /^\d{1,5}$/.test(typed.minutes) ? Number(typed.minutes) : 0,
    reason: typed.reason.trim(),
    system: typed.ticketSystem.trim(),
    number: typed.ticketNumber.trim(),
    startsAt: startTime(typed.startDate, typed.startTime, services.policy.notices.timeZone),
  };
}

async function checkedByEntra({ graph }: Turn, args: AskArgs): Promise<void> {
  try {
    await activatingOf(args.kind).validate(graph, wishOf(args));
  } catch (error) {
    // What is to be ended first is still there: Entra found nothing else that it looks at before.
    if (args.renew && isAppError(error) && meaningOf(error) === 'pim.active-already') return;
    throw error;
  }
}

/** What Entra has against it becomes a sentence at the field it is about, or the way to put it right. */
async function inEntrasWords(sending: Sending, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (!isAppError(error)) throw error;
    if (wantsSecondFactor(error)) throw needsSecondFactor(error);
    const problems = entraProblems(error);
    if (problems !== undefined)
      return turnedAway(sending, { code: 'pim.form', basis: ['entra.rule'] }, problems);
    const code: PimCode | undefined = notEligible(error) ? 'pim.not-eligible' : meaningOf(error);
    if (code === undefined) throw error;
    return turnedAway(sending, { code, basis: ['entra.rule'] }, noProblems);
  }
}

async function turnedAway(
  sending: Sending,
  { code, basis }: { readonly code: string; readonly basis: readonly string[] },
  problems: Problems,
): Promise<Outcome> {
  const { turn, card, reading, typed } = sending;
  const before = reading.mine;
  const {
    open,
    eligibility: role,
    held,
  } = before.held === undefined ? before : await readMyRole(turn, targetOfForm(card));
  // It was ended for the new one, and that was not to be had.
  const lost = before.held?.activated === true && held === undefined;
  const { says, next } = saysOf('pim.ended-not-begun');
  // A press that was delivered again: the first one is what made it "asked already".
  const key = askKey(reading.facts, card.ref);
  const sent = key && (await outcomeOf(turn, askEffect, key, card.ref));
  if (sent !== undefined) return sent;
  const why = { code, basis, says: saysOf(code) };
  return refused(turn, card.ref, why, async () => {
    if (code === 'pim.asked-already' && open !== undefined) return showOpen(turn, open);
    if ((code !== 'pim.form' && !lost) || role === undefined) return undefined;
    const all = lost ? { ...problems, form: `${says} ${next}` } : problems;
    const form = { ref: card.ref, role, rules: reading.rules, held, typed, problems: all };
    return { kind: 'card', card: await formCard(turn, form), ref: card.ref };
  });
}
