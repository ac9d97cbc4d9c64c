import { myAccess } from '../../links.js';

/** Where this one package is asked for in the portal. */
export function packageLink(tenantId: string, packageId: string): string {
  return `${myAccess(tenantId, 'access-packages')}/${encodeURIComponent(packageId)}`;
}
