import type { PolicyInfo } from '../../../graph/entitlement.js';
import type { GraphReader } from '../../../graph/graph.js';
import { type Approver, approversAmong } from '../../approvers.js';

export function approvalOf(policy: PolicyInfo): 'manager' | 'people' | 'nobody' {
  const [stage] = policy.stages;
  if (stage === undefined) return 'nobody';
  return stage.approvers.some((set) => set.kind === 'manager') ? 'manager' : 'people';
}

/** Everybody who may decide the first stage; the fallback only where nobody else is left. Never the requester. */
export async function approversOf(
  reader: GraphReader,
  policy: PolicyInfo,
  requestorId: string,
): Promise<readonly Approver[]> {
  const [stage] = policy.stages;
  if (stage === undefined) return [];
  const first = await approversAmong(reader, stage.approvers, requestorId);
  return first.length > 0 ? first : approversAmong(reader, stage.fallback, requestorId);
}
