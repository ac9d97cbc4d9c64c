import { type PackageInfo, packagesByIds } from '../../../graph/entitlement.js';
import type { GraphReader } from '../../../graph/graph.js';
import { readableAmong, visiblePackages } from '../../../graph/visible-packages.js';
import { packageOwners } from '../../../policy/package-owners.js';
import type { Policy } from '../../../policy/policy.js';

/** Each is one more question to Entra, and a list that is longer helps nobody. */
const lookedAtMost = 200;

export interface Mine extends PackageInfo {
  /** Entra lets this person see who has it. */
  readonly readable: boolean;
  /** The policy file names them. */
  readonly named: boolean;
}

export interface MyPackages {
  readonly packages: readonly Mine[];
  /** There were more than are looked at. */
  readonly cut: boolean;
}

export interface Looking {
  /** With the rights of the person who asks. */
  readonly own: GraphReader;
  /** The bot itself, for what the policy file names. */
  readonly bot: GraphReader;
  readonly policy: Pick<Policy, 'packages'>;
  readonly personId: string;
}

/** What this person answers for: by the policy file, or because Entra lets them see who has it. */
export async function myPackages({ own, bot, policy, personId }: Looking): Promise<MyPackages> {
  const [visible, named] = await Promise.all([
    visiblePackages(own, lookedAtMost),
    packagesByIds(bot, linesNaming(policy, personId)),
  ]);
  const isNamed = (each: PackageInfo): boolean =>
    packageOwners(policy, each).some((id) => isSame(id, personId));
  const all = [...new Map([...named, ...visible.packages].map((each) => [each.id, each])).values()];
  const looked = all.sort((a, b) => Number(isNamed(b)) - Number(isNamed(a))).slice(0, lookedAtMost);
  const readable = await readableAmong(
    own,
    looked.map(({ id }) => id),
  );
  const packages = looked
    .map((each) => ({ ...each, readable: readable.has(each.id), named: isNamed(each) }))
    .filter((each) => each.readable || each.named)
    .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
  return { packages, cut: visible.cut || all.length > looked.length };
}

/** Of packages and of catalogs: whatever is no package is not found among them. */
function linesNaming({ packages }: Pick<Policy, 'packages'>, me: string): readonly string[] {
  const lines = Object.entries(packages.owners);
  return lines.flatMap(([id, people]) => (people.some((person) => isSame(person, me)) ? [id] : []));
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
