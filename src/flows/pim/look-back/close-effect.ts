import { z } from 'zod/v4';
import { day } from '../../../base/clock.js';
import { changeCard, openCard } from '../../../jobs/cards.js';
import type { Tx } from '../../../store/store.js';
import { effect, type Viewer } from '../../effect.js';
import type { HouseServices } from '../../turn.js';
import { itemOf } from '../activations.js';
import { lookedBackCard } from './cards.js';
import type { CloseArgs } from './rules.js';
import { openLookBacks } from './show.js';

const text = z.string();
const answers = z.enum(['expected', 'question']);

const args: z.ZodType<CloseArgs> = z.object({
  activation: text,
  personId: text,
  personName: text,
  kind: z.enum(['role', 'group', 'azure']),
  target: text,
  scope: text,
  name: text,
  scopeName: text,
  startsAt: text,
  endsAt: text,
  answer: answers,
  comment: text,
  byId: text,
  byName: text,
  at: text,
  done: z.number(),
  failed: z.number(),
  log: z.enum(['whole', 'late', 'cut', 'unread']),
  tell: z.array(text),
});

const receipt = z.object({ answer: answers, comment: text, byId: text, byName: text, at: text });

/** What an owner thinks of it stands in our own record alone: Entra has no place for it. */
export const closeEffect = effect({
  name: 'pim.close-look-back',
  args,
  receipt,
  key: ({ activation }) => closeKey(activation),
  // The claim itself is the record, so there is nothing to do in Entra, and nothing to ask it afterwards.
  act: async () => undefined,
  recorded: async (_graph, closed) => receiptOf(closed),
  healed: async (_reader, closed) => receiptOf(closed),
  async settled(tx, services, { args: closed, claim }) {
    await tx
      .updateTable('activations')
      .set({ look_back: 'closed' })
      .where('id', '=', closed.activation)
      .execute();
    const said = { state: closed.answer, reference: claim.reference };
    const asked = await openLookBacks(tx, closed.activation);
    for (const { ref, person } of asked) {
      const card = lookedBackCard(services, closed, { ...said, viewer: person });
      await changeCard(tx, services.clock, ref, card, { final: true });
    }
    const knows = new Set([...asked.map(({ person }) => person), closed.byId, closed.personId]);
    for (const person of closed.tell.filter((id) => !knows.has(id))) {
      await tellOne(tx, services, closed, { person, reference: claim.reference });
    }
  },
  working: (services, closed, viewer) => closedCard(services, closed, 'working', viewer),
  done: (services, closed, _receipt, viewer) => closedCard(services, closed, closed.answer, viewer),
  // Never asked for: what was claimed here is found again.
  notDone: async (services, closed, { actor_id: id, reference }) =>
    closedCard(services, closed, 'working', { id, reference }),
});

export function closeKey(activation: string) {
  return { item: itemOf(activation), stage: 'look-back', action: 'close' };
}

function receiptOf({ answer, comment, byId, byName, at }: CloseArgs) {
  return { answer, comment, byId, byName, at };
}

function closedCard(
  services: HouseServices,
  closed: CloseArgs,
  state: 'working' | CloseArgs['answer'],
  { id: viewer, reference }: Viewer,
) {
  return lookedBackCard(services, closed, { state, viewer, reference });
}

/** Who looks after security hears of every question, at whatever hour. */
async function tellOne(
  tx: Tx,
  services: HouseServices,
  closed: CloseArgs,
  { person, reference }: { readonly person: string; readonly reference: string },
): Promise<void> {
  const { ref } = await openCard(tx, services, {
    flow: 'pim',
    kind: 'pim.looked-back',
    item: itemOf(closed.activation),
    person,
    purpose: `pim.looked-back:${closed.activation}:${person}`,
    expiresAt: new Date(services.clock.now().getTime() + 30 * day),
  });
  const card = lookedBackCard(services, closed, { state: closed.answer, viewer: person, reference });
  await changeCard(tx, services.clock, ref, card, { final: true });
}
