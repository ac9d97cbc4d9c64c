import { groupById } from '../groups.js';
import { stableId } from '../ids.js';
import { roles } from '../roles.js';
import type { TargetRef } from './records.js';

/** What there is to be eligible for: names and scopes of all three kinds. */

export const subscriptionId = stableId('subscription AI production');
export const subscription = { scope: `/subscriptions/${subscriptionId}`, name: 'AI production' };
export const retrievalResources = {
  scope: `${subscription.scope}/resourceGroups/rg-retrieval`,
  name: 'rg-retrieval',
};
/** The administrative unit for which a role can be held instead of the whole directory. */
export const aiLab = { id: stableId('administrative unit AI Lab'), name: 'AI Lab' };

export interface AzureRole {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

export const azureRoles: readonly AzureRole[] = [
  {
    id: '25fbc0a9-bd7c-42a3-aa1a-3b75d497ee68',
    name: 'Cognitive Services Contributor',
    description: 'Lets you create, read, update, delete and manage keys of Cognitive Services.',
  },
  {
    id: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
    name: 'Storage Blob Data Reader',
    description: 'Allows for read access to Azure Storage blob containers and data.',
  },
];

const directoryScopes = new Map([
  ['/', ''],
  [`/administrativeunits/${aiLab.id}`, aiLab.name],
]);
const azureScopes = new Map(
  [subscription, retrievalResources].map(({ scope, name }): [string, string] => [scope.toLowerCase(), name]),
);
const groupScopes = new Map([
  ['member', ''],
  ['owner', ''],
]);
const scopes = { role: directoryScopes, group: groupScopes, azure: azureScopes };

/** What people call a scope, empty for the whole directory and for groups; undefined when there is no such scope. */
export function scopeName({ kind, scope }: Pick<TargetRef, 'kind' | 'scope'>): string | undefined {
  return scopes[kind].get(scope.toLowerCase());
}

/** Undefined: there is no such role or group. */
export function nameOf({ kind, id }: TargetRef): Omit<AzureRole, 'id'> | undefined {
  if (kind === 'azure') return azureRoles.find((each) => sameText(each.id, id));
  const found = kind === 'role' ? roles.find((each) => sameText(each.id, id)) : groupById(id);
  return found && { name: found.displayName, description: found.description ?? '' };
}

export function sameTarget(a: TargetRef, b: TargetRef): boolean {
  return a.kind === b.kind && sameText(a.id, b.id) && sameText(a.scope, b.scope);
}

export function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
