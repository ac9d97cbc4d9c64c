import { z } from 'zod/v4';
import { minute } from '../../../base/clock.js';
import type { Target } from '../../../graph/pim/activating.js';
import type { ClaimRow } from '../../../store/schema.js';
import { type ClaimKey, effect } from '../../effect.js';
import { raiseAlarm } from '../alarm/alarm.js';
import { becomeStatus } from '../cards/open-status.js';
import { notSentCard, statusCard } from '../cards/status-card.js';
import { saysOf } from '../errors.js';
import { lastHeard } from '../follow/audit-rows.js';
import type { AskArgs, AskFacts } from './rules.js';
import { endFirst, newest, submit } from './send.js';
import { endEarlier, healedReceipt, keep, notYet, receipt, receiptOf, rowOf } from './sent.js';

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
