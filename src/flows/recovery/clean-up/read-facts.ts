import { userById } from '../../../graph/directory.js';
import type { CardRow } from '../../../store/schema.js';
import { flowError } from '../../errors.js';
import { cardFacts, knownCard } from '../../known-card.js';
import type { Turn } from '../../turn.js';
import { type Case, caseOf } from '../cases.js';
import { deniedIn } from '../changes/rows.js';
import { issueKind } from '../follow/card-rows.js';
import { incidentKind } from '../incident/addressees.js';
import { mayMakePass } from '../who/issuers.js';
import { inWrongHands } from './in-wrong-hands.js';
import type { CleanUpFacts } from './rules.js';

export interface CleanUp {
  readonly row: CardRow;
  readonly one: Case;
  readonly facts: CleanUpFacts;
}

/** The case behind a card for helpers, and whether whoever pressed has the role for it now. */
export async function readCleanUp(turn: Turn, ref: string): Promise<CleanUp> {
  const { services, actor, reference } = turn;
  const row = await knownCard(turn, ref, [issueKind, incidentKind]);
  const one = await caseOf(services, row);
  if (one === undefined) throw flowError('flows.unknown-card');
  const reader = services.graph.reader(reference);
  const [hasRole, { guest }, denied] = await Promise.all([
    mayMakePass(reader, actor.objectId, one.privileged === 1),
    userById(reader, actor.objectId),
    deniedIn(services, one.id),
  ]);
  const facts: CleanUpFacts = {
    capability: services.policy.flows.recovery,
    card: cardFacts(turn, row),
    me: actor.objectId,
    guest,
    changedBy: denied.map(({ by_id: by }) => by),
    one,
    subjectName: one.about.subjectName,
    wrongHands: inWrongHands(one),
    hasRole,
  };
  return { row, one, facts };
}
