import { segment } from '../../../graph/url.js';

const users = 'https://entra.microsoft.com/#view/Microsoft_AAD_UsersAndTenants';

/** Where administrators find everybody, and one person. */
export const entraUsers = `${users}/UserManagementMenuBlade/~/AllUsers`;

export function entraUser(personId: string): string {
  return `${users}/UserProfileMenuBlade/~/overview/userId/${segment(personId)}`;
}
