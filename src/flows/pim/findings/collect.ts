import { day } from '../../../base/clock.js';
import { isAppError } from '../../../base/errors.js';
import type { Log } from '../../../base/log.js';
import type { EligibleHolder, StandingHolder } from '../../../graph/pim/kinds.js';
import {
  type Activated,
  type Eligible,
  type Held,
  standingRoles,
  unusedRoles,
  type Weak,
} from '../../../insight/role-findings.js';
import type { Policy, TierName } from '../../../policy/policy.js';
import type { Store } from '../../../store/store.js';
import { knownFrom } from '../lately.js';
import { lookBackError } from '../look-back/errors.js';
import { isForEmergencies, targetTier } from '../target.js';
import { nothing, type Read, type Readers, readGroups, readRoles } from './read.js';

/** A finding about one person, with their name. */
export type Found<T extends Eligible = Eligible> = T & {
  readonly person: string;
  readonly tier: TierName;
};

export interface Findings {
  readonly asOf: string;
  readonly knownDays: number;
  readonly unused: readonly Found[];
  readonly standing: readonly Found<Held>[];
  readonly weak: readonly Weak[];
  readonly missing: { readonly role: boolean; readonly group: boolean };
}

export interface Sources {
  readonly readers: Readers;
  readonly policy: Policy;
  readonly known: Known;
  readonly now: Date;
  readonly log: Log;
}

export async function collectFindings({ readers, policy, known, now, log }: Sources): Promise<Findings> {
  const roles = await readOr(log, readRoles(readers, policy));
  const groups = await readOr(log, readGroups(readers, policy));
  const since = new Date(Math.max(now.getTime() - policy.pim.unusedAfter, known.since));
  const knownDays = Math.floor((now.getTime() - since.getTime()) / day);
  const { eligible, standing, weak } = joined(roles ?? nothing, groups ?? nothing);
  const people = new Map([...eligible, ...standing].map(({ principal }) => [principal.id, principal.name]));
  const named = <T extends Eligible>(all: readonly T[]): readonly Found<T>[] =>
    all
      .map((each) => ({
        ...each,
        person: people.get(each.personId) || each.personId,
        tier: targetTier(policy, each).tier.name,
      }))
      .sort(mostCareFirst);
  const used = eligible.filter((each) => isPerson(each) && !isForEmergencies(policy, each));
  return {
    asOf: now.toISOString(),
    knownDays,
    // Whoever has known of activations for less than a day cannot say who never makes one.
    unused: knownDays < 1 ? [] : named(unusedRoles(used.map(asEligible), known.activated, since)),
    standing: named(standingRoles(standing.filter(isPerson).map(asHeld))),
    weak: [...weak].sort((a, b) => careOf(a.target.tier) - careOf(b.target.tier)),
    missing: { role: roles === undefined, group: groups === undefined },
  };
}

/** Undefined: not to be had just now. Whom Entra does not let look is told so instead. */
async function readOr(log: Log, reading: Promise<Read>): Promise<Read | undefined> {
  try {
    return await reading;
  } catch (error) {
    if (!isAppError(error) || error.retry === 'sign-in') throw error;
    if (error.code === 'graph.forbidden') throw lookBackError('pim.findings-closed', error, error.detail);
    log.warn({ error }, 'findings about roles could not be read');
    return undefined;
  }
}

function joined(one: Read, other: Read): Read {
  return {
    eligible: [...one.eligible, ...other.eligible],
    standing: [...one.standing, ...other.standing],
    weak: [...one.weak, ...other.weak],
  };
}

function isPerson({ principal }: EligibleHolder | StandingHolder): boolean {
  return principal.kind === 'person';
}

function asEligible(each: EligibleHolder): Eligible {
  const { principalId: personId, kind, id, scope, name, scopeName, since = '' } = each;
  return { personId, kind, id, scope, name, scopeName, since };
}

function asHeld({ principal, kind, id, scope, name, scopeName, ...held }: StandingHolder): Held {
  const { startsAt: since = '', activated, endsAt } = held;
  const what = { kind, id, scope, name, scopeName };
  return { ...what, personId: principal.id, since, activated, ends: endsAt !== undefined };
}

const cares: readonly TierName[] = ['privileged', 'sensitive', 'standard'];

function careOf(tier: TierName): number {
  return cares.indexOf(tier);
}

/** Roles before groups, because they reach further. */
function mostCareFirst(a: Found, b: Found): number {
  return (
    careOf(a.tier) - careOf(b.tier) ||
    Number(a.kind === 'group') - Number(b.kind === 'group') ||
    a.person.localeCompare(b.person)
  );
}

export interface Known {
  readonly activated: readonly Activated[];
  /** Since when the bot knows who activated what. */
  readonly since: number;
}

/** What the bot has seen of activations, and how far back that goes. */
export async function knownActivations(db: Store['db'], now: Date): Promise<Known> {
  const rows = await db
    .selectFrom('activations')
    .select(['person', 'kind', 'target', 'scope', 'asked_at', 'starts_at', 'state'])
    .execute();
  const activated = rows
    .filter(({ state }) => ['active', 'ready', 'ended'].includes(state))
    .map(({ person: personId, kind, target: id, scope, asked_at, starts_at }) => {
      return { personId, kind, id, scope, at: Math.max(asked_at, starts_at) };
    });
  return { activated, since: await knownFrom(db, now) };
}
