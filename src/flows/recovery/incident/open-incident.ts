import { isAppError } from '../../../base/errors.js';
import type { GraphReader } from '../../../graph/graph.js';
import { privilegeOf } from '../../../graph/recovery/recovery.js';
import type { Permit } from '../../../policy/decision.js';
import type { Tx } from '../../../store/store.js';
import type { HouseServices, Turn } from '../../turn.js';
import { changeKind } from '../cards/change-card.js';
import { changeCase, openCase } from '../cases.js';
import { answerChange, type ToldChange } from '../changes/rows.js';
import type { AnswerArgs } from '../changes/rules.js';
import { showChange } from '../changes/show-change.js';
import { baselineOf } from '../open/baseline.js';
import { asIncident } from './as-incident.js';
import { incidentText } from './incident-text.js';

/**
 * A case of its own, or the one that is open already, which turns into an incident by it. How often people may open
 * cases does not count here: whoever is in the account must not be able to use that up.
 */
export async function openIncident(
  turn: Turn,
  { args: { change: id, person } }: Permit<'recovery.not-me', AnswerArgs>,
  change: ToldChange,
): Promise<void> {
  const { services, actor, reference } = turn;
  const reader = services.graph.reader(reference);
  const [privileged, baseline] = await Promise.all([
    isPrivileged(turn, reader, person),
    baselineOf(turn, reader, person),
  ]);
  const note = incidentText(change);
  await services.store.write(async (tx) => {
    const opened = await openCase(tx, services, {
      subject: person,
      openedBy: person,
      kind: 'not-me',
      about: { subjectName: actor.name, openerName: actor.name, note, subjectTold: true },
      privileged,
      baseline,
      reference,
    });
    const caseId = opened?.id ?? (await openIn(tx, person));
    const answered = await answerChange(tx, services, id, { answer: 'not-me', caseId });
    // Of two presses at once the second finds that the first has said it.
    if (answered === undefined) return;
    const by = { actor: actor.objectId, reference, seen: { notMe: note, change: id } };
    await changeCase(tx, services, caseId, by, (one) => asIncident(one, note));
    await showAnswer(tx, services, answered);
  });
  services.wake();
}

async function openIn(tx: Tx, subject: string): Promise<string> {
  const { id } = await tx
    .selectFrom('recovery_cases')
    .select('id')
    .where('subject', '=', subject)
    .where('closed_at', '=', 0)
    .executeTakeFirstOrThrow();
  return id;
}

/** Also where it was pressed in an older message of the same card. */
async function showAnswer(tx: Tx, services: HouseServices, change: ToldChange): Promise<void> {
  const card = await tx
    .selectFrom('cards')
    .select('ref')
    .where('purpose', '=', `${changeKind}:${change.id}`)
    .where('state', '=', 'open')
    .executeTakeFirst();
  if (card !== undefined) await showChange(tx, services, change, card.ref);
}

/** Where nobody can tell just now they count as such: an incident does not wait, and more care does no harm. */
async function isPrivileged({ services }: Turn, reader: GraphReader, person: string): Promise<boolean> {
  try {
    return (await privilegeOf(reader, person)).privileged;
  } catch (error) {
    if (!isAppError(error)) throw error;
    services.log.warn({ error }, 'whether the person of an incident is privileged could not be read');
    return true;
  }
}
