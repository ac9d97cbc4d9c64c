import { chatUsers, connectorOperators, platformAdmins } from './groups.js';
import { agentWorkshop, evaluationSandbox, partnerDesk, redTeamData } from './more-packages.js';
import { type AccessPackage, ownManager, type Policy, stage, user } from './package-shape.js';
import { type Person, personByKey } from './people.js';

export type {
  AccessPackage,
  DeliveryFailure,
  Policy,
  PolicyStage,
  Question,
  Resource,
  SubjectSet,
} from './package-shape.js';

export const catalog = {
  id: '9c2f6b31-40d8-4e7a-8b15-6f0d3e9a7c20',
  displayName: 'AI tools',
  description: 'Internal AI tools of Contoso.',
};

const catalogOwnerKeys = ['appowner', 'security'];

export const packagesCreated = '2024-09-02T07:00:00Z';

export const standardPackage: AccessPackage = {
  key: 'standard',
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
      stage('Manager', [ownManager], {
        fallback: [{ '@odata.type': '#microsoft.graph.groupMembers', groupId: platformAdmins.id }],
      }),
    ],
  },
};

export const elevatedPackage: AccessPackage = {
  key: 'elevated',
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
  key: 'prompts',
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

export { agentWorkshop, evaluationSandbox, partnerDesk };
export const redTeam = redTeamData(elevatedPackage.id);

export const accessPackages: readonly AccessPackage[] = [
  ...[standardPackage, elevatedPackage, promptLibrary],
  ...[agentWorkshop, redTeam, evaluationSandbox, partnerDesk],
];

export function packageById(id: string): AccessPackage | undefined {
  return accessPackages.find((candidate) => candidate.id === id.toLowerCase());
}

export function policiesOf(found: AccessPackage): readonly Policy[] {
  return [found.policy, ...(found.otherPolicies ?? [])];
}

/** The policy of a request or an assignment; one from before packages had several names none. */
export function policyOf(record: {
  readonly packageId: string;
  readonly policyId: string;
}): Policy | undefined {
  const found = packageById(record.packageId);
  return found && (policiesOf(found).find(({ id }) => id === record.policyId) ?? found.policy);
}

/** Neither may be had beside the other, whichever of them says so. */
export function conflictingPackages(wanted: AccessPackage): readonly AccessPackage[] {
  return accessPackages.filter(
    (other) =>
      wanted.conflictingPackageIds?.includes(other.id) || other.conflictingPackageIds?.includes(wanted.id),
  );
}

/** Those who look after the catalog: they see all of its requests, and set failed deliveries going again. */
export function ownsCatalog(person: Person): boolean {
  return catalogOwnerKeys.some((key) => personByKey(key) === person);
}
