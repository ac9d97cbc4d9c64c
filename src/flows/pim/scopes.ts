/** Delegated permissions, by what is done with them. Azure has a resource of its own, and so a token of its own. */

const azure = 'https://management.azure.com/user_impersonation';

/** Entra has no smaller permission for a person's own requests, or for reading an approval as its approver. */
const own = [
  'RoleAssignmentSchedule.ReadWrite.Directory',
  'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup',
  azure,
];

/** What I am eligible for, what I have and what I asked for. */
export const readMineScopes: readonly string[] = [
  'RoleEligibilitySchedule.Read.Directory',
  'PrivilegedEligibilitySchedule.Read.AzureADGroup',
  ...own,
];

/** Asking, ending and cancelling, which begin with a look at what I have. */
export const askScopes = readMineScopes;

/** Reading what waits for me, and deciding it. */
export const decideScopes: readonly string[] = own;
