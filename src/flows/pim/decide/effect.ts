import { z } from 'zod/v4';
import type { GraphAs, GraphReader } from '../../../graph/graph.js';
import { activatingOf } from '../../../graph/pim/kinds.js';
import { effect } from '../../effect.js';
import { activationById, itemOf, learnOf, type Snapshot, snapshot, targetOf } from '../activations.js';
import { decidedCard } from '../cards/decided-card.js';
import { saysOf } from '../errors.js';
import { lastHeard } from '../follow/audit-rows.js';
import { logHidesFor } from '../limits.js';
import { verdictOfStep } from './facts.js';
import { pendingCard, readPending } from './pending.js';

const args = z.object({
  activation: snapshot,
  approvalId: z.string(),
  stepId: z.string(),
  word: z.enum(['Approve', 'Deny']),
  comment: z.string(),
});

type Args = z.infer<typeof args>;

/** After a crash, without the approver's token, only the consequence can be read: then the names may be empty. */
const receipt = z.object({
  state: z.enum(['approved', 'denied']),
  byId: z.string(),
  byName: z.string(),
  at: z.string(),
  comment: z.string(),
});

type Receipt = z.infer<typeof receipt>;

export const decideEffect = effect({
  name: 'pim.decide',
  args,
  receipt,
  hiddenFor: logHidesFor,
  seenByAll: true,
  key: ({ activation, stepId }) => ({ item: itemOf(activation.id), stage: stepId, action: 'decide' }),
  act: (graph, asked) =>
    activatingOf(asked.activation.kind).decide(graph, {
      approvalId: asked.approvalId,
      stepId: asked.stepId,
      result: asked.word,
      justification: asked.comment,
      landed: async () => (await stepReceipt(graph, asked)) !== undefined,
    }),
  recorded: stepReceipt,
  healed: heardReceipt,
  async settled(tx, services, { args: { activation }, receipt: { state, ...verdict } }) {
    await learnOf(tx, services, activation.id, (row) => ({ state: stateAfter(row.state, state), verdict }));
  },
  working: (services, { activation }, { id: person, reference }) =>
    decidedCard(services, activation, { person, reference, working: true }),
  done: (services, { activation }, { state, ...verdict }, { id: person, reference }) => {
    const row = {
      ...activation,
      state: stateAfter(activation.state, state),
      verdict: JSON.stringify(verdict),
    };
    return decidedCard(services, row, { person, reference });
  },
  async notDone(services, { activation }, claim) {
    const row = (await activationById(services, activation.id)) ?? activation;
    const person = claim.actor_id;
    // It ended another way meanwhile (cancelled, expired): there is nothing left to press.
    if (row.state !== 'asked') return decidedCard(services, row, { person });
    const { says, next } = saysOf('pim.not-recorded');
    const to = { ref: claim.card_ref, person, mri: '', problem: `${says} ${next}` };
    return pendingCard(services, await readPending(services, row), to);
  },
});

/** Approved is not active yet: whether it runs is looked for. */
function stateAfter(before: Snapshot['state'], decided: Receipt['state']): Snapshot['state'] {
  if (decided === 'denied') return 'denied';
  return before === 'asked' ? 'scheduled' : before;
}

/** A decision that Entra shows on the step, whoever made it: the card tells the truth even when somebody was faster. */
async function stepReceipt(graph: GraphAs, { activation, approvalId, stepId }: Args) {
  const steps = await activatingOf(activation.kind).steps(graph, approvalId);
  const step = steps.find(({ id }) => id === stepId);
  if (step?.result !== 'Approved' && step?.result !== 'Denied') return undefined;
  return { state: step.result === 'Denied' ? 'denied' : 'approved', ...verdictOfStep(step) } as const;
}

async function heardReceipt(reader: GraphReader, { activation }: Args): Promise<Receipt | undefined> {
  const asked = { ...targetOf(activation), personId: activation.person };
  const heard = await lastHeard(reader, asked, activation.asked_at);
  if (heard?.requestId !== activation.id || heard.verdict.at === '') return undefined;
  return { state: heard.state === 'denied' ? 'denied' : 'approved', ...heard.verdict };
}
