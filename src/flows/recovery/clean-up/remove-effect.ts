import { z } from 'zod/v4';
import { isNotFound } from '../../../graph/errors.js';
import type { GraphReader } from '../../../graph/graph.js';
import { hasMethod } from '../../../graph/recovery/has-method.js';
import { type MethodKind, removeMethod } from '../../../graph/recovery/recovery.js';
import { effect } from '../../effect.js';
import { cleanUpCard } from '../cards/clean-up-card.js';
import { changeCase, itemOf } from '../cases.js';
import { notDoneCard } from './not-done-card.js';
import type { Lost, RemoveArgs } from './rules.js';

const text = z.string();

/**
 * What is taken away here, each with a permission of its own. A pass goes with the end of the case, and what another
 * provider keeps is no device that somebody lost.
 */
export const removableKinds = [
  'passkey',
  'authenticator',
  'hello',
  'oath',
  'phone',
  'email',
  'platform',
] as const satisfies readonly MethodKind[];

const removable = z.enum(removableKinds);

const args: z.ZodType<RemoveArgs> = z.object({
  caseId: text,
  subject: text,
  subjectName: text,
  method: z.object({ id: text, kind: removable, text, createdAt: text }),
  picked: z.array(text),
});

const receipt = z.object({ removed: text });

export const removeName = 'recovery.remove';

/** One way to sign in that is gone, by one press; each has a step of its own, so that none is lost with another. */
export const removeEffect = effect({
  name: removeName,
  args,
  receipt,
  key: ({ caseId, method }) => removeKey(caseId, method),
  async act(graph, { subject, method: { id, kind: written } }) {
    const method = { id, kind: removable.parse(written) };
    const landed = async () => !(await hasMethod(graph, subject, method));
    try {
      await removeMethod(graph, { personId: subject, method, landed });
    } catch (error) {
      // Somebody else was faster: what was wanted is so.
      if (!isNotFound(error)) throw error;
    }
  },
  recorded: (graph, { subject, method }) => receiptOf(graph, subject, method),
  healed: (reader, { subject, method }) => receiptOf(reader, subject, method),
  async settled(tx, services, { args: { caseId, method, picked }, claim }) {
    const by = { actor: claim.actor_id, reference: claim.reference, seen: { removed: method.text } };
    await changeCase(tx, services, caseId, by, (one) => {
      const removed = [...new Set([...one.removed, method.id])];
      const all = picked.every((id) => removed.includes(id));
      return all ? { removed, cleaned: 1 } : { removed };
    });
  },
  working: (_services, { subjectName, method }, { reference }) =>
    cleanUpCard({
      state: 'removing',
      person: subjectName,
      reference,
      results: [{ name: method.text, result: 'under-way', why: '' }],
    }),
  done: (_services, { subjectName, method }, _receipt, { reference }) =>
    cleanUpCard({
      state: 'removed',
      person: subjectName,
      reference,
      results: [{ name: method.text, result: 'removed', why: '' }],
    }),
  notDone: (services, { caseId, subjectName }, claim) =>
    notDoneCard(services, claim, { caseId, subjectName, code: 'recovery.not-removed' }),
});

/** Numbers have the same id for everybody and for ever: with its date a new one is not taken for the one before. */
export function removeKey(caseId: string, { id, createdAt }: Pick<Lost, 'id' | 'createdAt'>) {
  return { item: itemOf(caseId), stage: `clean-up:${createdAt}`, action: `remove:${id}` };
}

async function receiptOf(
  reader: GraphReader,
  personId: string,
  { id, kind }: Pick<Lost, 'id' | 'kind'>,
): Promise<z.infer<typeof receipt> | undefined> {
  const there = await hasMethod(reader, personId, { id, kind: removable.parse(kind) });
  return there ? undefined : { removed: id };
}
