import {
  type AccessPackage,
  type Policy,
  type PolicyStage,
  packagesCreated,
  policiesOf,
  type Question,
} from '../world/packages.js';
import type { Entity } from './entity.js';
import { catalogEntity, packageEntity } from './package-views.js';

export function policyEntities(found: AccessPackage): Entity[] {
  return policiesOf(found).map((policy) => policyEntity(found, policy));
}

export function policyEntity(found: AccessPackage, policy: Policy): Entity {
  const questions = policy.questions ?? [];
  return {
    type: 'accessPackageAssignmentPolicy',
    props: {
      id: policy.id,
      displayName: policy.displayName,
      description: policy.description,
      allowedTargetScope: policy.allowedTargetScope,
      specificAllowedTargets: [],
      automaticRequestSettings: null,
      reviewSettings: null,
      notificationSettings: { isAssignmentNotificationDisabled: false },
      createdDateTime: packagesCreated,
      modifiedDateTime: packagesCreated,
      expiration: { type: 'afterDuration', duration: policy.duration, endDateTime: null },
      requestorSettings: requestorSettings(policy),
      requestApprovalSettings: {
        ...approvalNeeded(policy),
        isRequestorJustificationRequired: policy.justificationRequired,
        stages: policy.stages.map(stageSettings),
      },
    },
    nav: {
      accessPackage: () => packageEntity(found),
      catalog: catalogEntity,
      questions: () => questions.map(questionEntity),
    },
  };
}

/** What a person who may ask for the package has to know; a complex type, so it has no id. */
export function requirement(policy: Policy): unknown {
  return {
    policyId: policy.id,
    policyDisplayName: policy.displayName,
    policyDescription: policy.description,
    ...approvalNeeded(policy),
    isRequestorJustificationRequired: policy.justificationRequired,
    allowCustomAssignmentSchedule: policy.customSchedule,
    schedule: {
      startDateTime: null,
      recurrence: null,
      expiration: { type: 'afterDuration', duration: policy.duration, endDateTime: null },
    },
    questions: (policy.questions ?? []).map(questionProps),
  };
}

/** A question as it stands in requirements, policies and answers. */
export function questionProps(question: Question, sequence: number): Readonly<Record<string, unknown>> {
  const { id, text, localizations, isRequired, isAnswerEditable, asks } = question;
  const base = { id, isRequired, isAnswerEditable, sequence, text, localizations };
  if (asks.kind === 'text') {
    const { singleLine, pattern } = asks;
    const type = '#microsoft.graph.accessPackageTextInputQuestion';
    return { '@odata.type': type, ...base, isSingleLineQuestion: singleLine, regexPattern: pattern };
  }
  const type = '#microsoft.graph.accessPackageMultipleChoiceQuestion';
  return { '@odata.type': type, ...base, isMultipleSelectionAllowed: asks.many, choices: asks.choices };
}

function questionEntity(question: Question, sequence: number): Entity {
  return { type: 'accessPackageQuestion', props: questionProps(question, sequence) };
}

function approvalNeeded({ stages, extendsFreely = false }: Policy): Readonly<Record<string, boolean>> {
  const isApprovalRequiredForAdd = stages.length > 0;
  return {
    isApprovalRequiredForAdd,
    isApprovalRequiredForUpdate: isApprovalRequiredForAdd && !extendsFreely,
  };
}

function requestorSettings({ customSchedule, onBehalf = [] }: Policy): unknown {
  return {
    enableTargetsToSelfAddAccess: true,
    enableTargetsToSelfUpdateAccess: true,
    enableTargetsToSelfRemoveAccess: true,
    allowCustomAssignmentSchedule: customSchedule,
    enableOnBehalfRequestorsToAddAccess: onBehalf.length > 0,
    enableOnBehalfRequestorsToUpdateAccess: false,
    enableOnBehalfRequestorsToRemoveAccess: false,
    onBehalfRequestors: onBehalf,
  };
}

function stageSettings(stage: PolicyStage): unknown {
  const { escalation } = stage;
  return {
    durationBeforeAutomaticDenial: stage.durationBeforeAutomaticDenial,
    isApproverJustificationRequired: stage.isApproverJustificationRequired,
    isEscalationEnabled: escalation !== undefined,
    durationBeforeEscalation: escalation?.after ?? 'PT0S',
    primaryApprovers: stage.primaryApprovers,
    fallbackPrimaryApprovers: stage.fallbackPrimaryApprovers,
    escalationApprovers: escalation?.approvers ?? [],
    fallbackEscalationApprovers: escalation?.fallbackApprovers ?? [],
    approverInformationVisibility: 'default',
  };
}
