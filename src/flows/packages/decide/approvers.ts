import type { ApproverSet, PolicyInfo } from '../../../graph/entitlement.js';
import type { GraphReader } from '../../../graph/graph.js';
import { type Approver, approversAmong, type Concerned, membersAmong } from '../../approvers.js';
import type { OpenStage } from '../follow/open-stage.js';

export function approvalOf(policy: PolicyInfo): 'manager' | 'people' | 'nobody' {
  const [stage] = policy.stages;
  if (stage === undefined) return 'nobody';
  return stage.approvers.some((set) => set.kind === 'manager') ? 'manager' : 'people';
}

export interface StageApprover extends Approver {
  /** Named for the stage, in place of somebody who could not be found, or because nobody decided in time. */
  readonly as: 'first' | 'fallback' | 'escalation';
}

/**
 * Everybody who may decide the open stage; a fallback only where nobody else is left. Never whoever asked, nor whoever
 * would get the access.
 */
export async function stageApprovers(
  reader: GraphReader,
  { rule, escalated }: Pick<OpenStage, 'rule' | 'escalated'>,
  request: Concerned,
): Promise<readonly StageApprover[]> {
  const first = await orInstead(reader, rule, request);
  const { escalation } = rule;
  if (!escalated || escalation === undefined) return first;
  const later = await orInstead(reader, escalation, request);
  const known = new Set(first.map(({ user }) => user.id));
  const others = later.filter(({ user }) => !known.has(user.id));
  return [...first, ...others.map((approver) => ({ ...approver, as: 'escalation' }) as const)];
}

/**
 * Everybody whom the policy names for the open stage, whether it is their turn or not. Undefined: not all of it can be
 * resolved, so nobody can be said not to be among them.
 */
export async function allNamed(
  reader: GraphReader,
  { rule, escalated }: Pick<OpenStage, 'rule' | 'escalated'>,
  request: Concerned,
): Promise<ReadonlySet<string> | undefined> {
  const { escalation } = rule;
  const later =
    escalated && escalation !== undefined ? [...escalation.approvers, ...escalation.fallback] : [];
  const sets = [...rule.approvers, ...rule.fallback, ...later];
  if (!sets.every(isResolvable)) return undefined;
  return new Set((await membersAmong(reader, sets, request)).map(({ user }) => user.id));
}

function isResolvable(set: ApproverSet): boolean {
  return set.kind === 'sponsors' ? set.which === 'own' : set.kind !== 'other';
}

type Sets = Pick<OpenStage['rule'], 'approvers' | 'fallback'>;

async function orInstead(
  reader: GraphReader,
  { approvers, fallback }: Sets,
  concerned: Concerned,
): Promise<readonly StageApprover[]> {
  for (const [sets, as] of [[approvers, 'first'] as const, [fallback, 'fallback'] as const]) {
    const found = await approversAmong(reader, sets, concerned);
    if (found.length > 0) return found.map((approver) => ({ ...approver, as }));
  }
  return [];
}
