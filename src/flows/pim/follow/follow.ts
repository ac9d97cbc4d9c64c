import { z } from 'zod/v4';
import { day, minute, second } from '../../../base/clock.js';
import { enqueue } from '../../../jobs/enqueue.js';
import type { JobHandler } from '../../../jobs/job.js';
import type { ActivationRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { activationById, isOver, learn, targetOf } from '../activations.js';
import { shortestUse } from '../ask/rules.js';
import { decideWithin, endsSoon } from '../cards/status-card.js';
import { lookBackJob } from '../look-back/look-back.js';
import { targetTier } from '../target.js';
import { observe } from './observe.js';
import { showCards } from './show-cards.js';

const payload = z.object({
  activation: z.string(),
  /** How often it was looked at since it is in this state. */
  looks: z.number().default(0),
  state: z.string().default(''),
});

/** Stays with one activation from the moment it is known to its end: looks, and keeps every card of it true. */
export function follow(services: HouseServices): JobHandler {
  return async (job) => {
    const { activation, looks, state } = payload.parse(job.payload);
    const known = await activationById(services, activation);
    if (known === undefined || services.policy.flows.pim === 'off') return { kind: 'done' };
    // Its people hear what is known now, whatever happens to the look.
    await showCards(services, known, known.kind === 'azure' && known.state === state);
    const row = await observe(services, known);
    if (row !== known) await showCards(services, row);
    await lookBackLater(services, row);
    if (isOver(row.state)) return { kind: 'done' };
    const times = row.state === state ? looks + 1 : 0;
    const at = new Date(nextLook(row, times, services.clock.now().getTime()));
    return { kind: 'again', at, payload: { activation, looks: times, state: row.state } };
  };
}

/** Entra needs some seconds, seldom minutes. */
const gaps = [1, 1, 1, 2, 2, 5, 5, 10, 20, 40].map((gap) => gap * second);
/** Azure shows nothing to the bot: its asker's client is asked to look, by sending the card again. */
const azureGaps = [3, 5, 10, 20, 40, 60, 120, 300, 600, 1800].map((gap) => gap * second);

/** Soon while something is under way, and at the moments that are known. */
export function nextLook(row: ActivationRow, looks: number, now: number): number {
  const { kind, state, asked_at, starts_at, ends_at } = row;
  const all = kind === 'azure' ? azureGaps : gaps;
  const soon = now + (all[Math.min(looks, all.length - 1)] ?? minute);
  const known = [asked_at + decideWithin + minute, starts_at + second, starts_at + shortestUse];
  const moments = [...known, ends_at - endsSoon, ends_at].filter((moment) => moment > now);
  if (state === 'ready') return Math.min(now + day, ...moments);
  return state === 'scheduled' && starts_at > now ? starts_at + second : Math.min(soon, ...moments);
}

/** Its owner is asked afterwards, where the tier or the emergency wants it, and never about what is long past. */
async function lookBackLater(services: HouseServices, row: ActivationRow): Promise<void> {
  const { clock, policy, store } = services;
  if (row.state !== 'ended' || row.look_back !== '' || row.starts_at === 0) return;
  const { tier } = targetTier(policy, targetOf(row));
  const wanted = row.emergency === 1 || tier.activation.lookBack;
  if (!wanted || row.ends_at < clock.now().getTime() - day) return;
  await store.write(async (tx) => {
    if (!(await learn(tx, services, row, { lookBack: 'due' }))) return;
    await enqueue(tx, clock, lookBackJob(row));
  });
  services.wake();
}
