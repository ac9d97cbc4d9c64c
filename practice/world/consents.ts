import { z } from 'zod/v4';
import type { Snapshot } from './snapshot.js';

export interface ConsentChange {
  readonly grant?: readonly string[] | undefined;
  readonly withdraw?: readonly string[] | undefined;
}

export interface Consents {
  /** Scopes that the bot may use in the name of this person: of Graph by their names, of Azure with their resource. */
  delegated(personId: string): readonly string[];
  /** What an administrator granted the bot for everybody. */
  forEverybody(): readonly string[];
  application(): readonly string[];
  changePerson(personId: string, change: ConsentChange): void;
  changeEverybody(change: ConsentChange): void;
  changeApplication(change: ConsentChange): void;
}

const personal = z.object({ granted: z.array(z.string()), withdrawn: z.array(z.string()) });
const shape = z.object({
  everybody: z.array(z.string()),
  application: z.array(z.string()),
  people: z.record(z.string(), personal),
});

export function createConsents(snapshot: Snapshot): Consents {
  let state = atFirst();
  const changed = snapshot.part('consents', {
    save: () => state,
    load: (saved) => {
      state = shape.parse(saved);
    },
    reset: () => {
      state = atFirst();
    },
  });
  const become = (next: typeof state): void => {
    state = next;
    changed();
  };
  const of = (personId: string): z.infer<typeof personal> =>
    state.people[personId] ?? { granted: [], withdrawn: [] };
  return {
    delegated: (personId) => {
      const { granted, withdrawn } = of(personId);
      return merged(state.everybody, { grant: granted, withdraw: withdrawn });
    },
    forEverybody: () => state.everybody,
    application: () => state.application,
    changePerson: (personId, { grant = [], withdraw = [] }) => {
      const { granted, withdrawn } = of(personId);
      const next = {
        // A later word takes back an earlier one, in both directions.
        granted: merged(granted, { grant, withdraw }),
        withdrawn: merged(withdrawn, { grant: withdraw, withdraw: grant }),
      };
      become({ ...state, people: { ...state.people, [personId]: next } });
    },
    changeEverybody: (change) => become({ ...state, everybody: merged(state.everybody, change) }),
    changeApplication: (change) => become({ ...state, application: merged(state.application, change) }),
  };
}

function merged(list: readonly string[], { grant = [], withdraw = [] }: ConsentChange): string[] {
  const gone = new Set(withdraw.map((scope) => scope.toLowerCase()));
  return [...new Set([...list, ...grant])].filter((scope) => !gone.has(scope.toLowerCase()));
}

function atFirst(): z.infer<typeof shape> {
  return { everybody: [...delegatedAtFirst], application: [...applicationAtFirst], people: {} };
}

// What the bot's flows need in a person's name, agreed to by an administrator. No scope that a flow could do
// without: a test that passes here must not rest on a permission that the real tenant would not give.
const delegatedAtFirst = [
  'User.Read',
  'User.Read.All',
  'AccessReview.ReadWrite.All',
  'RoleEligibilitySchedule.Read.Directory',
  'RoleAssignmentSchedule.ReadWrite.Directory',
  'RoleManagementPolicy.Read.Directory',
  'PrivilegedEligibilitySchedule.Read.AzureADGroup',
  'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup',
  'EntitlementMgmt-SubjectAccess.ReadWrite',
  'EntitlementManagement.ReadWrite.All',
  'UserAuthMethod-TAP.ReadWrite.All',
  'UserAuthMethod-Passkey.ReadWrite.All',
  'UserAuthMethod-MicrosoftAuthApp.ReadWrite.All',
  'UserAuthMethod-WindowsHello.ReadWrite.All',
  'UserAuthMethod-Phone.ReadWrite.All',
  'UserAuthMethod-SoftwareOATH.ReadWrite.All',
  'UserAuthMethod-Email.ReadWrite.All',
  'UserAuthMethod-PlatformCred.ReadWrite.All',
  'User.RevokeSessions.All',
  'https://management.azure.com/user_impersonation',
];

// Read only, and no Application.Read.All: the bot itself must not be able to grant or change anything.
const applicationAtFirst = [
  'AccessReview.Read.All',
  'EntitlementManagement.Read.All',
  'RoleManagement.Read.Directory',
  'PrivilegedAssignmentSchedule.Read.AzureADGroup',
  'PrivilegedEligibilitySchedule.Read.AzureADGroup',
  'RoleManagementPolicy.Read.AzureADGroup',
  'GroupMember.Read.All',
  'User.Read.All',
  'AuditLog.Read.All',
  'UserAuthenticationMethod.Read.All',
  'Policy.Read.AuthenticationMethod',
  'TeamsAppInstallation.ReadWriteSelfForUser.All',
];
