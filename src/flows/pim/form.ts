import { z } from 'zod/v4';
import { day } from '../../base/clock.js';
import type { Target } from '../../graph/pim/activating.js';
import { changeCard, openCard } from '../../jobs/cards.js';
import type { CardRow } from '../../store/schema.js';
import { flowError } from '../errors.js';
import { type Outcome, verb } from '../flow.js';
import { knownCard } from '../known-card.js';
import type { Turn } from '../turn.js';
import { aboutOf, activationOf, targetOf } from './activations.js';
import { askArgs } from './ask/effect.js';
import { rulesOf } from './ask/facts.js';
import { formCard, nothingTyped, type Typed } from './ask/form-card.js';
import { pimError } from './errors.js';
import { type MyRole, readMyRole } from './my-roles.js';
import { askScopes } from './scopes.js';
import { showOpen } from './show-open.js';

const formLives = 7 * day;

/** How a card's data names a role. It is only looked for among the reader's own. */
export const roleInput = z.strictObject({
  kind: z.enum(['role', 'group', 'azure']),
  id: z.string().min(1).max(500),
  scope: z.string().min(1).max(500),
});

/** The form of one role. `again`: filled with what was sent the last time, below the card it was sent with. */
export const form = verb({
  name: 'pim.form',
  scopes: askScopes,
  input: z.union([z.object({ role: roleInput }), z.object({ again: z.string().max(64) })]),
  async run(turn, input): Promise<Outcome> {
    if ('role' in input) return formFor(turn, input.role, nothingTyped);
    const card = await knownCard(turn, input.again, ['pim.status', 'pim.form']);
    const before = await lastAsked(turn, card);
    const mine = await readMyRole(turn, before.target);
    if (mine.open !== undefined) return showOpen(turn, mine.open);
    const outcome = await openForm(turn, before.target, mine, before.typed);
    return card.kind === 'pim.form' ? outcome : below(turn, outcome);
  },
});

/** Its form; or, where it was asked for already, how that stands. */
export async function formFor(turn: Turn, role: Target, typed: Typed): Promise<Outcome> {
  const mine = await readMyRole(turn, role);
  return mine.open === undefined ? openForm(turn, role, mine, typed) : showOpen(turn, mine.open);
}

async function openForm(turn: Turn, target: Target, mine: MyRole, typed: Typed) {
  const { eligibility: role, held } = mine;
  if (turn.services.policy.flows.pim !== 'act') throw flowError('flows.off');
  if (role === undefined) throw pimError('pim.not-eligible');
  if (held?.activated === false) throw pimError('pim.stands');
  const [row, rules] = await Promise.all([newForm(turn, role), rulesOf(turn, target)]);
  const card = await formCard(turn, { ref: row.ref, role, rules, held, typed });
  return { kind: 'card' as const, card, ref: row.ref };
}

/** One open form a person and role: asking again brings the same one back, so two forms cannot both be sent. */
export function newForm({ services, actor }: Turn, target: Target): Promise<CardRow> {
  const item = `role:${JSON.stringify([target.kind, target.id, target.scope])}`;
  return services.store.write((tx) =>
    openCard(tx, services, {
      flow: 'pim',
      kind: 'pim.form',
      item,
      person: actor.objectId,
      purpose: `pim.form:${item}:${actor.objectId}`,
      expiresAt: new Date(services.clock.now().getTime() + formLives),
    }),
  );
}

const itemShape = z.tuple([z.enum(['role', 'group', 'azure']), z.string(), z.string()]);

/** The role that a form is for. */
export function targetOfForm(card: CardRow): Target {
  const [kind, id, scope] = itemShape.parse(JSON.parse(card.item.slice('role:'.length)));
  return { kind, id, scope };
}

/** The card it was sent with goes on telling how that went, so the form gets a message of its own. */
async function below(
  { services }: Turn,
  { card, ref }: Awaited<ReturnType<typeof openForm>>,
): Promise<Outcome> {
  await services.store.write(async (tx) => {
    // Where it was shown before may be far up.
    await tx.updateTable('cards').set({ activity_id: null }).where('ref', '=', ref).execute();
    await changeCard(tx, services.clock, ref, card, { force: true });
  });
  services.wake();
  return { kind: 'notice', text: 'I have put the form below, with what you wrote the last time.' };
}

interface LastAsked {
  readonly target: Target;
  readonly typed: Typed;
}

async function lastAsked({ services }: Turn, card: CardRow): Promise<LastAsked> {
  const claim = await services.store.db
    .selectFrom('claims')
    .select('args')
    .where('card_ref', '=', card.ref)
    .where('effect', '=', 'pim.ask')
    .orderBy('created_at', 'desc')
    .executeTakeFirst();
  if (claim !== undefined) {
    const { kind, id, scope, ...asked } = askArgs(claim);
    return { target: { kind, id, scope }, typed: typedOf(asked) };
  }
  if (card.kind === 'pim.form') return { target: targetOfForm(card), typed: nothingTyped };
  const row = await activationOf(services, card);
  if (row === undefined) throw pimError('pim.not-shown');
  return { target: targetOf(row), typed: typedOf(aboutOf(row)) };
}

function typedOf(asked: {
  readonly minutes: number;
  readonly reason: string;
  readonly system: string;
  readonly number: string;
}): Typed {
  const { minutes, reason, system, number } = asked;
  return { ...nothingTyped, minutes: String(minutes), reason, ticketSystem: system, ticketNumber: number };
}
