import { requestById } from '../../../graph/entitlement.js';
import { cardByRef, changeCard } from '../../../jobs/cards.js';
import { retire } from '../../../jobs/retire-card.js';
import type { CardRow } from '../../../store/schema.js';
import type { Outcome } from '../../flow.js';
import { knownCard } from '../../known-card.js';
import { isTaken } from '../../taken-card.js';
import type { Turn } from '../../turn.js';
import { packagesError } from '../errors.js';
import { itemId } from '../offers.js';
import { ownRequest } from '../status/own-request.js';
import { askArgs } from './effect.js';
import { type FormWanted, openForm } from './open-form.js';

/** The form once more, filled with what was sent the last time, below the card it was sent with. */
export async function openAgain(turn: Turn, ref: string): Promise<Outcome> {
  const row = await knownCard(turn, ref, ['packages.status', 'packages.ask']);
  const outcome = await openForm(turn, (await fromClaim(turn, row)) ?? (await fromRequest(turn, row)));
  const isForm = outcome.kind === 'card' && outcome.card.template === 'packages/ask';
  return isForm && outcome.ref !== ref ? below(turn, outcome) : outcome;
}

async function fromClaim({ services }: Turn, row: CardRow): Promise<FormWanted | undefined> {
  const claim = await services.store.db
    .selectFrom('claims')
    .select('args')
    .where('card_ref', '=', row.ref)
    .where('effect', '=', 'packages.ask')
    .orderBy('created_at', 'desc')
    .executeTakeFirst();
  if (claim === undefined) return undefined;
  const { packageId, policyId, targetId, reason, answers } = askArgs.parse(JSON.parse(claim.args));
  return wantedOf({ packageId, policyId, targetId, reason, answers });
}

/** Made elsewhere, or before this bot was there: Entra still knows what was said. */
async function fromRequest(turn: Turn, row: CardRow): Promise<FormWanted> {
  if (row.kind === 'packages.ask') return { packageId: itemId(row) };
  const request = await ownRequest(turn, itemId(row));
  if (request === undefined) throw packagesError('packages.not-shown');
  // People do not see which way they asked; the bot does.
  const { policyId } = await requestById(turn.services.graph.reader(turn.reference), request.id);
  return wantedOf({ ...request, policyId, reason: request.justification });
}

interface Asked {
  readonly packageId: string;
  readonly policyId: string | undefined;
  readonly targetId: string;
  readonly reason: string;
  readonly answers: readonly { readonly questionId: string; readonly value: string }[];
}

/** Days are not kept: those of the last time are over. */
function wantedOf({ packageId, policyId, targetId, reason, answers }: Asked): FormWanted {
  const given = new Map(answers.map(({ questionId, value }) => [questionId.toLowerCase(), value]));
  return {
    packageId,
    prefers: policyId,
    person: targetId === '' ? undefined : targetId,
    typed: { reason, startDate: '', endDate: '', answers: given },
  };
}

/** The card it was sent with goes on telling how that went, so the form gets a message of its own. */
async function below(
  { services }: Turn,
  { card, ref = '' }: Extract<Outcome, { kind: 'card' }>,
): Promise<Outcome> {
  await services.store.write(async (tx) => {
    // Where it was shown before may be far up, and must not go on as a second form.
    const before = await cardByRef(tx, ref);
    if (before !== undefined && before.activity_id !== null && !(await isTaken(tx, before))) {
      await retire(tx, services.clock, { person: before.person, activityId: before.activity_id });
    }
    await tx.updateTable('cards').set({ activity_id: null }).where('ref', '=', ref).execute();
    await changeCard(tx, services.clock, ref, card, { force: true });
  });
  services.wake();
  return { kind: 'notice', text: 'I have put the form below, with what you wrote the last time.' };
}
