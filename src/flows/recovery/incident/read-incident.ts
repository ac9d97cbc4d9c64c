import { userById } from '../../../graph/directory.js';
import { flowError } from '../../errors.js';
import type { Outcome } from '../../flow.js';
import { cardFacts, knownCard } from '../../known-card.js';
import { refused } from '../../refused.js';
import type { Turn } from '../../turn.js';
import { incidentCard } from '../cards/incident-card.js';
import { type Case, caseById, caseOf } from '../cases.js';
import { deniedIn } from '../changes/rows.js';
import { saysOf } from '../errors.js';
import { incidentKind } from './addressees.js';
import type { IncidentFacts } from './rules.js';

export interface Incident {
  readonly one: Case;
  readonly facts: IncidentFacts;
}

export async function readIncident(turn: Turn, ref: string): Promise<Incident> {
  const { services, actor, reference } = turn;
  const row = await knownCard(turn, ref, [incidentKind]);
  const one = await caseOf(services, row);
  if (one === undefined) throw flowError('flows.unknown-card');
  const { guest } = await userById(services.graph.reader(reference), actor.objectId);
  const facts: IncidentFacts = {
    capability: services.policy.flows.recovery,
    card: cardFacts(turn, row),
    me: { id: actor.objectId, name: actor.name, guest },
    one,
    changedBy: (await deniedIn(services, one.id)).map(({ by_id: by }) => by),
    at: services.clock.now().getTime(),
  };
  return { one, facts };
}

/** The incident as it stands now, in the message that was pressed in. */
export async function showIncident(
  { services }: Pick<Turn, 'services'>,
  one: Case,
  ref: string,
  problem = '',
): Promise<Outcome> {
  const now = (await caseById(services, one.id)) ?? one;
  return { kind: 'card', card: await incidentCard(services, now, { ref, problem }), ref };
}

export function refuseIncident(
  turn: Turn,
  one: Case,
  ref: string,
  { code, basis }: { readonly code: string; readonly basis: readonly string[] },
): Promise<Outcome> {
  const says = saysOf(code);
  return refused(turn, ref, { code, basis, says }, () =>
    showIncident(turn, one, ref, `${says.says} ${says.next}`),
  );
}
