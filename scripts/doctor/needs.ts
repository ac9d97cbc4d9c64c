import type { Flow } from '../../src/flows/flow.js';
import type { Policy } from '../../src/policy/policy.js';

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
};

/** Allowed beyond the needs, although it writes: it installs this app for people and can do nothing else. */
export const selfInstall = 'TeamsAppInstallation.ReadWriteSelfForUser.All';

/** People can agree to these for themselves at their first sign-in; everything else takes an administrator. */
export const personCanConsent: readonly string[] = ['EntitlementMgmt-SubjectAccess.ReadWrite'];

type Switches = Policy['flows'];

export function applicationNeeds(flows: readonly Flow[], switches: Switches): readonly Need[] {
  return merged(on(flows, switches).flatMap((flow) => application[flow.name]));
}

export function delegatedNeeds(flows: readonly Flow[], switches: Switches): readonly Need[] {
  const verbs = on(flows, switches).flatMap((flow) => flow.verbs);
  return merged(
    verbs.flatMap(({ name, scopes }) => scopes.map((permission) => ({ permission, usedBy: name }))),
  );
}

function on(flows: readonly Flow[], switches: Switches): readonly Flow[] {
  return flows.filter((flow) => switches[flow.name] !== 'off');
}

function merged(needs: readonly Need[]): readonly Need[] {
  const users = new Map<string, string[]>();
  for (const { permission, usedBy } of needs)
    users.set(permission, [...(users.get(permission) ?? []), usedBy]);
  return [...users].map(([permission, usedBy]) => ({ permission, usedBy: usedBy.join(', ') }));
}
