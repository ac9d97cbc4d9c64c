import { isAppError } from '../../../base/errors.js';
import { groupById } from '../../../graph/directory.js';
import { isNotFound } from '../../../graph/errors.js';
import type { GraphReader } from '../../../graph/graph.js';
import type { Target } from '../../../graph/pim/activating.js';
import {
  activatingOf,
  type EligibleHolder,
  eligibleHolders,
  type StandingHolder,
  standingHolders,
} from '../../../graph/pim/kinds.js';
import { type Weak, weakRules } from '../../../insight/role-findings.js';
import type { Policy } from '../../../policy/policy.js';
import { isForEmergencies, targetTier } from '../target.js';

/** Who lists, and who reads rules: people see others with their own rights, and the rules of a role name nobody. */
export interface Readers {
  readonly lists: GraphReader;
  readonly rules: GraphReader;
}

export interface Read {
  readonly eligible: readonly EligibleHolder[];
  readonly standing: readonly StandingHolder[];
  readonly weak: readonly Weak[];
}

export const nothing: Read = { eligible: [], standing: [], weak: [] };

/** Of roles everybody who is eligible; the rest only of those that the policy file counts as more than standard. */
export async function readRoles(readers: Readers, policy: Policy): Promise<Read> {
  const eligible = (await eligibleHolders(readers.lists, 'role')) ?? [];
  const held = await Promise.all(
    watched(policy, 'roles').map((id) => standingHolders(readers.lists, { kind: 'role', id, scope: '/' })),
  );
  const standing = held.flatMap((some) => some ?? []);
  const names = new Set(watched(policy, 'roles'));
  const places = eligible.filter(({ id }) => names.has(id.toLowerCase()));
  return { eligible, standing, weak: await weakOf(readers.rules, policy, places) };
}

/** Entra lists what people may do with a group only group by group: those that the policy file names. */
export async function readGroups(readers: Readers, policy: Policy): Promise<Read> {
  const parts = await Promise.all(watched(policy, 'groups').map((id) => readGroup(readers, policy, id)));
  return {
    eligible: parts.flatMap((part) => part.eligible),
    standing: parts.flatMap((part) => part.standing),
    weak: parts.flatMap((part) => part.weak),
  };
}

async function readGroup({ lists, rules }: Readers, policy: Policy, id: string): Promise<Read> {
  const name = await nameOf(rules, id);
  // A line of the policy file whose group is gone.
  if (name === undefined) return nothing;
  const eligible = (await eligibleHolders(lists, 'group', id)) ?? [];
  const standing = (await standingHolders(lists, { kind: 'group', id, scope: 'member' })) ?? [];
  const named = eligible.map((each) => ({ ...each, name }));
  return {
    eligible: named,
    standing: standing.map((each) => ({ ...each, name })),
    weak: await weakOf(rules, policy, named),
  };
}

async function nameOf(reader: GraphReader, id: string): Promise<string | undefined> {
  try {
    return (await groupById(reader, id)).name;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}

function watched(policy: Policy, table: 'roles' | 'groups'): readonly string[] {
  return Object.entries(policy.assigned[table]).flatMap(([id, tier]) => (tier === 'standard' ? [] : [id]));
}

/** Rules matter where somebody can use them. They belong to a role, or to one side of a group, wherever it is used. */
async function weakOf(
  reader: GraphReader,
  policy: Policy,
  eligible: readonly (Target & { readonly name: string })[],
): Promise<readonly Weak[]> {
  const places = new Map(
    eligible.map(({ kind, id, name, scope }) => {
      const target = { kind, id, name, scope: kind === 'group' ? scope : '/' };
      return [`${id}|${target.scope}`.toLowerCase(), target];
    }),
  );
  const weak: Weak[] = [];
  for (const target of places.values()) {
    const { tier } = targetTier(policy, target);
    const rules = await rulesOf(reader, target);
    const emergency = isForEmergencies(policy, target);
    const longest = tier.activation.longest;
    const found = rules && weakRules({ ...target, tier: tier.name, emergency, longest }, rules);
    if (found !== undefined) weak.push(found);
  }
  return weak;
}

/** Undefined: Entra has no rules for it, so nobody activates it. */
async function rulesOf(reader: GraphReader, target: Target) {
  try {
    return await activatingOf(target.kind).rules(reader, target);
  } catch (error) {
    if (isAppError(error) && error.code === 'graph.not-found') return undefined;
    throw error;
  }
}
