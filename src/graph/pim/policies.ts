import type { UnifiedRoleManagementPolicyAssignment } from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { collect } from '../collect.js';
import { list, type Shape } from '../fields.js';
import type { GraphReader } from '../graph.js';

const policyShape = z
  .object({
    policy: z.object({ rules: list(z.unknown()) }).catch({ rules: [] }),
  } satisfies Shape<UnifiedRoleManagementPolicyAssignment>)
  .transform(({ policy }) => policy.rules);

/** The rules of every policy that fits; without scopeId and scopeType Entra refuses to look. */
export function policies(
  reader: GraphReader,
  filter: readonly string[],
): Promise<readonly (readonly unknown[])[]> {
  const query = { $filter: filter.join(' and '), $expand: 'policy($expand=rules)' };
  const pages = reader.pages('/policies/roleManagementPolicyAssignments', { query });
  return collect(pages, (found) => policyShape.parse(found));
}
