import type {
  AccessPackageApprovalStage,
  AccessPackageAssignmentApprovalSettings,
  AccessPackageAssignmentPolicy,
  ExpirationPattern,
} from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { flag, id, list, type Shape, text, time } from './fields.js';
import { parseAs } from './parse.js';

/** Who may decide, as the policy names them. */
export type ApproverSet =
  | { readonly kind: 'user'; readonly id: string }
  | { readonly kind: 'group'; readonly id: string }
  /** Level 1 is the requestor's own manager, 2 the manager's manager. */
  | { readonly kind: 'manager'; readonly level: number }
  /** Sponsors and what else Entra may think of: nobody whose name we can look up. */
  | { readonly kind: 'other'; readonly type: string };

export interface PolicyStageInfo {
  readonly approvers: readonly ApproverSet[];
  readonly fallback: readonly ApproverSet[];
  readonly commentRequired: boolean;
  /** ISO 8601 duration, such as P14D; empty where Entra says none. */
  readonly deniedAfter: string;
}

export interface PolicyInfo {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly reasonRequired: boolean;
  /** How long the access lasts: an ISO 8601 duration (P30D), a date, or empty for no end. */
  readonly lasts: string;
  /** Empty: nobody has to approve. */
  readonly stages: readonly PolicyStageInfo[];
}

const approverShape = z
  .looseObject({ '@odata.type': text, userId: id, groupId: id, id, managerLevel: z.number().min(1).catch(1) })
  .transform((set): ApproverSet => {
    const type = set['@odata.type'].replace(/^#?microsoft\.graph\./i, '');
    const user = set.userId ?? set.id;
    const group = set.groupId ?? set.id;
    if (type === 'singleUser' && user !== undefined) return { kind: 'user', id: user };
    if (type === 'groupMembers' && group !== undefined) return { kind: 'group', id: group };
    if (type === 'requestorManager' || type === 'targetManager')
      return { kind: 'manager', level: set.managerLevel };
    return { kind: 'other', type };
  });

const stageShape = z
  .object({
    primaryApprovers: list(approverShape),
    fallbackPrimaryApprovers: list(approverShape),
    isApproverJustificationRequired: flag,
    durationBeforeAutomaticDenial: text,
  } satisfies Shape<AccessPackageApprovalStage>)
  .transform(
    (stage): PolicyStageInfo => ({
      approvers: stage.primaryApprovers,
      fallback: stage.fallbackPrimaryApprovers,
      commentRequired: stage.isApproverJustificationRequired,
      deniedAfter: stage.durationBeforeAutomaticDenial,
    }),
  );

const approvalShape = z.object({
  isApprovalRequiredForAdd: flag,
  isRequestorJustificationRequired: flag,
  stages: list(stageShape),
} satisfies Shape<AccessPackageAssignmentApprovalSettings>);

const noApproval = { isApprovalRequiredForAdd: false, isRequestorJustificationRequired: false, stages: [] };

/** Shared with what Entra asks of a requestor, which has the same pattern in its schedule. */
export const expirationShape = z
  .object({ duration: time, endDateTime: time } satisfies Shape<ExpirationPattern>)
  .transform(({ duration, endDateTime }) => duration ?? endDateTime ?? '')
  .catch('');

const policyShape = z
  .object({
    id: z.string().min(1),
    displayName: text,
    description: text,
    expiration: expirationShape,
    requestApprovalSettings: approvalShape.catch(noApproval),
  } satisfies Shape<AccessPackageAssignmentPolicy>)
  .transform(
    ({ requestApprovalSettings: approval, ...policy }): PolicyInfo => ({
      id: policy.id.toLowerCase(),
      name: policy.displayName,
      description: policy.description,
      reasonRequired: approval.isRequestorJustificationRequired,
      lasts: policy.expiration,
      stages: approval.isApprovalRequiredForAdd ? approval.stages : [],
    }),
  );

export const asPolicy = parseAs(policyShape, 'assignment policy');
