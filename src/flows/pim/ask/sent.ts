import { z } from 'zod/v4';
import { minute } from '../../../base/clock.js';
import type { GraphReader } from '../../../graph/graph.js';
import type { Asked } from '../../../graph/pim/activating.js';
import { activatingOf } from '../../../graph/pim/kinds.js';
import type { ActivationRow } from '../../../store/schema.js';
import type { Tx } from '../../../store/store.js';
import type { HouseServices } from '../../turn.js';
import { type About, aboutOf, addActivation, learn } from '../activations.js';
import type { Heard } from '../follow/audit-rows.js';
import { stateOf } from '../follow/state-of.js';
import { sameTarget } from '../target.js';
import type { AskArgs } from './rules.js';

/** What Entra made of it. */
export const receipt = z.object({
  requestId: z.string(),
  state: z.enum(['asked', 'scheduled', 'active', 'denied', 'cancelled', 'expired', 'failed', 'ended']),
  askedAt: z.number(),
  startsAt: z.number(),
  endsAt: z.number(),
  approvalId: z.string(),
  schedule: z.string(),
});

export type Receipt = z.infer<typeof receipt>;

export const notYet: Receipt = {
  requestId: '',
  state: 'asked',
  askedAt: 0,
  startsAt: 0,
  endsAt: 0,
  approvalId: '',
  schedule: '',
};

export function receiptOf(request: Asked, asked: AskArgs): Receipt {
  const startsAt = Date.parse(request.startsAt ?? '') || 0;
  return {
    requestId: request.id,
    state: stateOf[request.state],
    askedAt: Date.parse(request.createdAt) || 0,
    startsAt,
    endsAt: startsAt === 0 ? 0 : startsAt + (request.minutes || asked.minutes) * minute,
    approvalId: request.approvalId,
    schedule: request.scheduleId,
  };
}

/** The log tells that it was asked; whether it runs, the bot can see for itself. */
export async function healedReceipt(reader: GraphReader, asked: AskArgs, heard: Heard): Promise<Receipt> {
  const seen = await activatingOf(asked.kind).seen(reader, { ...asked, principalId: asked.personId });
  const held = seen?.find((each) => each.activated && sameTarget(each, asked));
  const startsAt = Date.parse(held?.startsAt ?? '') || heard.startsAt;
  const state =
    held === undefined ? heard.state : Date.parse(held.startsAt ?? '') > heard.at ? 'scheduled' : 'active';
  return {
    requestId: heard.requestId,
    state,
    askedAt: heard.at,
    startsAt,
    endsAt: startsAt === 0 ? 0 : Date.parse(held?.endsAt ?? '') || startsAt + asked.minutes * minute,
    approvalId: '',
    schedule: held?.scheduleId ?? '',
  };
}

/** A sweep of the log may have been faster, and knows less of it. */
export async function keep(tx: Tx, services: HouseServices, row: ActivationRow): Promise<void> {
  if (await addActivation(tx, services, row)) return;
  const known = await tx.selectFrom('activations').selectAll().where('id', '=', row.id).executeTakeFirst();
  if (known !== undefined) await learn(tx, services, known, { about: aboutParts(row) });
}

function aboutParts({ about }: ActivationRow): About {
  return JSON.parse(about);
}

/** The row of the store, and what the cards are made from before there is one. */
export function rowOf(asked: AskArgs, made: Receipt): ActivationRow {
  const about: About = {
    name: asked.name,
    scopeName: asked.scopeName,
    does: asked.does,
    personName: asked.personName,
    reason: asked.reason,
    system: asked.system,
    number: asked.number,
    minutes: asked.minutes,
    scheduleId: asked.scheduleId,
    approvers: [...asked.approvers],
    approval: asked.approval,
    approvalId: made.approvalId,
    schedule: made.schedule,
    endedBy: '',
  };
  return {
    id: made.requestId,
    kind: asked.kind,
    target: asked.id,
    scope: asked.scope,
    person: asked.personId,
    about: JSON.stringify(about),
    state: made.state,
    verdict: '',
    emergency: asked.emergency ? 1 : 0,
    asked_at: made.askedAt,
    starts_at: made.startsAt,
    ends_at: made.endsAt,
    look_back: '',
  };
}

/** What was ended for the new one: known at once, whatever becomes of that. */
export async function endEarlier(tx: Tx, services: HouseServices, asked: AskArgs): Promise<void> {
  const now = services.clock.now().getTime();
  const earlier = await tx
    .selectFrom('activations')
    .selectAll()
    .where('person', '=', asked.personId)
    .where('target', '=', asked.id)
    .where('scope', '=', asked.scope)
    .where('state', 'in', ['active', 'ready', 'ended'])
    .where('ends_at', '>', now - 5 * minute)
    .execute();
  for (const row of earlier) {
    if (aboutOf(row).endedBy !== '') continue;
    const endsAt = Math.min(row.ends_at, now);
    await learn(tx, services, row, { state: 'ended', endsAt, about: { endedBy: 'self' } });
  }
}
