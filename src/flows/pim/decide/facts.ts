import { isAppError } from '../../../base/errors.js';
import { userById } from '../../../graph/directory.js';
import type { Asked, Step } from '../../../graph/pim/activating.js';
import { activatingOf } from '../../../graph/pim/kinds.js';
import type { ActivationRow, CardRow } from '../../../store/schema.js';
import { cardFacts } from '../../known-card.js';
import type { Turn } from '../../turn.js';
import {
  aboutOf,
  activationOf,
  learnOf,
  type News,
  snapshot,
  targetOf,
  type Verdict,
} from '../activations.js';
import { pimError } from '../errors.js';
import { takeIn } from '../follow/take-in.js';
import { serviceOf } from '../switched-on.js';
import { targetTier } from '../target.js';
import type { DecideFacts } from './rules.js';

export interface DecideReading {
  readonly facts: DecideFacts;
  readonly row: ActivationRow;
}

/** The request is read with the approver's own token: whom Entra does not show it, they cannot decide it. */
export async function readDecideFacts(turn: Turn, card: CardRow, comment: string): Promise<DecideReading> {
  const { services, actor } = turn;
  const reader = services.graph.reader(turn.reference);
  const [me, look] = await Promise.all([userById(reader, actor.objectId), lookAsApprover(turn, card)]);
  const { row, asked, step } = look;
  const { tier, basis } = targetTier(services.policy, targetOf(row));
  const facts: DecideFacts = {
    capability: services.policy.flows.pim,
    card: cardFacts(turn, card),
    me: { id: actor.objectId, guest: me.guest },
    request: {
      id: row.id,
      approvalId: approvalIdOf(row),
      personId: row.person,
      as: snapshot.parse(row),
      waits: asked !== undefined,
      settled: row.state !== 'asked',
    },
    step,
    tier,
    tierBasis: basis,
    contexts: services.contexts(actor),
    comment,
    commentRequired: asked !== undefined && (await wantsComment(turn, row)),
  };
  return { facts, row };
}

export interface ApproverLook {
  /** With what was learned from this look. */
  readonly row: ActivationRow;
  /** Undefined: it does not wait for this person, or not any more. */
  readonly asked: Asked | undefined;
  readonly step: Step | undefined;
}

/** What Entra shows this approver of the request; the bot keeps it, and everybody's cards follow. */
export async function lookAsApprover(turn: Turn, card: CardRow): Promise<ApproverLook> {
  const { services } = turn;
  const known = await activationOf(services, card);
  if (known === undefined) throw pimError('pim.not-shown');
  const waiting = await serviceOf(services, known.kind).waiting(turn.graph);
  // Read after the list, never beside it: what somebody decides between the two reads is then on the step.
  const steps = await stepsIfAny(turn, known);
  const asked = waiting.find(({ id }) => id === known.id);
  const step = steps.find(({ result }) => result === 'NotReviewed');
  if (asked !== undefined && step !== undefined) return { row: await takeIn(services, asked), asked, step };
  const verdict = steps.find(({ result }) => result === 'Approved' || result === 'Denied');
  if (verdict === undefined) return { row: known, asked, step: undefined };
  const newsOf = ({ state }: ActivationRow): News => ({
    state: verdict.result === 'Denied' ? 'denied' : state === 'asked' ? 'scheduled' : state,
    verdict: verdictOfStep(verdict),
  });
  // Its asker may have learned meanwhile how it ended, but not whose word that was.
  await services.store.write((tx) => learnOf(tx, services, known.id, newsOf, { state: verdict.result }));
  return { row: (await activationOf(services, card)) ?? known, asked, step: undefined };
}

export function verdictOfStep({ reviewedBy, reviewedAt, justification }: Step): Verdict {
  return {
    byId: reviewedBy?.id ?? '',
    byName: reviewedBy?.name ?? '',
    at: reviewedAt ?? '',
    comment: justification,
  };
}

export function approvalIdOf(row: ActivationRow): string {
  const { approvalId } = aboutOf(row);
  return approvalId === '' ? row.id : approvalId;
}

/** Who is no approver, or no longer one, is refused by Entra itself: for the rules that is a step nobody may decide. */
async function stepsIfAny(turn: Turn, row: ActivationRow): Promise<readonly Step[]> {
  try {
    return await activatingOf(row.kind).steps(turn.graph, approvalIdOf(row));
  } catch (error) {
    if (isAppError(error) && ['graph.forbidden', 'graph.not-found'].includes(error.code)) return [];
    throw error;
  }
}

/** In Azure an approver may be one who cannot read the rules of the place: then Entra says so itself. */
async function wantsComment(turn: Turn, row: ActivationRow): Promise<boolean> {
  const { rules } = activatingOf(row.kind);
  const graph = row.kind === 'azure' ? turn.graph : turn.services.graph.reader(turn.reference);
  try {
    const { approval } = await rules(graph, targetOf(row));
    return approval.required && approval.approverReason;
  } catch (error) {
    if (row.kind === 'azure' && isAppError(error) && error.retry === 'no') return false;
    throw error;
  }
}
