import { z } from 'zod/v4';
import type { GraphReader } from '../../../graph/graph.js';
import { passesOf } from '../../../graph/recovery/recovery.js';
import { effect } from '../../effect.js';
import { incidentCard, incidentStepCard } from '../cards/incident-card.js';
import { caseById, changeCase } from '../cases.js';
import { saysOf } from '../errors.js';
import { removePass } from '../issue/effect.js';
import { isOver } from '../issue/rules.js';
import type { DropArgs } from './rules.js';
import { dropKey, dropName } from './steps.js';

const text = z.string();
const args: z.ZodType<DropArgs> = z.object({
  caseId: text,
  subject: text,
  subjectName: text,
  passes: z.array(text),
  at: z.number(),
});
const receipt = z.object({ gone: z.array(text) });

/** Whoever made the passes, they open nothing any more: with the own role of whoever presses. */
export const dropEffect = effect({
  name: dropName,
  args,
  receipt,
  key: ({ caseId, at, passes }) => dropKey(caseId, at, passes),
  async act(graph, { subject, passes }) {
    for (const id of passes) if (await opens(graph, subject, [id])) await removePass(graph, subject, id);
  },
  recorded: (graph, done) => gone(graph, done),
  healed: (reader, done) => gone(reader, done),
  async settled(tx, services, { args: { caseId, passes }, claim }) {
    const by = { actor: claim.actor_id, reference: claim.reference, seen: { passesDeleted: passes } };
    await changeCase(tx, services, caseId, by, () => ({}));
  },
  working: (_services, done, { reference }) => incidentStepCard(done, { state: 'deleting', reference }),
  done: (_services, done, _gone, { reference }) => incidentStepCard(done, { state: 'deleted', reference }),
  async notDone(services, done, { card_ref: ref, reference }) {
    const one = await caseById(services, done.caseId);
    if (one === undefined) return incidentStepCard(done, { state: 'deleting', reference });
    const { says, next } = saysOf('recovery.passes-not-deleted');
    return incidentCard(services, one, { ref, problem: `${says} ${next}` });
  },
});

async function gone(
  graph: GraphReader,
  { subject, passes }: DropArgs,
): Promise<z.infer<typeof receipt> | undefined> {
  return (await opens(graph, subject, passes)) ? undefined : { gone: [...passes] };
}

async function opens(graph: GraphReader, subject: string, passes: readonly string[]): Promise<boolean> {
  return (await passesOf(graph, subject)).some(({ id, why }) => passes.includes(id) && !isOver(why));
}
