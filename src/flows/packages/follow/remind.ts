import { z } from 'zod/v4';
import { day } from '../../../base/clock.js';
import { policyOf, type RequestInfo } from '../../../graph/entitlement.js';
import { changeCard, openCard } from '../../../jobs/cards.js';
import type { JobHandler, JobResult } from '../../../jobs/job.js';
import { outsideQuiet } from '../../../policy/notices.js';
import type { CardRow } from '../../../store/schema.js';
import { mriOf } from '../../people.js';
import type { HouseServices } from '../../turn.js';
import { pendingCard } from '../cards/decide-card.js';
import { asksAgain, cardStage, decideKind, decideLivesDays } from '../decide/card-stage.js';
import { type Pending, readPending } from '../decide/pending.js';
import { seenOf } from '../seen.js';
import { splitNamed } from './no-longer.js';
import { type OpenStage, openStage } from './open-stage.js';
import { readOrGone } from './read-or-gone.js';
import { nextReminder } from './remind-job.js';
import { cardsOf } from './request-cards.js';

const payload = z.object({ request: z.string(), stage: z.number(), last: z.boolean() });

type Order = z.infer<typeof payload>;

const done: JobResult = { kind: 'done' };

/** A request that waits is brought back to mind, less and less often, until its stage is decided. */
export function remind(services: HouseServices): JobHandler {
  return async (job) => {
    const order = payload.parse(job.payload);
    const now = services.clock.now();
    if (services.policy.flows.packages === 'off') return { kind: 'again', at: new Date(now.getTime() + day) };
    const request = await readOrGone(services, order.request);
    const open = request && (await stillOpen(services, request, order));
    if (request === undefined || open === undefined) return done;
    const waiting = (await cardsOf(services, request.id)).filter((row) => waitsOn(row, order.stage));
    const earliest = notBefore(services, waiting, now);
    if (earliest > now) return { kind: 'again', at: earliest };
    const sent = await sendAgain(services, request, { ...open, waiting });
    if (order.last) return done;
    const next = nextReminder(services.policy.notices, { now, sent, deniedAt: open.stage.deniedAt });
    if (next === undefined) return done;
    return { kind: 'again', at: next.at, payload: { ...order, last: next.last } };
  };
}

/** Undefined: it was decided, or nobody can tell whose turn it is. */
async function stillOpen(services: HouseServices, request: RequestInfo, { stage: index }: Order) {
  if (request.state !== 'pendingApproval') return undefined;
  const policy = await policyOf(services.graph.reader(services.ids.guid()), request);
  const seen = await seenOf(services, request.id);
  const stage = openStage(policy, seen, request, services.clock.now().getTime());
  return stage?.index === index ? { policy, seen, stage } : undefined;
}

function waitsOn(row: CardRow, stage: number): boolean {
  return row.state === 'open' && row.kind === decideKind && cardStage(row) === stage;
}

/** Nobody is written to at night, nor twice in a short time by a job that runs again. */
function notBefore({ policy }: HouseServices, waiting: readonly CardRow[], now: Date): Date {
  const newest = Math.max(0, ...waiting.map((row) => row.created_at).filter((at) => at <= now.getTime()));
  const gap = Math.min(policy.notices.gaps[0] ?? day, day) / 2;
  return outsideQuiet(policy.notices, new Date(Math.max(now.getTime(), newest + gap)));
}

type Again = Pick<Pending, 'policy'> & {
  readonly seen: Awaited<ReturnType<typeof seenOf>>;
  readonly stage: OpenStage;
  readonly waiting: readonly CardRow[];
};

/** An edit of the old message would not be noticed: it makes way for a new one. How often that was done by now. */
async function sendAgain(
  services: HouseServices,
  request: RequestInfo,
  { policy, seen, stage, waiting }: Again,
): Promise<number> {
  const earlier = seen.stages.slice(0, stage.index);
  const pending = await readPending(services, request, { policy, stage, earlier });
  const { named, settle } = await splitNamed(services, pending, waiting);
  await services.store.write(async (tx) => {
    // Decided while we read: then nobody is asked again.
    const noted = await tx
      .updateTable('package_requests')
      .set((row) => ({ reminded: row('reminded', '+', 1) }))
      .where('id', '=', request.id)
      .where('state', '=', 'pendingApproval')
      .where('stages', '=', JSON.stringify(seen.stages))
      .executeTakeFirst();
    if (noted.numUpdatedRows !== 1n) return;
    await settle(tx);
    for (const old of named) {
      // One that did not arrive yet becomes the next one.
      if (old.activity_id !== null) {
        const moved = { template: 'shared/moved', view: {} };
        await changeCard(tx, services.clock, old.ref, moved, { final: true });
      }
      const { flow, kind, item, person, purpose } = old;
      const expiresAt = new Date(services.clock.now().getTime() + decideLivesDays * day);
      const { ref } = await openCard(tx, services, { flow, kind, item, person, purpose, expiresAt });
      const mri = await mriOf(tx, person);
      const card = pendingCard(services, pending, {
        ...{ ref, person, mri, problem: '' },
        again: await asksAgain(tx, ref),
      });
      await changeCard(tx, services.clock, ref, card);
    }
  });
  services.wake();
  return seen.reminded + 1;
}
