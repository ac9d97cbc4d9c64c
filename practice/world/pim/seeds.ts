import { connectorOperators, incidentResponders, platformAdmins } from '../groups.js';
import { stableId } from '../ids.js';
import { personByKey } from '../people.js';
import {
  aiLab,
  nameOf,
  retrievalResources,
  sameTarget,
  sameText,
  scopeName,
  subscription,
} from './catalogue.js';
import type { Approver, EligibleRecord, PimState, Target, TargetRef, TargetRules } from './records.js';

interface Seed {
  readonly target: Target;
  readonly eligible: { readonly kind: 'user' | 'group'; readonly id: string };
  /** Days after the beginning of the world; absent: it does not end. */
  readonly endsInDays?: number;
}

/** What a role or group has that nobody has set up. */
const newRules: TargetRules = {
  longest: 'PT8H',
  enabled: ['Justification'],
  context: '',
  approvers: undefined,
  approverReason: false,
};
const eligibleSinceMs = 200 * 86_400_000;

const seeds: readonly Seed[] = [
  seed('ai-admin', role('d2562ede-74db-457e-a7b6-544e236ebb61'), 'engineer', {
    longest: 'PT4H',
    enabled: ['Justification', 'Ticketing'],
    context: 'c1',
    approvers: users('security', 'manager'),
    approverReason: true,
  }),
  {
    ...seed('exchange-admin', role('29232cdf-9323-42fd-ade2-1d097af3e4de'), '', {}),
    eligible: { kind: 'group', id: incidentResponders.id },
  },
  {
    ...seed('power-platform', role('11648597-926c-4cf3-9c36-bcebb0ba8dcc'), 'engineer', {
      longest: 'PT24H',
      enabled: ['MultiFactorAuthentication'],
    }),
    endsInDays: 10,
  },
  seed('security-admin', role('194ae4cb-b126-40b2-bd5b-6091b380977d'), 'engineer', { longest: 'PT2H' }),
  seed(
    'groups-admin',
    role('fdd7a751-b60b-444a-984c-02652fe8fa1c', `/administrativeUnits/${aiLab.id}`),
    'engineer',
    { approvers: users('security') },
  ),
  seed('global-reader', role('f2ef992c-3afb-46b9-b7cf-a126ee74c451'), 'helpdesk', { approvers: [] }),
  seed('platform-admins', group(platformAdmins.id, 'member'), 'engineer', {
    longest: 'PT4H',
    approvers: users('manager', 'appowner'),
  }),
  seed('connector-operators', group(connectorOperators.id, 'member'), 'guest', {
    approvers: users('appowner'),
  }),
  seed('incident-owner', group(incidentResponders.id, 'owner'), 'manager', { longest: 'PT2H' }),
  seed('cognitive', azure('25fbc0a9-bd7c-42a3-aa1a-3b75d497ee68', retrievalResources.scope), 'engineer', {
    longest: 'PT4H',
    enabled: ['Justification', 'Ticketing'],
    approvers: users('appowner'),
  }),
  seed('blob-reader', azure('2a2b9908-6ea1-4ae2-8e65-a410df84e7d1', subscription.scope), 'engineer', {}),
];

export function newState(startedAt: Date): PimState {
  return {
    settings: { readLagMs: 1_000, readyLagMs: 2_000, provisionLagMs: 500, submitLagMs: 0, withoutMfa: [] },
    rules: {},
    eligible: seeds.map((each) => eligibleFrom(each, startedAt)),
    requests: [],
    activations: [],
  };
}

/** What this world planned, with the rules of today. */
export function plannedTargets({ rules }: PimState): readonly Target[] {
  return seeds.map(({ target }) => ({ ...target, rules: rules[target.key] ?? target.rules }));
}

/** Any role, group or Azure role that there is; one that was not planned has the rules of a new one. */
export function targetFor(state: PimState, ref: TargetRef): Target | undefined {
  const planned = plannedTargets(state);
  const known = planned.find((target) => sameTarget(target, ref));
  if (known) return known;
  const named = nameOf(ref);
  const scope = scopeName(ref);
  if (!named || scope === undefined) return undefined;
  // One policy counts for a role in the whole directory, whatever part of it somebody holds it for.
  const sibling = planned.find(
    ({ kind, id }) => ref.kind === 'role' && kind === 'role' && sameText(id, ref.id),
  );
  const rules = sibling?.rules ?? newRules;
  const { name, description } = named;
  return { ...ref, key: '', name, description, scopeName: scope, policyId: policyIdOf(ref), rules };
}

/** The schedule that makes this principal eligible; the same in every world. */
export function eligibleId(key: string, principalId: string): string {
  return stableId(`eligibility of ${principalId} for ${key}`);
}

function eligibleFrom({ target, eligible, endsInDays }: Seed, startedAt: Date): EligibleRecord {
  const started = startedAt.getTime();
  const { kind, id, scope } = target;
  return {
    id: eligibleId(target.key, eligible.id),
    target: { kind, id, scope },
    principalKind: eligible.kind,
    principalId: eligible.id,
    startsAt: iso(started - eligibleSinceMs),
    ...(endsInDays === undefined ? {} : { endsAt: iso(started + endsInDays * 86_400_000) }),
  };
}

function seed(key: string, ref: TargetRef, personKey: string, rules: Partial<TargetRules>): Seed {
  const { name = key, description = '' } = nameOf(ref) ?? {};
  const names = { key, name, description, scopeName: scopeName(ref) ?? '' };
  return {
    target: { ...ref, ...names, policyId: policyIdOf(ref), rules: { ...newRules, ...rules } },
    eligible: { kind: 'user', id: personByKey(personKey)?.id ?? '' },
  };
}

function policyIdOf({ kind, id, scope }: TargetRef): string {
  return stableId(`policy of ${kind} ${id} ${kind === 'role' ? '' : scope}`.toLowerCase());
}

function role(id: string, scope = '/'): TargetRef {
  return { kind: 'role', id, scope };
}

function group(id: string, scope: 'member' | 'owner'): TargetRef {
  return { kind: 'group', id, scope };
}

function azure(id: string, scope: string): TargetRef {
  return { kind: 'azure', id, scope };
}

function users(...keys: readonly string[]): Approver[] {
  return keys.flatMap((key) => {
    const id = personByKey(key)?.id;
    return id === undefined ? [] : [{ kind: 'user' as const, id }];
  });
}

function iso(moment: number): string {
  return new Date(moment).toISOString();
}
