import { collect } from '../collect.js';
import type { GraphAs } from '../graph.js';
import { segment } from '../url.js';
import type { Step, StepDecision } from './activating.js';
import { asStep } from './approval-step.js';

// v1.0 has no approvals of roles, and those of groups work only here.
const version = 'beta';

/** Approvals of Graph, below the address of one collection of them. */
export function approvalsAt(approvals: string) {
  const stepsPath = (approvalId: string): string => `${approvals}/${segment(approvalId)}/steps`;
  return {
    steps: (graph: GraphAs, approvalId: string): Promise<readonly Step[]> =>
      collect(graph.pages(stepsPath(approvalId), { version }), asStep),

    decide(graph: GraphAs, decision: StepDecision): Promise<void> {
      const { approvalId, stepId, result, justification, landed } = decision;
      const body = { reviewResult: result, justification };
      return graph.patch(`${stepsPath(approvalId)}/${segment(stepId)}`, body, { version, landed });
    },
  };
}
