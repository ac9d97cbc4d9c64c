import { z } from 'zod/v4';
import { createReview, type ReviewInfo, reviewDefinitions } from '../../graph/access-review.js';
import type { GraphReader } from '../../graph/graph.js';
import { changeCard } from '../../jobs/cards.js';
import type { CardRow, ClaimRow } from '../../store/schema.js';
import { carryOut } from '../carry-out.js';
import { effect } from '../effect.js';
import { flowError } from '../errors.js';
import { type Outcome, verb } from '../flow.js';
import { refused } from '../refused.js';
import type { Turn } from '../turn.js';
import { draftPurpose } from './draft.js';
import { saysOf } from './errors.js';
import { createdCard, draftCard } from './plan/cards.js';
import { definitionOf } from './plan/definition.js';
import { asAdmin, readPlanFacts } from './plan/facts.js';
import { type CreateArgs, decideCreate, draftReview, type PlanFacts } from './plan/rules.js';

/** Makes the review that was previewed, in the pressing person's own name. */
export const create = verb({
  name: 'reviews.create',
  scopes: ['AccessReview.ReadWrite.All'],
  input: z.strictObject({
    group: z.guid().transform((id) => id.toLowerCase()),
    seen: z.string().max(64),
  }),
  async run(turn, { group, seen }): Promise<Outcome> {
    const row = await draftRow(turn, group);
    const made = await outcomeOf(turn, row, ['done']);
    if (made !== undefined) return made;
    const { facts, reviews } = await readPlanFacts(turn, group);
    const card = { expired: row.expires_at <= turn.services.clock.now().getTime() };
    const decision = decideCreate({ ...facts, card, seen, earlier: reviews.map(({ id }) => id) });
    if (decision.kind === 'refuse') return turnedAway(turn, row, facts, decision);
    return asAdmin(carryOut(turn, decision, createEffect, row.ref));
  },
});

/** Only what this person has previewed can be made. */
async function draftRow({ services, actor }: Turn, group: string): Promise<CardRow> {
  const row = await services.store.db
    .selectFrom('cards')
    .selectAll()
    .where('purpose', '=', draftPurpose(group, actor.objectId))
    .orderBy('created_at', 'desc')
    .executeTakeFirst();
  if (row === undefined) throw flowError('flows.unknown-card');
  return row;
}

/** What an earlier press on the same draft led to: the same button delivered again shows it once more. */
async function outcomeOf(
  { services, actor, reference }: Turn,
  { ref }: CardRow,
  states: readonly ClaimRow['state'][],
): Promise<Outcome | undefined> {
  const claim = await services.store.db
    .selectFrom('claims')
    .selectAll()
    .where('card_ref', '=', ref)
    .where('state', 'in', states)
    .executeTakeFirst();
  if (claim === undefined) return undefined;
  const viewer = { id: actor.objectId, reference };
  const card =
    claim.state === 'done'
      ? createEffect.done(services, claim, JSON.parse(claim.receipt ?? 'null'), viewer)
      : createEffect.working(services, claim, viewer);
  return { kind: 'card', card, ref };
}

async function turnedAway(
  turn: Turn,
  row: CardRow,
  facts: PlanFacts,
  { code, basis }: { readonly code: string; readonly basis: readonly string[] },
): Promise<Outcome> {
  // Reviewed often enough since a moment ago, because this same button was delivered before.
  const own =
    code === 'reviews.reviewed-enough' ? await outcomeOf(turn, row, ['done', 'claimed']) : undefined;
  if (own !== undefined) return own;
  const says = saysOf(code);
  return refused(turn, row.ref, { code, basis, says }, async () => {
    const now = draftReview(facts);
    if (code !== 'reviews.plan-changed' || now.kind === 'refuse') return undefined;
    const problem = `${says.says} ${says.next}`;
    const card = draftCard(now.ready, { tier: facts.tier.name, seen: now.seen, problem });
    return { kind: 'card', card, ref: row.ref };
  });
}

const args: z.ZodType<CreateArgs> = z.object({
  group: z.string(),
  groupName: z.string(),
  name: z.string(),
  every: z.enum(['monthly', 'quarterly', 'half-yearly', 'yearly', 'per-project']),
  startsOn: z.string(),
  days: z.number(),
  reviewers: z.enum(['owners', 'you']),
  owners: z.array(z.string()),
  reasonRequired: z.boolean(),
  ifNobody: z.enum(['Deny', 'Recommendation']),
  autoApply: z.boolean(),
  personId: z.string(),
  seen: z.string(),
  earlier: z.array(z.string()),
});

export const createEffect = effect({
  name: 'reviews.create',
  args,
  receipt: z.object({ id: z.string(), name: z.string() }),
  key: (wanted) => ({ item: `reviewPlan:${wanted.group}`, stage: wanted.seen, action: 'create' }),
  async act(graph, wanted) {
    const landed = async () => (await find(graph, wanted)) !== undefined;
    // The facts were read before the claim.
    if (await landed()) return;
    await createReview(graph, definitionOf(wanted), { landed });
  },
  recorded: find,
  healed: find,
  async settled(tx, services, { args: wanted, claim }) {
    const card = createdCard(wanted, { state: 'done', reference: claim.reference });
    await changeCard(tx, services.clock, claim.card_ref, card, { final: true });
  },
  working: (_services, wanted, { reference }) => createdCard(wanted, { state: 'working', reference }),
  done: (_services, wanted, _receipt, { reference }) => createdCard(wanted, { state: 'done', reference }),
  notDone: async (_services, wanted, { reference }) => createdCard(wanted, { state: 'not-done', reference }),
});

/** A review of this group, of this name and by this person, that Entra did not know before the click. */
async function find(reader: GraphReader, wanted: CreateArgs) {
  for await (const page of reviewDefinitions(reader)) {
    const found = page.find((review) => isOurs(review, wanted));
    if (found !== undefined) return { id: found.id, name: found.name };
  }
  return undefined;
}

function isOurs({ id, name, scope, createdBy }: ReviewInfo, wanted: CreateArgs): boolean {
  return (
    scope.kind === 'group' &&
    scope.id === wanted.group &&
    name === wanted.name &&
    createdBy?.id === wanted.personId &&
    !wanted.earlier.includes(id)
  );
}
