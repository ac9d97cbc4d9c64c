import { z } from 'zod/v4';
import { second } from '../../../base/clock.js';
import { isAppError } from '../../../base/errors.js';
import { graphError } from '../../../graph/errors.js';
import type { GraphAs, GraphReader } from '../../../graph/graph.js';
import { createPass, deletePass, type Pass, passesOf } from '../../../graph/recovery/recovery.js';
import type { ClaimKey, DeclaredEffect } from '../../effect.js';
import { effect } from '../../effect.js';
import type { HouseServices } from '../../turn.js';
import { issueCard } from '../cards/issue-card.js';
import { passCard } from '../cards/pass-card.js';
import { caseById, changeCase, isOpen, itemOf } from '../cases.js';
import { recoveryError, saysOf } from '../errors.js';
import { keepForReading } from './being-read.js';
import { closedEar, type Ear } from './ear.js';
import { type IssueArgs, isOver } from './rules.js';

const args: z.ZodType<IssueArgs> = z.object({
  caseId: z.string(),
  subject: z.string(),
  name: z.string(),
  minutes: z.number(),
  once: z.boolean(),
  replaces: z.string(),
  before: z.array(z.string()),
});

/** Of a pass as Entra has it. That somebody has seen its code is not part of it. */
export const passReceipt = z.object({
  id: z.string(),
  startsAt: z.string(),
  minutes: z.number(),
  once: z.boolean(),
});

/** One pass in the place of each: a press that comes again finds that its own was made. */
export function issueKey(caseId: string, replaces: string): ClaimKey {
  return { item: itemOf(caseId), stage: `pass after ${replaces || 'none'}`, action: 'issue' };
}

/**
 * Makes a pass whose code goes to the ear of the press and nowhere else. What is settled says only that there is one
 * now: it counts as shown when the press shows it (reveal.ts). One whose code nobody heard, because the answer was lost
 * or the process died, is found again as a pass that nobody has seen.
 */
export function issueEffect(ear: Ear): DeclaredEffect<IssueArgs> {
  return effect({
    name: 'recovery.issue',
    args,
    receipt: passReceipt,
    key: ({ caseId, replaces }) => issueKey(caseId, replaces),
    act: (graph, wish, services) => make(graph, wish, services, ear),
    recorded: async (graph, wish) => {
      // What Entra answered when it made the pass is its receipt: how people sign in may be read five times in ten
      // seconds, and whoever has to wait for that would get the pass too late.
      const made = ear.pass() ?? (await unheard(graph, wish))[0];
      return made && receiptOf(made);
    },
    healed: async (reader, wish) => {
      const [found] = await unheard(reader, wish);
      return found && receiptOf(found);
    },
    async settled(tx, services, { args: { caseId }, receipt: made, claim }) {
      const by = { actor: claim.actor_id, reference: claim.reference, seen: { pass: made } };
      const madeAt = services.clock.now().getTime();
      const heard = ear.pass() !== undefined && !ear.isClosed();
      if (heard) await keepForReading(tx, services, claim.card_ref);
      const pass = { ...made, madeAt, shown: false };
      const after = await changeCase(tx, services, caseId, by, (one) => {
        if (!isOpen(one)) return {};
        const newer = one.pass !== undefined && Date.parse(one.pass.startsAt) > Date.parse(made.startsAt);
        return newer || one.pass?.id === made.id ? undefined : { issuer: claim.actor_id, pass };
      });
      if (after !== undefined && !isOpen(after) && ear.isClosed())
        services.log.error(
          { case: caseId, reference: claim.reference },
          'a pass is there after the end of its case',
        );
    },
    working: (_services, { name }, { reference }) => passCard({ state: 'working', name, reference }),
    done: (_services, { name }, _made, { reference }) => passCard({ state: 'unseen', name, reference }),
    notDone: async (services, { caseId, name }, { actor_id: person, card_ref: ref, reference }) => {
      const one = await caseById(services, caseId);
      if (one === undefined) return passCard({ state: 'unseen', name, reference });
      const { says, next } = saysOf('recovery.pass-not-made');
      return issueCard(services, one, { person, ref, mri: '', problem: `${says} ${next}` });
    },
  });
}

/** For everybody but the press that makes the pass. */
export const issueEffectAlone = issueEffect(closedEar());

async function make(graph: GraphAs, wish: IssueArgs, services: HouseServices, ear: Ear): Promise<void> {
  const { subject: personId, minutes, once } = wish;
  try {
    ear.keep(await createPass(graph, { personId, minutes, once, hear: ear.hear }));
  } catch (error) {
    if (!isAppError(error) || !['graph.fate-unknown', 'graph.broken-answer'].includes(error.code))
      throw error;
    // Nothing to be seen: it may still be on its way, and the claim stays until Entra has had its time.
    if (!(await deleteUnheard(graph, wish, services))) throw graphError('graph.fate-unknown', error);
    throw recoveryError('recovery.pass-lost', error);
  }
  if (!ear.isClosed()) return;
  await deleteUnheard(graph, wish, services);
  throw recoveryError('recovery.pass-late');
}

/** What Entra needs to show a write that it made. */
const settlingMs = second / 2;

/** Where that fails it is known again to be a pass that may be there, and the claim is settled by what Entra shows. */
async function deleteUnheard(graph: GraphAs, wish: IssueArgs, services: HouseServices): Promise<boolean> {
  try {
    await services.sleep(settlingMs);
    const found = await unheard(graph, wish);
    for (const { id } of found) await removePass(graph, wish.subject, id);
    return found.length > 0;
  } catch (error) {
    throw graphError('graph.fate-unknown', error);
  }
}

/** Usable, and not there when the button was pressed. */
async function unheard(graph: GraphReader, { subject, before }: IssueArgs): Promise<readonly Pass[]> {
  const passes = await passesOf(graph, subject);
  return passes.filter(({ id, usable, why }) => !before.includes(id) && (usable || !isOver(why)));
}

/** Gone already is as good. */
export function removePass(graph: GraphAs, personId: string, passId: string): Promise<void> {
  const landed = async () => (await passesOf(graph, personId)).every(({ id }) => id !== passId);
  return deletePass(graph, { personId, passId, landed });
}

function receiptOf({ id, startsAt, minutes, once }: Pass): z.infer<typeof passReceipt> {
  return { id, startsAt, minutes, once };
}
