import { userById } from '../../../graph/directory.js';
import type { GraphReader } from '../../../graph/graph.js';
import type { ActivationRules, Target } from '../../../graph/pim/activating.js';
import { activatingOf } from '../../../graph/pim/kinds.js';
import type { CardRow } from '../../../store/schema.js';
import { approversAmong } from '../../approvers.js';
import { cardFacts } from '../../known-card.js';
import type { Turn } from '../../turn.js';
import { whatItDoes } from '../does.js';
import { type MyRole, readMyRole } from '../my-roles.js';
import { isForEmergencies, targetTier } from '../target.js';
import type { AskFacts, EntraRules, RoleFacts, Wish } from './rules.js';

export interface AskReading {
  readonly facts: AskFacts;
  readonly mine: MyRole;
  readonly rules: ActivationRules;
}

/** What a person may ask of one role, as Entra tells it at this moment. */
export async function readAskFacts(
  turn: Turn,
  target: Target,
  row: CardRow,
  wish: Wish,
): Promise<AskReading> {
  const { services, actor } = turn;
  const reader = services.graph.reader(turn.reference);
  const [me, mine, rules] = await Promise.all([
    userById(reader, actor.objectId),
    readMyRole(turn, target),
    rulesOf(turn, target),
  ]);
  const { tier, basis } = targetTier(services.policy, target);
  const facts: AskFacts = {
    capability: services.policy.flows.pim,
    card: cardFacts(turn, row),
    me: { id: actor.objectId, name: me.name, guest: me.guest },
    now: services.clock.now().getTime(),
    role: await roleFacts(reader, mine),
    emergency: isForEmergencies(services.policy, target),
    held: heldFacts(mine),
    open: mine.open !== undefined,
    known: mine.known,
    entra: entraRules(rules),
    tier,
    tierBasis: basis,
    tickets: services.policy.pim.tickets,
    contexts: services.contexts(actor),
    approvers: target.kind === 'azure' ? await approverIds(turn, rules) : [],
    requestId: services.ids.guid(),
    wish,
  };
  return { facts, mine, rules };
}

/** The bot may read the rules of roles and groups, whoever asks; those of Azure only somebody who may see the place. */
export function rulesOf(turn: Turn, target: Target): Promise<ActivationRules> {
  const { rules } = activatingOf(target.kind);
  return rules(target.kind === 'azure' ? turn.graph : turn.services.graph.reader(turn.reference), target);
}

export function entraRules({ longest, reason, ticket, approval, context }: ActivationRules): EntraRules {
  return { longest, reason, ticket, approval: approval.required, context };
}

async function roleFacts(reader: GraphReader, { eligibility }: MyRole): Promise<RoleFacts | undefined> {
  if (eligibility === undefined) return undefined;
  const { until, description, ...role } = eligibility;
  const does = await whatItDoes(reader, eligibility, description);
  return { ...role, does, until: until === undefined ? undefined : Date.parse(until) };
}

function heldFacts({ held }: MyRole): AskFacts['held'] {
  if (held === undefined) return undefined;
  return { since: Date.parse(held.startsAt ?? '') || 0, activated: held.activated };
}

async function approverIds(turn: Turn, { approval }: ActivationRules): Promise<readonly string[]> {
  if (!approval.required) return [];
  const reader = turn.services.graph.reader(turn.reference);
  const found = await approversAmong(reader, approval.approvers, {
    requestorId: turn.actor.objectId,
    targetId: turn.actor.objectId,
  });
  return found.map(({ user }) => user.id);
}
