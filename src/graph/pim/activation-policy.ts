import type { UnifiedApprovalStage } from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { isoMinutes } from '../../base/iso-duration.js';
import { because } from '../../identity/because.js';
import type { ApproverSet } from '../access-policy.js';
import { graphError } from '../errors.js';
import { flag, id, list, type Shape, text } from '../fields.js';
import type { ActivationRules } from './activating.js';

/** Three spellings: v1.0 has userId and groupId, beta a plain id, and Azure an id with its userType. */
const approverShape = z
  .object({ '@odata.type': text, userType: text, userId: id, groupId: id, id })
  .transform((set): ApproverSet => {
    const type = (set['@odata.type'] || set.userType).replace(/^#?microsoft\.graph\./i, '');
    const user = set.userId ?? set.id;
    const group = set.groupId ?? set.id;
    switch (type.toLowerCase()) {
      case 'singleuser':
      case 'user':
        return user === undefined ? { kind: 'other', type } : { kind: 'user', id: user };
      case 'groupmembers':
      case 'group':
        return group === undefined ? { kind: 'other', type } : { kind: 'group', id: group };
      case 'requestormanager':
        return { kind: 'manager', level: 1, of: 'requestor' };
      default:
        return { kind: 'other', type };
    }
  });

const stageShape = z.object({
  primaryApprovers: list(approverShape),
  isApproverJustificationRequired: flag,
  approvalStageTimeOutInDays: z.number().catch(1),
} satisfies Shape<UnifiedApprovalStage>);

const noSetting = { isApprovalRequired: false, approvalStages: [] };

const ruleShape = z.object({
  id: text,
  maximumDuration: text,
  enabledRules: list(text),
  isEnabled: flag,
  claimValue: text,
  setting: z.object({ isApprovalRequired: flag, approvalStages: list(stageShape) }).catch(noSetting),
});

type Rule = z.output<typeof ruleShape>;

/** Of the seventeen rules of a policy, what matters to whoever activates. */
export function asActivationRules(policyRules: readonly unknown[]): ActivationRules {
  const rules = policyRules.flatMap((rule) => ruleShape.safeParse(rule).data ?? []);
  const named = (name: string): Rule | undefined =>
    rules.find((rule) => rule.id.toLowerCase() === `${name}_EndUser_Assignment`.toLowerCase());
  const enabled = (named('Enablement')?.enabledRules ?? []).map((rule) => rule.toLowerCase());
  const context = named('AuthenticationContext');
  return {
    longest: isoMinutes(named('Expiration')?.maximumDuration ?? ''),
    reason: enabled.includes('justification'),
    ticket: enabled.includes('ticketing'),
    mfa: enabled.includes('multifactorauthentication'),
    context: context?.isEnabled === true ? context.claimValue : '',
    approval: approvalOf(named('Approval')),
  };
}

function approvalOf(rule: Rule | undefined): ActivationRules['approval'] {
  if (rule?.setting.isApprovalRequired !== true) return { required: false };
  const stages = rule.setting.approvalStages;
  return {
    required: true,
    approvers: stages.flatMap((stage) => stage.primaryApprovers),
    approverReason: stages.some((stage) => stage.isApproverJustificationRequired),
    days: Math.max(1, ...stages.map((stage) => stage.approvalStageTimeOutInDays)),
  };
}

/** Of a list of policy assignments that can only have one element; none: Entra does not know the target. */
export function onlyPolicy(assignments: readonly (readonly unknown[])[]): ActivationRules {
  const [rules] = assignments;
  if (rules === undefined) throw graphError('graph.not-found', because('no policy for this target'));
  return asActivationRules(rules);
}
