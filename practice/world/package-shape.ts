import { personByKey } from './people.js';

export type SubjectSet =
  | { readonly '@odata.type': '#microsoft.graph.singleUser'; readonly userId: string }
  | { readonly '@odata.type': '#microsoft.graph.groupMembers'; readonly groupId: string }
  | {
      readonly '@odata.type': '#microsoft.graph.requestorManager' | '#microsoft.graph.targetManager';
      readonly managerLevel: number;
    }
  /** Whoever vouches for this one guest. Sponsors of a guest's whole organisation do not exist here. */
  | { readonly '@odata.type': '#microsoft.graph.targetUserSponsors' };

export interface Escalation {
  /** How long a stage waits for its first approvers. */
  readonly after: string;
  readonly approvers: readonly SubjectSet[];
  readonly fallbackApprovers: readonly SubjectSet[];
}

export interface PolicyStage {
  readonly displayName: string;
  readonly primaryApprovers: readonly SubjectSet[];
  readonly fallbackPrimaryApprovers: readonly SubjectSet[];
  readonly isApproverJustificationRequired: boolean;
  readonly durationBeforeAutomaticDenial: string;
  readonly escalation?: Escalation;
}

export interface LocalText {
  readonly languageCode: string;
  readonly text: string;
}

export interface Choice {
  readonly actualValue: string;
  readonly text: string;
  readonly localizations: readonly LocalText[];
}

export interface Question {
  readonly id: string;
  readonly text: string;
  readonly localizations: readonly LocalText[];
  readonly isRequired: boolean;
  readonly isAnswerEditable: boolean;
  readonly asks:
    | { readonly kind: 'text'; readonly singleLine: boolean; readonly pattern: string | null }
    | { readonly kind: 'choice'; readonly many: boolean; readonly choices: readonly Choice[] };
}

export interface Policy {
  readonly id: string;
  readonly displayName: string;
  readonly description: string;
  readonly allowedTargetScope: 'allMemberUsers' | 'allDirectoryUsers' | 'allExternalUsers';
  readonly justificationRequired: boolean;
  readonly customSchedule: boolean;
  /** How long the access lasts. */
  readonly duration: string;
  /** One after the other; none means no approval. */
  readonly stages: readonly PolicyStage[];
  /** Whoever has it already may go on without being approved again. */
  readonly extendsFreely?: boolean;
  /** Those who may ask for somebody else; absent: nobody. */
  readonly onBehalf?: readonly SubjectSet[];
  readonly questions?: readonly Question[];
}

/** What a package opens besides a group. */
export interface Resource {
  readonly system: 'AadApplication' | 'SharePointOnline';
  readonly name: string;
  /** Of an application its object id, of a site its address. */
  readonly originId: string;
  readonly role: string;
  readonly roleOriginId: string;
}

export interface AccessPackage {
  /** Short name for the remote control. */
  readonly key: string;
  readonly id: string;
  readonly displayName: string;
  readonly description: string;
  /** The group that the package puts a person into. */
  readonly groupId: string | undefined;
  readonly opens?: readonly Resource[];
  /** The first of its policies, and mostly the only one. */
  readonly policy: Policy;
  readonly otherPolicies?: readonly Policy[];
  /** Packages and groups that nobody may have beside it. */
  readonly conflictingPackageIds?: readonly string[];
  readonly conflictingGroupIds?: readonly string[];
  /** What delivering it comes to, until the remote control says otherwise. */
  readonly fails?: DeliveryFailure;
}

/** Empty: it is delivered. */
export type DeliveryFailure = 'failed' | 'partial' | '';

export function user(key: string): SubjectSet {
  return { '@odata.type': '#microsoft.graph.singleUser', userId: personByKey(key)?.id ?? '' };
}

export const ownManager: SubjectSet = {
  '@odata.type': '#microsoft.graph.requestorManager',
  managerLevel: 1,
};

export function stage(
  displayName: string,
  primaryApprovers: readonly SubjectSet[],
  more: {
    readonly fallback?: readonly SubjectSet[];
    readonly escalation?: Escalation;
    readonly justified?: boolean;
  } = {},
): PolicyStage {
  const { fallback = [], escalation, justified = false } = more;
  return {
    displayName,
    primaryApprovers,
    fallbackPrimaryApprovers: fallback,
    isApproverJustificationRequired: justified,
    durationBeforeAutomaticDenial: 'P14D',
    ...(escalation ? { escalation } : {}),
  };
}
