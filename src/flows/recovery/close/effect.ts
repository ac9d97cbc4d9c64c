import { z } from 'zod/v4';
import type { GraphAs, GraphReader } from '../../../graph/graph.js';
import type { ClaimKey } from '../../effect.js';
import { effect } from '../../effect.js';
import { issueCard } from '../cards/issue-card.js';
import { passCard } from '../cards/pass-card.js';
import { caseById, changeCase, isOpen, itemOf } from '../cases.js';
import { recoveryError, saysOf } from '../errors.js';
import { removePass } from '../issue/effect.js';
import { livePasses } from '../issue/live-passes.js';
import { achieved } from './achieved.js';
import type { CloseArgs } from './rules.js';

const text = z.string();
const args: z.ZodType<CloseArgs> = z.object({
  caseId: text,
  subject: text,
  name: text,
  pass: text,
  since: z.number(),
  note: text,
  byName: text,
});

/** Id of the pass that opens nothing any more; empty: there was none. */
const receipt = z.object({ pass: text });

/** For each pass: where another one was made meanwhile the case goes on, and is closed by another press. */
export function closeKey(caseId: string, pass: string): ClaimKey {
  return { item: itemOf(caseId), stage: `end after ${pass || 'none'}`, action: 'close' };
}

/** A case ends only once its pass is gone, was used or is over: nothing that opens an account outlives it. */
export const closeEffect = effect({
  name: 'recovery.close',
  args,
  receipt,
  key: ({ caseId, pass }) => closeKey(caseId, pass),
  async act(graph: GraphAs, { caseId, subject, pass, since }, services) {
    for (const { id } of await livePasses(graph, subject, since)) await removePass(graph, subject, id);
    const one = await caseById(services, caseId);
    // The pass of the case is another one by now, and somebody may just be reading it out.
    if ((one?.pass?.id ?? '') !== pass) throw recoveryError('recovery.pass-under-way');
  },
  recorded: gone,
  healed: gone,
  async settled(tx, services, { args: { caseId, note, byName, pass }, claim }) {
    const by = { actor: claim.actor_id, reference: claim.reference, seen: { note, pass } };
    await changeCase(tx, services, caseId, by, (one) =>
      isOpen(one) && (one.pass?.id ?? '') === pass
        ? { state: 'closed', about: { outcome: `${achieved(one)} ${byName}: ${note}`.trimStart() } }
        : undefined,
    );
  },
  working: (_services, { name }, { reference }) => passCard({ state: 'closing', name, reference }),
  done: (_services, { name }, _gone, { reference }) => passCard({ state: 'closed', name, reference }),
  notDone: async (services, { caseId, name }, { actor_id: person, card_ref: ref, reference }) => {
    const one = await caseById(services, caseId);
    if (one === undefined) return passCard({ state: 'closing', name, reference });
    const { says, next } = saysOf('recovery.not-closed');
    return issueCard(services, one, { person, ref, mri: '', problem: `${says} ${next}` });
  },
});

async function gone(
  graph: GraphReader,
  { subject, pass, since }: CloseArgs,
): Promise<z.infer<typeof receipt> | undefined> {
  return (await livePasses(graph, subject, since)).length > 0 ? undefined : { pass };
}
