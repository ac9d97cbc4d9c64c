import { z } from 'zod/v4';
import { minute } from '../base/clock.js';
import { isAppError } from '../base/errors.js';
import { shortReference } from '../base/ids.js';
import type { Json } from '../base/json.js';
import type { Card } from '../cards/card.js';
import type { GraphAs } from '../graph/graph.js';
import { changeCard } from '../jobs/cards.js';
import type { JobHandler } from '../jobs/job.js';
import type { ClaimRow } from '../store/schema.js';
import { claimById, settleClaim, voidClaim } from './claims.js';
import type { Effect } from './effect.js';
import { myAccess } from './links.js';
import type { HouseServices } from './turn.js';

const payload = z.object({ claim: z.string() });

/** Queued with every claim for the moment its lease ends: by then it is settled, or its process has died. */
export function reconcile(services: HouseServices, effects: ReadonlyMap<string, Effect>): JobHandler {
  return async (job) => {
    const claim = await claimById(services, payload.parse(job.payload).claim);
    if (claim === undefined || claim.state !== 'claimed') return { kind: 'done' };
    if (claim.lease_until > services.clock.now().getTime()) {
      return { kind: 'again', at: new Date(claim.lease_until) };
    }
    const effect = effects.get(claim.effect);
    if (effect === undefined) throw new TypeError(`No effect named ${claim.effect}`);
    if (await heal(services, effect, claim)) return { kind: 'done' };
    return { kind: 'again', at: new Date(services.clock.now().getTime() + minute) };
  };
}

/** A failure after the answer "working": the card gets its buttons back, unless it was pressed again meanwhile. */
export function tellFailure(services: HouseServices, effects: ReadonlyMap<string, Effect>): JobHandler {
  return async (job) => {
    const claim = await claimById(services, payload.parse(job.payload).claim);
    const effect = claim && effects.get(claim.effect);
    if (claim === undefined || effect === undefined) return { kind: 'done' };
    if (claim.state === 'void' && !(await pressedAgain(services, claim))) {
      const card = await cardOfNothing(services, effect, claim);
      await services.store.write((tx) =>
        changeCard(tx, services.clock, claim.card_ref, card, { force: true }),
      );
      services.wake();
    }
    return { kind: 'done' };
  };
}

async function pressedAgain(services: HouseServices, claim: ClaimRow): Promise<boolean> {
  const later = await services.store.db
    .selectFrom('claims')
    .select('id')
    .where('card_ref', '=', claim.card_ref)
    .where('state', '<>', 'void')
    .executeTakeFirst();
  return later !== undefined;
}

/**
 * Entra is asked what became of it. Recorded: settle as if we had never died. No trace: say so, and let them press again.
 * False: nobody can tell yet.
 */
export async function heal(
  services: HouseServices,
  effect: Effect,
  claim: ClaimRow,
  own?: GraphAs,
): Promise<boolean> {
  const found = await lookFor(services, effect, claim, own);
  if (found.receipt === undefined && !found.sure) return false;
  const { receipt } = found;
  if (receipt !== undefined) {
    await settleClaim(services, effect, claim, { receipt, healed: true });
  } else {
    const card = await cardOfNothing(services, effect, claim);
    await voidClaim(services, claim, { kind: 'not-done' }, (tx) =>
      changeCard(tx, services.clock, claim.card_ref, card, { force: true }),
    );
  }
  services.wake();
  return true;
}

/** What the effect's own card is made of may be gone by now; a claim that is never given back would shut everybody out. */
async function cardOfNothing(services: HouseServices, effect: Effect, claim: ClaimRow): Promise<Card> {
  try {
    return await effect.notDone(services, claim);
  } catch (error) {
    if (isAppError(error) && error.retry === 'later') throw error;
    services.log.warn(
      { error, reference: claim.reference },
      'a card for what was not done could not be made',
    );
    const view = {
      title: 'Not done',
      text: 'What you pressed did not reach Entra, so nothing was changed.',
      next: 'Tell me once more what you want to do, or look in My Access.',
      reference: shortReference(claim.reference),
      portalUrl: myAccess(services.tenantId, 'access-packages'),
    };
    return { template: 'shared/notice', view };
  }
}

/** Where the bot's own eyes do not see everything yet, with those of whoever acted, if they are here. */
async function lookFor(
  services: HouseServices,
  effect: Effect,
  claim: ClaimRow,
  own: GraphAs | undefined,
): Promise<{ readonly receipt: Json | undefined; readonly sure: boolean }> {
  const hidden = services.clock.now().getTime() < claim.created_at + effect.hiddenFor;
  if (hidden && own !== undefined) return { receipt: await effect.recorded(own, claim, true), sure: true };
  const receipt = await effect.healed(services.graph.reader(claim.reference), claim);
  return { receipt, sure: receipt !== undefined || !hidden };
}
