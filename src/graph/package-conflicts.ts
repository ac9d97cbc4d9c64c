import type { AccessPackage } from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { type Shape, text } from './fields.js';
import type { GraphReader } from './graph.js';
import { parseAs } from './parse.js';
import { segment } from './url.js';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** What nobody may have together with a package. */
export interface Conflicts {
  readonly packages: readonly Named[];
  /** Whose members may not have it. */
  readonly groups: readonly Named[];
}

const path = '/identityGovernance/entitlementManagement/accessPackages';
const query = {
  $select: 'id',
  $expand: 'incompatibleAccessPackages,accessPackagesIncompatibleWith,incompatibleGroups',
};

const namedShape = z
  .object({ id: z.string().min(1), displayName: text })
  .transform((found): Named => ({ id: found.id.toLowerCase(), name: found.displayName }));

/** What is left out is nothing; what makes no sense is not nothing, because duties would mix unseen. */
const namedShapes = z
  .array(namedShape)
  .nullish()
  .transform((found) => found ?? []);

const conflictsShape = z
  .object({
    incompatibleAccessPackages: namedShapes,
    accessPackagesIncompatibleWith: namedShapes,
    incompatibleGroups: namedShapes,
  } satisfies Shape<AccessPackage>)
  .transform((found): Conflicts => {
    const packages = [...found.incompatibleAccessPackages, ...found.accessPackagesIncompatibleWith];
    // Two packages may name each other.
    return {
      packages: [...new Map(packages.map((each) => [each.id, each])).values()],
      groups: found.incompatibleGroups,
    };
  });

const asConflicts = parseAs(conflictsShape, 'access package with what it conflicts with');

/** Named on either side: Entra refuses in both directions. */
export async function conflictsOf(reader: GraphReader, packageId: string): Promise<Conflicts> {
  return asConflicts(await reader.get(`${path}/${segment(packageId)}`, { query }));
}
