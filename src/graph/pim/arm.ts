import { publicHosts, segment } from '../url.js';

/** Scopes and ids of Azure are paths; each of their parts stays one part. */
export function armPath(idOrScope: string): string {
  const parts = idOrScope.split('/').filter((part) => part !== '');
  return `${publicHosts.azure}${parts.map((part) => `/${segment(part)}`).join('')}`;
}

/** One kind of things of role management, at a scope; without one, everywhere. */
export function armCollection(scope: string, type: string): string {
  return `${armPath(scope)}/providers/Microsoft.Authorization/${type}`;
}

/** What an id ends with, and the thing itself is called. */
export function armName(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

export const armVersion = { 'api-version': '2020-10-01' };
/** There is no newer one for approvals. */
export const armApprovalVersion = { 'api-version': '2021-01-01-preview' };
