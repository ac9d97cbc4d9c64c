import type {
  AccessPackageApprovalStage,
  AccessPackageAssignmentApprovalSettings,
  AccessPackageAssignmentPolicy,
  AccessPackageAssignmentRequestorSettings,
  ExpirationPattern,
} from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { type Question, questionsShape } from './access-question.js';
import { flag, id, list, type Shape, text, time } from './fields.js';
import { parseAs } from './parse.js';

/** Who may decide, as the policy names them. */
export type ApproverSet =
  | { readonly kind: 'user'; readonly id: string }
  | { readonly kind: 'group'; readonly id: string }
  /** Level 1 is the own manager, 2 the manager's manager; of whoever asks, or of whoever is to get it. */
  | { readonly kind: 'manager'; readonly level: number; readonly of: 'requestor' | 'target' }
  /** `own`: whoever vouches for this one guest; the others vouch for the whole organisation that the guest is from. */
  | { readonly kind: 'sponsors'; readonly which: 'internal' | 'external' | 'own' }
  /** What else Entra may think of: nobody whose name we can look up. */
  | { readonly kind: 'other'; readonly type: string };

/** Who is asked besides, once nobody has decided for so long. */
export interface Escalation {
  /** ISO 8601 duration, such as P2D. */
  readonly after: string;
  readonly approvers: readonly ApproverSet[];
  /** Asked where nobody of those is left. */
  readonly fallback: readonly ApproverSet[];
}

export interface PolicyStageInfo {
  readonly approvers: readonly ApproverSet[];
  readonly fallback: readonly ApproverSet[];
  readonly commentRequired: boolean;
  /** ISO 8601 duration, such as P14D; empty where Entra says none. */
  readonly deniedAfter: string;
  readonly escalation: Escalation | undefined;
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
  /** Who may ask for somebody else; empty: nobody. */
  readonly onBehalf: readonly ApproverSet[];
  /** May whoever asks choose their own dates? */
  readonly ownDates: boolean;
  readonly questions: readonly Question[];
}

const sponsors: ReadonlyMap<string, Extract<ApproverSet, { kind: 'sponsors' }>['which']> = new Map([
  ['internalSponsors', 'internal'],
  ['externalSponsors', 'external'],
  ['targetUserSponsors', 'own'],
]);

const approverShape = z
  .looseObject({ '@odata.type': text, userId: id, groupId: id, id, managerLevel: z.number().min(1).catch(1) })
  .transform((set): ApproverSet => {
    const type = set['@odata.type'].replace(/^#?microsoft\.graph\./i, '');
    const user = set.userId ?? set.id;
    const group = set.groupId ?? set.id;
    if (type === 'singleUser' && user !== undefined) return { kind: 'user', id: user };
    if (type === 'groupMembers' && group !== undefined) return { kind: 'group', id: group };
    if (type === 'requestorManager') return { kind: 'manager', level: set.managerLevel, of: 'requestor' };
    if (type === 'targetManager') return { kind: 'manager', level: set.managerLevel, of: 'target' };
    const which = sponsors.get(type);
    if (which !== undefined) return { kind: 'sponsors', which };
    return { kind: 'other', type };
  });

const stageShape = z
  .object({
    primaryApprovers: list(approverShape),
    fallbackPrimaryApprovers: list(approverShape),
    isApproverJustificationRequired: flag,
    durationBeforeAutomaticDenial: text,
    isEscalationEnabled: flag,
    durationBeforeEscalation: text,
    escalationApprovers: list(approverShape),
    fallbackEscalationApprovers: list(approverShape),
  } satisfies Shape<AccessPackageApprovalStage>)
  .transform(
    (stage): PolicyStageInfo => ({
      approvers: stage.primaryApprovers,
      fallback: stage.fallbackPrimaryApprovers,
      commentRequired: stage.isApproverJustificationRequired,
      deniedAfter: stage.durationBeforeAutomaticDenial,
      escalation: stage.isEscalationEnabled
        ? {
            after: stage.durationBeforeEscalation,
            approvers: stage.escalationApprovers,
            fallback: stage.fallbackEscalationApprovers,
          }
        : undefined,
    }),
  );

const approvalShape = z.object({
  isApprovalRequiredForAdd: flag,
  isRequestorJustificationRequired: flag,
  stages: list(stageShape),
} satisfies Shape<AccessPackageAssignmentApprovalSettings>);

const noApproval = { isApprovalRequiredForAdd: false, isRequestorJustificationRequired: false, stages: [] };

const requestorShape = z.object({
  allowCustomAssignmentSchedule: flag,
  enableOnBehalfRequestorsToAddAccess: flag,
  onBehalfRequestors: list(approverShape),
} satisfies Shape<AccessPackageAssignmentRequestorSettings>);

const onlyThemselves = {
  allowCustomAssignmentSchedule: false,
  enableOnBehalfRequestorsToAddAccess: false,
  onBehalfRequestors: [],
};

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
    requestorSettings: requestorShape.catch(onlyThemselves),
    questions: questionsShape,
  } satisfies Shape<AccessPackageAssignmentPolicy>)
  .transform(
    ({ requestApprovalSettings: approval, requestorSettings: requestors, ...policy }): PolicyInfo => ({
      id: policy.id.toLowerCase(),
      name: policy.displayName,
      description: policy.description,
      reasonRequired: approval.isRequestorJustificationRequired,
      lasts: policy.expiration,
      stages: approval.isApprovalRequiredForAdd ? approval.stages : [],
      onBehalf: requestors.enableOnBehalfRequestorsToAddAccess ? requestors.onBehalfRequestors : [],
      ownDates: requestors.allowCustomAssignmentSchedule,
      questions: policy.questions,
    }),
  );

export const asPolicy = parseAs(policyShape, 'assignment policy');
