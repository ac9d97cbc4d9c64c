import { z } from 'zod/v4';
import { minute, second } from '../../../base/clock.js';
import { isAppError } from '../../../base/errors.js';
import type { GraphAs, GraphReader } from '../../../graph/graph.js';
import type { Asked, Target, Wish } from '../../../graph/pim/activating.js';
import { activatingOf } from '../../../graph/pim/kinds.js';
import type { ActivationRow, ClaimRow } from '../../../store/schema.js';
import type { Tx } from '../../../store/store.js';
import { type ClaimKey, effect } from '../../effect.js';
import type { HouseServices } from '../../turn.js';
import { type About, addActivation, learn } from '../activations.js';
import { raiseAlarm } from '../alarm/alarm.js';
import { becomeStatus } from '../cards/open-status.js';
import { notSentCard, statusCard } from '../cards/status-card.js';
import { meaningOf, saysOf } from '../errors.js';
import { type Heard, lastHeard } from '../follow/audit-rows.js';
import { stateOf } from '../follow/state-of.js';
import { sameTarget } from '../target.js';
import type { AskArgs, AskFacts } from './rules.js';

/** Entra tells the bot itself of a request in its log only, and that may take a quarter of an hour. */
export const logHidesFor = 20 * minute;

const args: z.ZodType<AskArgs> = z.object({
  kind: z.enum(['role', 'group', 'azure']),
  id: z.string(),
  scope: z.string(),
  name: z.string(),
  scopeName: z.string(),
  does: z.string(),
  scheduleId: z.string(),
  personId: z.string(),
  personName: z.string(),
  reason: z.string(),
  system: z.string(),
  number: z.string(),
  minutes: z.number(),
  startsAt: z.string(),
  approval: z.boolean(),
  approvers: z.array(z.string()),
  emergency: z.boolean(),
  renew: z.boolean(),
  known: z.array(z.string()),
  requestId: z.string(),
  ref: z.string(),
});

/** For filling a form again with what was sent with it. */
export function askArgs(claim: Pick<ClaimRow, 'args'>): AskArgs {
  return args.parse(JSON.parse(claim.args));
}

const receipt = z.object({
  requestId: z.string(),
  state: z.enum(['asked', 'scheduled', 'active', 'denied', 'cancelled', 'expired', 'failed', 'ended']),
  askedAt: z.number(),
  startsAt: z.number(),
  endsAt: z.number(),
  approvalId: z.string(),
  schedule: z.string(),
});

type Receipt = z.infer<typeof receipt>;

/** One request a form; and while one is being sent, no other for the same role by the same person. */
function keyOf(
  { kind, id, scope }: Omit<Target, 'kind'> & { readonly kind: string },
  person: string,
  ref: string,
) {
  return { item: `role:${kind}:${id}:${scope}:${person}`, stage: ref, action: 'ask' };
}

/** The step that this form takes; undefined: its role is not known any more. */
export function askKey({ role, me }: Pick<AskFacts, 'role' | 'me'>, ref: string): ClaimKey | undefined {
  return role && keyOf(role, me.id, ref);
}

export const askEffect = effect({
  name: 'pim.ask',
  args,
  receipt,
  hiddenFor: logHidesFor,
  key: (asked) => keyOf(asked, asked.personId, asked.ref),
  async act(graph, asked, services) {
    // The facts were read before the claim; the same may have been asked elsewhere in between.
    if ((await newest(graph, asked)) !== undefined) return;
    if (asked.renew) await endFirst(graph, asked, services);
    await submit(graph, asked, services);
  },
  async recorded(graph, asked) {
    const request = await newest(graph, asked);
    return request && receiptOf(request, asked);
  },
  async healed(reader, asked, claim) {
    const heard = await lastHeard(reader, asked, claim.created_at);
    return heard === undefined || asked.known.includes(heard.requestId)
      ? undefined
      : await healedReceipt(reader, asked, heard);
  },
  async settled(tx, services, { args: asked, receipt: made, claim }) {
    await keep(tx, services, rowOf(asked, made));
    await becomeStatus(tx, services, claim.card_ref, made.requestId);
    if (asked.renew) {
      await endEarlier(tx, services, asked, { except: made.requestId, since: claim.created_at });
    }
    if (asked.emergency) await raiseAlarm(tx, services, made.requestId);
  },
  working: (services, asked, viewer) =>
    statusCard(services, rowOf(asked, notYet), { working: true, reference: viewer.reference }),
  done: (services, asked, made, viewer) =>
    statusCard(services, rowOf(asked, made), { ref: asked.ref, reference: viewer.reference }),
  notDone: async (services, asked) => {
    const { says, next } = saysOf(asked.renew ? 'pim.ended-not-begun' : 'pim.not-sent');
    return notSentCard(services, rowOf(asked, notYet), { ref: asked.ref, problem: `${says} ${next}` });
  },
});

/** What was ended for it must not be taken for the new one. */
async function endEarlier(
  tx: Tx,
  services: HouseServices,
  asked: AskArgs,
  { except, since }: { readonly except: string; readonly since: number },
): Promise<void> {
  const earlier = await tx
    .selectFrom('activations')
    .selectAll()
    .where('person', '=', asked.personId)
    .where('target', '=', asked.id)
    .where('scope', '=', asked.scope)
    .where('state', 'in', ['active', 'ready', 'ended'])
    .where('ends_at', '>', since)
    .where('id', '<>', except)
    .execute();
  const now = services.clock.now().getTime();
  for (const row of earlier) {
    const endsAt = Math.min(row.ends_at, now);
    await learn(tx, services, row, { state: 'ended', endsAt, about: { endedBy: 'self' } });
  }
}

const notYet: Receipt = {
  requestId: '',
  state: 'asked',
  askedAt: 0,
  startsAt: 0,
  endsAt: 0,
  approvalId: '',
  schedule: '',
};

export function wishOf(asked: AskArgs): Wish {
  const { kind, id, scope, personId, reason, system, number, minutes, startsAt, scheduleId, requestId } =
    asked;
  return {
    kind,
    id,
    scope,
    principalId: personId,
    reason,
    ticket: number === '' ? undefined : { system, number },
    minutes,
    startsAt: startsAt === '' ? undefined : startsAt,
    scheduleId,
    requestId,
  };
}

/** A request of this person for this role that Entra did not know before the click. */
async function newest(graph: GraphAs, asked: AskArgs): Promise<Asked | undefined> {
  const mine = await activatingOf(asked.kind).mine(graph);
  return mine.find(
    (request) =>
      request.action === 'activate' && sameTarget(request.target, asked) && !asked.known.includes(request.id),
  );
}

async function submit(graph: GraphAs, asked: AskArgs, services: HouseServices): Promise<void> {
  const landed = async () => (await newest(graph, asked)) !== undefined;
  for (let tries = asked.renew ? 5 : 1; ; tries -= 1) {
    try {
      await activatingOf(asked.kind).submit(graph, wishOf(asked), landed);
      return;
    } catch (error) {
      // What was ended a moment ago still counts as active for a while.
      const lingers = isAppError(error) && meaningOf(error) === 'pim.active-already';
      if (!lingers || tries <= 1) throw error;
      await services.sleep(4 * second);
    }
  }
}

/**
 * Entra cannot lengthen an activation: it is ended and begun again, and for some seconds its end is still under way.
 * Whoever sent the form was told so.
 */
async function endFirst(graph: GraphAs, asked: AskArgs, services: HouseServices): Promise<void> {
  const { deactivate, held } = activatingOf(asked.kind);
  const gone = async (): Promise<boolean> =>
    !(await held(graph)).some((each) => each.activated && sameTarget(each, asked));
  if (await gone()) return;
  try {
    await deactivate(graph, wishOf(asked), gone);
  } catch (error) {
    if (!isAppError(error) || meaningOf(error) !== 'pim.not-eligible') throw error;
  }
  for (let look = 0; look < 15 && !(await gone()); look += 1) await services.sleep(2 * second);
}

function receiptOf(request: Asked, asked: AskArgs): Receipt {
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
async function healedReceipt(reader: GraphReader, asked: AskArgs, heard: Heard): Promise<Receipt> {
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
async function keep(tx: Tx, services: HouseServices, row: ActivationRow): Promise<void> {
  if (await addActivation(tx, services, row)) return;
  const known = await tx.selectFrom('activations').selectAll().where('id', '=', row.id).executeTakeFirst();
  if (known !== undefined) await learn(tx, services, known, { about: aboutParts(row) });
}

function aboutParts({ about }: ActivationRow): About {
  return JSON.parse(about);
}

/** The row of the store, and what the cards are made from before there is one. */
function rowOf(asked: AskArgs, made: Receipt): ActivationRow {
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
