import { z } from 'zod/v4';
import type { Target } from '../../../graph/pim/activating.js';
import { activatingOf } from '../../../graph/pim/kinds.js';
import type { ClaimRow } from '../../../store/schema.js';
import { type ClaimKey, effect } from '../../effect.js';
import type { HouseServices } from '../../turn.js';
import { becomeStatus } from '../cards/open-status.js';
import { notSentCard, statusCard } from '../cards/status-card.js';
import { saysOf } from '../errors.js';
import { lastHeard } from '../follow/audit-rows.js';
import { logHidesFor } from '../limits.js';
import { sameTarget } from '../target.js';
import type { AskArgs, AskFacts } from './rules.js';
import { endFirst, newest, submit } from './send.js';
import { healedReceipt, keep, notYet, receipt, receiptOf, rowOf } from './sent.js';

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
    const row = rowOf(asked, made);
    await keep(tx, services, row);
    await becomeStatus(tx, services, claim.card_ref, row);
  },
  working: (services, asked, viewer) =>
    statusCard(services, rowOf(asked, notYet), { working: true, reference: viewer.reference }),
  done: (services, asked, made, viewer) =>
    statusCard(services, rowOf(asked, made), { ref: asked.ref, reference: viewer.reference }),
  notDone: async (services, asked) => {
    const { says, next } = saysOf((await hasLost(services, asked)) ? 'pim.ended-not-begun' : 'pim.not-sent');
    return notSentCard(services, rowOf(asked, notYet), { ref: asked.ref, problem: `${says} ${next}` });
  },
});

/** Ended for a new one that did not come: said only where Entra shows it. */
async function hasLost(services: HouseServices, asked: AskArgs): Promise<boolean> {
  if (!asked.renew) return false;
  const reader = services.graph.reader(services.ids.guid());
  const seen = await activatingOf(asked.kind).seen(reader, { ...asked, principalId: asked.personId });
  return seen !== undefined && !seen.some((each) => each.activated && sameTarget(each, asked));
}
