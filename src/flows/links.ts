/** The portals, as a way out of every card. */
export function myAccess(
  tenantId: string,
  page: 'access-packages' | 'request-history' | 'approvals' | 'access-reviews',
): string {
  return `https://myaccess.microsoft.com/@${tenantId}#/${page}`;
}

/** Where administrators set up and follow reviews. */
export const adminReviews = 'https://entra.microsoft.com/#view/Microsoft_AAD_ERM/DashboardBlade/~/Controls';

/** Where people activate, end and extend their own roles. */
export function portalRoles(kind: 'role' | 'group' | 'azure'): string {
  return `https://entra.microsoft.com/#view/Microsoft_Azure_PIMCommon/ActivationMenuBlade/~/${portalPages[kind]}`;
}

const portalPages = { role: 'aadmigratedroles', group: 'aadgroup', azure: 'azurerbac' } as const;

/** Where they decide the requests of others. */
export const portalApprovals =
  'https://entra.microsoft.com/#view/Microsoft_Azure_PIMCommon/ApproveRequestMenuBlade/~/aadmigratedroles';

/** Where people see and change how they sign in. */
export const mySignIns = 'https://mysignins.microsoft.com/security-info';
