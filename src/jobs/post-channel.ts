import { z } from 'zod/v4';
import { record } from '../audit/record.js';
import { type Clock, day, hour, minute, second } from '../base/clock.js';
import { type AppError, isAppError } from '../base/errors.js';
import type { Log } from '../base/log.js';
import type { Card } from '../cards/card.js';
import type { Store, Tx } from '../store/store.js';
import { toJson } from './cards.js';
import type { Delivery, SendResult } from './delivery.js';
import { enqueue } from './enqueue.js';
import { jobsError } from './errors.js';
import type { Job, JobHandler, JobResult } from './job.js';

export interface ChannelNews {
  /** Id of the Teams channel, such as 19:…@thread.tacv2. */
  readonly channel: string;
  /** Without buttons: in a channel nobody in particular would press them. */
  readonly card: Card;
  /** The same news has the same key, for good. */
  readonly key: string;
}

const payload = z.object({
  channel: z.string(),
  key: z.string(),
  card: z.object({ template: z.string(), view: z.record(z.string(), z.json()) }),
  /** Where the post goes that is about to be made; empty: none is. */
  serviceUrl: z.string().default(''),
  /** Posts of which nobody knows whether they arrived. */
  lost: z.number().default(0),
  /** Times in vain, and since when. */
  vain: z.number().default(0),
  since: z.number().default(0),
});

type Order = z.infer<typeof payload>;

export interface ChannelServices {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly delivery: Pick<Delivery, 'post'>;
}

const mostLost = 2;
const done: JobResult = { kind: 'done' };

/** Tells a channel something once, however often and from wherever this is called with its key. */
export async function tellChannel(tx: Tx, clock: Clock, { channel, card, key }: ChannelNews): Promise<void> {
  // The key of a job is free again as soon as it ended; this one stays.
  const first = await tx
    .insertInto('marks')
    .values({ name: `channel:${key}`, at: clock.now().getTime() })
    .onConflict((conflict) => conflict.doNothing())
    .returning('name')
    .executeTakeFirst();
  if (first === undefined) return;
  const order = { channel, key, card: toJson(card) };
  await enqueue(tx, clock, { kind: 'channel.post', key: `channel:${key}`, payload: order });
}

/**
 * Teams lets no bot read a channel, so nobody can look whether a post arrived whose answer was lost. It is made once
 * more after a minute, never a third time: told twice is better than not told, and than told five times. For that,
 * what is about to be posted is kept first, by going round once: a program that dies in the middle counts as a lost
 * answer, and one that dies before does not.
 */
export function postChannel(services: ChannelServices): JobHandler {
  return async (job) => {
    const order = payload.parse(job.payload);
    return order.serviceUrl === '' ? prepare(services, order) : attempt(services, job, order);
  };
}

/** Any address Teams has given us leads to every channel of the tenant. */
async function prepare(services: ChannelServices, order: Order): Promise<JobResult> {
  const known = await services.store.db
    .selectFrom('conversations')
    .select('service_url')
    .orderBy('seen_at', 'desc')
    .executeTakeFirst();
  if (known === undefined) return hold(services, order, 'jobs.no-service');
  return { kind: 'again', at: services.clock.now(), payload: { ...order, serviceUrl: known.service_url } };
}

async function attempt(services: ChannelServices, job: Job, order: Order): Promise<JobResult> {
  // Every refusal is dealt with below, so a second attempt means that the first one never came back.
  if (job.attempt > 1) return lost(services, order);
  const { channel, serviceUrl, card } = order;
  let result: SendResult;
  try {
    result = await services.delivery.post({ channel, serviceUrl }, card);
  } catch (error) {
    if (!isAppError(error)) throw error;
    return refused(services, order, error);
  }
  if (result.kind === 'uncertain') return lost(services, order);
  if (result.kind === 'gone') return closed(services, order, result.code);
  await tell(services, order);
  return done;
}

async function lost(services: ChannelServices, order: Order): Promise<JobResult> {
  const count = order.lost + 1;
  if (count < mostLost) return again(services, { ...order, lost: count }, minute);
  services.log.error({ channel: order.channel }, 'nobody knows whether a channel was told');
  await notTold(services, order, 'jobs.fate-unknown');
  return done;
}

/** Our bot is not in that team, or the channel is not there: somebody has to install it. */
async function closed(services: ChannelServices, order: Order, code: string): Promise<JobResult> {
  if (code !== 'too-big') return hold(services, order, code);
  await notTold(services, order, code);
  throw jobsError('jobs.channel-not-told');
}

/** Certainly not posted. */
async function refused(services: ChannelServices, order: Order, error: AppError): Promise<JobResult> {
  if (error.retry !== 'no') return hold(services, order, error.code, second, 5 * minute);
  await notTold(services, order, error.code);
  throw error;
}

/** The record has one line for it, the log one a try; after a day it is a dead job. */
async function hold(
  services: ChannelServices,
  order: Order,
  code: string,
  shortest = minute,
  longest = 2 * hour,
): Promise<JobResult> {
  const now = services.clock.now().getTime();
  const since = order.vain === 0 ? now : order.since;
  services.log.error({ channel: order.channel, code, tries: order.vain + 1 }, 'a channel could not be told');
  if (order.vain === 0) await notTold(services, order, code);
  if (now - since >= day) throw jobsError('jobs.channel-not-told', undefined, { code });
  const wait = Math.min(longest, shortest * 2 ** Math.min(order.vain, 20), since + day - now);
  return again(services, { ...order, vain: order.vain + 1, since }, wait);
}

function again({ clock }: ChannelServices, order: Order, wait: number): JobResult {
  const at = new Date(clock.now().getTime() + wait);
  return { kind: 'again', at, payload: { ...order, serviceUrl: '' } };
}

async function tell({ store, clock }: ChannelServices, order: Order): Promise<void> {
  await store.write((tx) =>
    record(tx, clock, { kind: 'channel.told', ...lineOf(order), data: dataOf(order) }),
  );
}

async function notTold({ store, clock }: ChannelServices, order: Order, code: string): Promise<void> {
  await store.write((tx) =>
    record(tx, clock, { kind: 'channel.not-told', ...lineOf(order), data: { ...dataOf(order), code } }),
  );
}

function lineOf({ channel, key }: Order) {
  return { actor: 'latchkey', item: `channel:${channel}`, reference: key };
}

function dataOf({ channel, card }: Order) {
  return { channel, card: card.template };
}
