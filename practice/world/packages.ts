import { chatUsers, connectorOperators, platformAdmins } from './groups.js';
import { personByKey } from './people.js';

export type SubjectSet =
  | { readonly '@odata.type': '#microsoft.graph.singleUser'; readonly userId: string }
  | { readonly '@odata.type': '#microsoft.graph.groupMembers'; readonly groupId: string }
  | { readonly '@odata.type': '#microsoft.graph.requestorManager'; readonly managerLevel: number };

export interface PolicyStage {
  readonly displayName: string;
  readonly primaryApprovers: readonly SubjectSet[];
  readonly fallbackPrimaryApprovers: readonly SubjectSet[];
  readonly isApproverJustificationRequired: boolean;
  readonly durationBeforeAutomaticDenial: string;
}

export interface Policy {
  readonly id: string;
  readonly displayName: string;
  readonly description: string;
  readonly allowedTargetScope: 'allMemberUsers' | 'allDirectoryUsers';
  readonly justificationRequired: boolean;
  readonly customSchedule: boolean;
  /** How long the access lasts. */
  readonly duration: string;
  /** One after the other; none means no approval. */
  readonly stages: readonly PolicyStage[];
}

export interface AccessPackage {
  readonly id: string;
  readonly displayName: string;
  readonly description: string;
  /** The group that the package puts a person into. */
  readonly groupId: string | undefined;
  readonly policy: Policy;
}

export const catalog = {
  id: '9c2f6b31-40d8-4e7a-8b15-6f0d3e9a7c20',
  displayName: 'AI tools',
  description: 'Internal AI tools of Contoso.',
};

export const packagesCreated = '2024-09-02T07:00:00Z';

export const standardPackage: AccessPackage = {
  id: '9c2f6b31-40d8-4e7a-8b15-6f0d3e9a7c21',
  displayName: 'AI research assistant - standard',
  description: 'Ask the research assistant about public and internal documents.',
  groupId: chatUsers.id,
  policy: {
    id: '9c2f6b31-40d8-4e7a-8b15-6f0d3e9a7c31',
    displayName: 'Members, manager approval',
    description: 'Employees may ask; their manager decides.',
    allowedTargetScope: 'allMemberUsers',
    justificationRequired: true,
    customSchedule: true,
    duration: 'P180D',
    stages: [
      stage('Manager', [{ '@odata.type': '#microsoft.graph.requestorManager', managerLevel: 1 }], {
        fallback: [{ '@odata.type': '#microsoft.graph.groupMembers', groupId: platformAdmins.id }],
      }),
    ],
  },
};

export const elevatedPackage: AccessPackage = {
  id: '9c2f6b31-40d8-4e7a-8b15-6f0d3e9a7c22',
  displayName: 'AI research assistant - elevated connectors',
  description: 'Let the research assistant read document stores that hold restricted data.',
  groupId: connectorOperators.id,
  policy: {
    id: '9c2f6b31-40d8-4e7a-8b15-6f0d3e9a7c32',
    displayName: 'Members, connector owner or security',
    description: 'Employees may ask; the owner of the connectors or the security lead decides.',
    allowedTargetScope: 'allMemberUsers',
    justificationRequired: true,
    customSchedule: true,
    duration: 'P30D',
    stages: [stage('Connector owner or security', [user('appowner'), user('security')])],
  },
};

export const promptLibrary: AccessPackage = {
  id: '9c2f6b31-40d8-4e7a-8b15-6f0d3e9a7c23',
  displayName: 'Prompt library',
  description: 'Read the shared collection of good prompts.',
  // Nothing in the directory: the access is the package itself.
  groupId: undefined,
  policy: {
    id: '9c2f6b31-40d8-4e7a-8b15-6f0d3e9a7c33',
    displayName: 'Everybody, no approval',
    description: 'Everybody in the directory may have it, guests too.',
    allowedTargetScope: 'allDirectoryUsers',
    justificationRequired: false,
    customSchedule: false,
    duration: 'P365D',
    stages: [],
  },
};

export const accessPackages: readonly AccessPackage[] = [standardPackage, elevatedPackage, promptLibrary];

export function packageById(id: string): AccessPackage | undefined {
  return accessPackages.find((candidate) => candidate.id === id.toLowerCase());
}

function user(key: string): SubjectSet {
  return { '@odata.type': '#microsoft.graph.singleUser', userId: personByKey(key)?.id ?? '' };
}

function stage(
  displayName: string,
  primaryApprovers: readonly SubjectSet[],
  { fallback = [] }: { readonly fallback?: readonly SubjectSet[] } = {},
): PolicyStage {
  return {
    displayName,
    primaryApprovers,
    fallbackPrimaryApprovers: fallback,
    isApproverJustificationRequired: false,
    durationBeforeAutomaticDenial: 'P14D',
  };
}
