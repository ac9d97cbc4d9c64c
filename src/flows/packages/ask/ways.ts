import { directReports } from '../../../graph/direct-reports.js';
import { userById } from '../../../graph/directory.js';
import {
  type PolicyInfo,
  policiesOfPackage,
  type Question,
  type Requirement,
  requirementsFor,
} from '../../../graph/entitlement.js';
import type { GraphReader } from '../../../graph/graph.js';
import { membersAmong } from '../../approvers.js';
import type { Turn } from '../../turn.js';
import type { AskRequirement } from './rules.js';

/** Whose access it is about. */
export interface Target {
  readonly id: string;
  /** Empty: oneself. */
  readonly name: string;
  /** Me, or somebody whose manager I am. */
  readonly mine: boolean;
  /** Undefined: not read, for oneself. */
  readonly guest: boolean | undefined;
}

/** One policy under which it can be asked for: what Entra wants to know then. */
export interface Way extends AskRequirement {
  readonly name: string;
  readonly description: string;
  readonly approval: boolean;
  /** Is a longer stay approved too? */
  readonly approvalForUpdate: boolean;
  readonly questions: readonly Question[];
}

export async function targetOf(turn: Turn, person: string | undefined): Promise<Target> {
  const me = turn.actor.objectId;
  if (person === undefined || person.toLowerCase() === me)
    return { id: me, name: '', mine: true, guest: undefined };
  const id = person.toLowerCase();
  const reader = turn.services.graph.reader(turn.reference);
  // Nobody learns the name behind an id by trying.
  if (!(await directReports(reader, me)).has(id)) return { id, name: '', mine: false, guest: undefined };
  const { name, guest } = await userById(reader, id);
  return { id, name, mine: true, guest };
}

export function isMe(turn: Turn, target: Pick<Target, 'id'>): boolean {
  return target.id === turn.actor.objectId;
}

/** For oneself Entra says what it wants; for somebody else it does not, so their policies are read by the bot. */
export async function waysFor(turn: Turn, packageId: string, target: Target): Promise<readonly Way[]> {
  if (isMe(turn, target)) return (await requirementsFor(turn.graph, packageId)).map(fromRequirement);
  if (!target.mine) return [];
  const reader = turn.services.graph.reader(turn.reference);
  const policies = await policiesOfPackage(reader, packageId);
  const allowed = await Promise.all(
    policies.map((policy) => mayAskFor(reader, policy, { me: turn.actor.objectId, target: target.id })),
  );
  return policies.filter((_, index) => allowed[index]).map(fromPolicy);
}

async function mayAskFor(
  reader: GraphReader,
  { onBehalf }: PolicyInfo,
  { me, target }: { readonly me: string; readonly target: string },
): Promise<boolean> {
  if (onBehalf.length === 0) return false;
  const concerned = { requestorId: me, targetId: target };
  return (await membersAmong(reader, onBehalf, concerned)).some(({ user }) => user.id === me);
}

function fromRequirement(found: Requirement): Way {
  return {
    policyId: found.policyId,
    name: found.policyName,
    description: found.policyDescription,
    reasonRequired: found.reasonRequired,
    ownDates: found.ownDatesAllowed,
    lasts: found.lasts,
    approval: found.approvalRequired,
    approvalForUpdate: found.approvalForUpdate,
    questions: found.questions,
  };
}

export function fromPolicy(found: PolicyInfo): Way {
  return {
    policyId: found.id,
    name: found.name,
    description: found.description,
    reasonRequired: found.reasonRequired,
    ownDates: found.ownDates,
    lasts: found.lasts,
    approval: found.stages.length > 0,
    approvalForUpdate: found.stages.length > 0,
    questions: found.questions,
  };
}
