import { z } from 'zod/v4';
import { effect } from '../../effect.js';
import { incidentStepCard } from '../cards/incident-card.js';
import { changeCase, isOpen } from '../cases.js';
import type { HandledArgs } from './rules.js';
import { handledKey, handledName } from './steps.js';

const text = z.string();
const args: z.ZodType<HandledArgs> = z.object({
  caseId: text,
  subject: text,
  subjectName: text,
  denied: z.number(),
  by: text,
  byName: text,
  note: text,
  at: z.number(),
});
const receipt = z.object({ by: text, note: text, at: z.number() });

/** What somebody found out stands in our own record alone: Entra has no place for it, and is asked nothing. */
export const handledEffect = effect({
  name: handledName,
  args,
  receipt,
  key: ({ caseId, denied }) => handledKey(caseId, denied),
  act: async () => undefined,
  recorded: async (_graph, said) => receiptOf(said),
  healed: async (_reader, said) => receiptOf(said),
  async settled(tx, services, { args: said, claim }) {
    const { by: actor, note } = said;
    const who = { actor, reference: claim.reference, seen: { handled: note } };
    const outcome = outcomeOf(said);
    await changeCase(tx, services, said.caseId, who, (one) =>
      isOpen(one) ? { state: 'closed', about: { outcome } } : undefined,
    );
  },
  working: (_services, said, { reference }) => incidentStepCard(said, { state: 'handling', reference }),
  done: (_services, said, _done, { reference }) =>
    incidentStepCard(said, { state: 'handled', reference, outcome: outcomeOf(said) }),
  // Never asked for: what was claimed here is found again.
  notDone: async (_services, said, { reference }) => incidentStepCard(said, { state: 'handling', reference }),
});

function outcomeOf({ byName, note }: HandledArgs): string {
  return `${byName}: ${note}`;
}

function receiptOf({ by, note, at }: HandledArgs) {
  return { by, note, at };
}
