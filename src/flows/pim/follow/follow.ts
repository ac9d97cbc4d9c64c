import { z } from 'zod/v4';
import { day, hour, minute, second } from '../../../base/clock.js';
import { enqueue } from '../../../jobs/enqueue.js';
import type { JobHandler } from '../../../jobs/job.js';
import type { ActivationRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { activationById, isOver, learn, targetOf } from '../activations.js';
import { shortestUse } from '../ask/rules.js';
import { decideWithin, doubtFor, endsSoon, usuallyReadyWithin } from '../limits.js';
import { lookBackJob } from '../look-back/look-back.js';
import { targetTier } from '../target.js';
import { observe } from './observe.js';
import { showCards } from './show-cards.js';

const payload = z.object({
  activation: z.string(),
  /** How often it was looked at since it is in this state. */
  looks: z.number().default(0),
  state: z.string().default(''),
  /** Since when Entra's lists are without it, though it was there; 0: they are not. */
  missing: z.number().default(0),
});

/** Stays with one activation from the moment it is known to its end: looks, and keeps every card of it true. */
export function follow(services: HouseServices): JobHandler {
  return async (job) => {
    const { activation, looks, state, missing } = payload.parse(job.payload);
    const known = await activationById(services, activation);
    if (known === undefined || services.policy.flows.pim === 'off') return { kind: 'done' };
    const same = known.state === state;
    const nudge = known.kind === 'azure' && same;
    // Its people hear what is known now, whatever happens to the look; and of new approvers now and then.
    if (!same || nudge || looks % afresh === 0 || isAtHand(services, known))
      await showCards(services, known, nudge);
    const seen = await observe(services, known, missing);
    const { row } = seen;
    if (row.state !== known.state) await showCards(services, row);
    await lookBackLater(services, row);
    if (isOver(row.state)) return { kind: 'done' };
    const times = row.state === state ? looks + 1 : 0;
    const at = new Date(nextLook(row, times, services.clock.now().getTime(), seen.missing));
    return {
      kind: 'again',
      at,
      payload: { activation, looks: times, state: row.state, missing: seen.missing },
    };
  };
}

const afresh = 40;

/** At these moments the card itself changes, though nothing has happened. */
function isAtHand({ clock }: HouseServices, { state, starts_at, ends_at }: ActivationRow): boolean {
  const now = clock.now().getTime();
  if (state === 'active') return now >= starts_at + usuallyReadyWithin;
  return state === 'ready' && (now >= ends_at - endsSoon || now >= starts_at + shortestUse);
}

/** Entra needs some seconds, seldom minutes. */
const gaps = [1, 1, 1, 2, 2, 5, 5, 10, 20, 40].map((gap) => gap * second);
/** Azure shows nothing to the bot: its asker's client is asked to look, by sending the card again. */
const azureGaps = [3, 5, 10, 20, 40, 60, 120, 300, 600, 1800].map((gap) => gap * second);

/** Soon while something is under way, and at the moments that are known. */
export function nextLook(row: ActivationRow, looks: number, now: number, missing = 0): number {
  const { kind, state, asked_at, starts_at, ends_at } = row;
  const all = kind === 'azure' ? azureGaps : gaps;
  const soon = now + (all[Math.min(looks, all.length - 1)] ?? minute);
  const known = [
    asked_at + decideWithin + doubtFor,
    starts_at + second,
    starts_at + usuallyReadyWithin,
    starts_at + shortestUse,
  ];
  const moments = [...known, ends_at - endsSoon, ends_at].filter((moment) => moment > now);
  if (missing > 0 && state === 'ready') return now + 30 * second;
  if (state === 'ready') return Math.min(now + hour, ...moments);
  if (state === 'scheduled' && starts_at > now) return starts_at + second;
  // Whoever has waited for hours will not be helped by a look every minute; the log tells too.
  const patient = state === 'asked' && kind !== 'azure' && now > asked_at + 2 * hour;
  return Math.min(patient ? now + 5 * minute : soon, ...moments);
}

/** Its owner is asked afterwards, where the tier or the emergency wants it. */
async function lookBackLater(services: HouseServices, row: ActivationRow): Promise<void> {
  const { clock, policy, store } = services;
  if (row.state !== 'ended' || row.look_back !== '') return;
  const { tier } = targetTier(policy, targetOf(row));
  const wanted = row.emergency === 1 || tier.activation.lookBack;
  // What nobody could read any more is not asked about, except where somebody has to answer.
  if (!wanted || (row.emergency === 0 && row.ends_at < clock.now().getTime() - 25 * day)) return;
  await store.write(async (tx) => {
    if (!(await learn(tx, services, row, { lookBack: 'due' }))) return;
    await enqueue(tx, clock, lookBackJob(row));
  });
  services.wake();
}
