/** The portals, as a way out of every card. */
export function myAccess(
  tenantId: string,
  page: 'access-packages' | 'request-history' | 'approvals' | 'access-reviews',
): string {
  return `https://myaccess.microsoft.com/@${tenantId}#/${page}`;
}

/** Where administrators set up and follow reviews. */
export const adminReviews = 'https://entra.microsoft.com/#view/Microsoft_AAD_ERM/DashboardBlade/~/Controls';
