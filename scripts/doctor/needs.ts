import type { Flow } from '../../src/flows/flow.js';
import type { Policy } from '../../src/policy/policy.js';
import { azureResource, resourceOf } from './resources.js';

export interface Need {
  readonly permission: string;
  /** What uses it, for the sentence that explains a missing one. */
  readonly usedBy: string;
}

/**
 * What the bot itself may read, for each flow. Verbs name their own delegated permissions; what background jobs and
 * facts read with the bot's identity is gathered here, because one permission serves many of them.
 */
const application: Readonly<Record<Flow['name'], readonly Need[]>> = {
  packages: [
    {
      permission: 'EntitlementManagement.Read.All',
      usedBy: 'packages.sweep and packages.follow, which find requests and keep every card true',
    },
    { permission: 'User.Read.All', usedBy: 'the names, managers and guest marks on cards' },
    { permission: 'GroupMember.Read.All', usedBy: 'finding the approvers where a policy names a group' },
    {
      permission: 'AuditLog.Read.All',
      usedBy: 'stages that were decided elsewhere, and when the holders of a package last signed in',
    },
  ],
  reviews: [
    { permission: 'AccessReview.Read.All', usedBy: 'finding reviews, their reviewers and their stages' },
    {
      permission: 'GroupMember.Read.All',
      usedBy:
        'what a reviewed group is and who owns it, and finding the reviewers where a review names a group',
    },
    { permission: 'User.Read.All', usedBy: 'the facts about each person under review' },
    { permission: 'EntitlementManagement.Read.All', usedBy: 'reviewed packages, and the way to ask again' },
    { permission: 'RoleManagement.Read.Directory', usedBy: 'what a reviewed role is called and allows' },
  ],
  pim: [
    {
      permission: 'RoleManagement.Read.Directory',
      usedBy: 'the rules for activating a role, what a role allows, and whether an activation works yet',
    },
    {
      permission: 'AuditLog.Read.All',
      usedBy: 'activations made elsewhere, and what was done with a role',
    },
    {
      permission: 'PrivilegedAssignmentSchedule.Read.AzureADGroup',
      usedBy: 'whether the activation of a group works yet, and the findings',
    },
    {
      permission: 'PrivilegedEligibilitySchedule.Read.AzureADGroup',
      usedBy: 'who could activate a group and never did, for the findings',
    },
    {
      permission: 'RoleManagementPolicy.Read.AzureADGroup',
      usedBy: 'the rules for activating a group',
    },
    { permission: 'User.Read.All', usedBy: 'names and guest marks of those who activate and approve' },
    {
      permission: 'GroupMember.Read.All',
      usedBy: 'the approvers where a rule names a group, and the owners who are asked afterwards',
    },
  ],
  recovery: [
    {
      permission: 'UserAuthenticationMethod.Read.All',
      usedBy: 'how somebody signs in, and whether they can again',
    },
    { permission: 'Policy.Read.AuthenticationMethod', usedBy: 'what a pass may be' },
    {
      permission: 'AuditLog.Read.All',
      usedBy: 'changes of sign-in methods and managers, sign-ins from elsewhere, and the passkey report',
    },
    {
      permission: 'RoleManagement.Read.Directory',
      usedBy: 'who has, or can get, a role of Entra, and who may make passes',
    },
    {
      permission: 'PrivilegedEligibilitySchedule.Read.AzureADGroup',
      usedBy: 'who can get a role through a group',
    },
    { permission: 'User.Read.All', usedBy: 'names, managers and first days' },
    {
      permission: 'GroupMember.Read.All',
      usedBy: 'the help desk, attesters and roles where they are groups',
    },
  ],
};

/** Allowed beyond the needs, although it writes: it installs this app for people and can do nothing else. */
export const selfInstall = 'TeamsAppInstallation.ReadWriteSelfForUser.All';

/** People can agree to these for themselves at their first sign-in; everything else takes an administrator. */
export const personCanConsent: readonly string[] = [
  'EntitlementMgmt-SubjectAccess.ReadWrite',
  `${azureResource}/user_impersonation`,
];

type Switches = Policy['flows'];
type Named = Pick<Flow, 'name'>;

export function applicationNeeds(flows: readonly Named[], switches: Switches): readonly Need[] {
  return merged(on(flows, switches).flatMap((flow) => application[flow.name]));
}

/** Scopes of Azure count only where the policy lets people activate Azure roles. */
export function delegatedNeeds(
  flows: readonly Flow[],
  { flows: switches, pim }: Pick<Policy, 'flows' | 'pim'>,
): readonly Need[] {
  const verbs = on(flows, switches).flatMap((flow) => flow.verbs);
  const needs = verbs.flatMap(({ name, scopes }) =>
    scopes.map((permission) => ({ permission, usedBy: name })),
  );
  return merged(needs.filter(({ permission }) => pim.azure || resourceOf(permission) !== azureResource));
}

function on<F extends Named>(flows: readonly F[], switches: Switches): readonly F[] {
  return flows.filter((flow) => switches[flow.name] !== 'off');
}

function merged(needs: readonly Need[]): readonly Need[] {
  const users = new Map<string, string[]>();
  for (const { permission, usedBy } of needs)
    users.set(permission, [...(users.get(permission) ?? []), usedBy]);
  return [...users].map(([permission, usedBy]) => ({ permission, usedBy: usedBy.join(', ') }));
}
