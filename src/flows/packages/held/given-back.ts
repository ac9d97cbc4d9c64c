import { z } from 'zod/v4';
import { changeCard } from '../../../jobs/cards.js';
import type { HouseServices } from '../../turn.js';
import { givenBackCard } from '../cards/held-card.js';
import { heldItem } from './items.js';
import type { GiveBackArgs } from './rules.js';
import { openQuestions } from './tell.js';

export const giveBackArgs: z.ZodType<GiveBackArgs> = z.object({
  assignment: z.string(),
  personId: z.string(),
  packageId: z.string(),
  packageName: z.string(),
  endsAt: z.string(),
  earlier: z.array(z.string()),
  opens: z.array(
    z.object({
      name: z.string(),
      role: z.string(),
      kind: z.enum(['group', 'application', 'site', 'role', 'other']),
      url: z.string(),
    }),
  ),
  ref: z.string(),
});

export const giveBackReceipt = z.object({ requestId: z.string(), state: z.string() });

export interface GivenBackClaim {
  readonly asked: GiveBackArgs;
  readonly cardRef: string;
  /** Of the request to remove it; empty: it was gone already. */
  readonly requestId: string;
  readonly settledAt: number;
}

/** The last time that its holder gave this assignment back, as Entra has recorded it. */
export async function givenBack(
  { store }: HouseServices,
  assignment: string,
): Promise<GivenBackClaim | undefined> {
  const claim = await store.db
    .selectFrom('claims')
    .select(['args', 'card_ref', 'settled_at', 'receipt'])
    .where('item', '=', heldItem(assignment))
    .where('action', '=', 'give-back')
    .where('state', '=', 'done')
    .orderBy('settled_at', 'desc')
    .executeTakeFirst();
  if (claim === undefined) return undefined;
  const asked = giveBackArgs.parse(JSON.parse(claim.args));
  const { requestId } = giveBackReceipt.parse(JSON.parse(claim.receipt ?? '{}'));
  return { asked, cardRef: claim.card_ref, requestId, settledAt: claim.settled_at ?? 0 };
}

/** It is gone: the question about it is answered, on every device. */
export async function settleGivenBack(services: HouseServices, { asked }: GivenBackClaim): Promise<void> {
  const { assignment, packageId, packageName: name, endsAt, opens } = asked;
  const rows = await openQuestions(services.store.db, assignment);
  const card = givenBackCard(services.tenantId, {
    state: 'done',
    assignment,
    packageId,
    name,
    endsAt,
    opens,
  });
  await services.store.write(async (tx) => {
    for (const row of rows) await changeCard(tx, services.clock, row.ref, card, { final: true });
  });
  services.wake();
}
