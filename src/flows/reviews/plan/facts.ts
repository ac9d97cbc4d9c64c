import { isAppError } from '../../../base/errors.js';
import { instancesOf, type ReviewInfo, reviewDefinitions } from '../../../graph/access-review.js';
import { type GroupInfo, groupById } from '../../../graph/directory.js';
import type { GraphReader } from '../../../graph/graph.js';
import { groupOwners } from '../../../graph/membership.js';
import { type Cadence, resting, reviewCadence } from '../../../insight/review-cadence.js';
import type { Policy, TierName } from '../../../policy/policy.js';
import { tierOf } from '../../../policy/tier-of.js';
import type { HouseServices, Turn } from '../../turn.js';
import { reviewsError } from '../errors.js';
import type { PlanFacts } from './rules.js';

/** Every review somebody has set up. */
export async function allReviews(reader: GraphReader): Promise<readonly ReviewInfo[]> {
  const all: ReviewInfo[] = [];
  for await (const page of reviewDefinitions(reader)) all.push(...page);
  return all;
}

/** Done with the token of a person: whom Entra says no to is told so in plain words. */
export async function asAdmin<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!isAppError(error) || error.code !== 'graph.forbidden') throw error;
    throw reviewsError('reviews.plan-closed', error, error.detail);
  }
}

export interface PlannedGroup extends Cadence {
  readonly tier: TierName;
}

const mostCareFirst: readonly TierName[] = ['privileged', 'sensitive', 'standard'];

export interface Plan {
  /** Those that need most care first. */
  readonly groups: readonly PlannedGroup[];
  readonly reviews: readonly ReviewInfo[];
}

/** The groups the policy names, each with what it deserves and what it has. */
export async function readPlan(reader: GraphReader, policy: Policy, now: Date): Promise<Plan> {
  const reviews = await allReviews(reader);
  const tiers = new Map(
    Object.keys(policy.assigned.groups).map((id) => [id, tierOf(policy, { kind: 'group', id }).tier]),
  );
  const wanted = new Map([...tiers].map(([id, tier]) => [id, tier.review.every]));
  const newest = await newestOf(reader, resting(reviews, wanted));
  const groups = reviewCadence(reviews, wanted, { now, newest })
    .map((cadence) => ({ ...cadence, tier: tiers.get(cadence.group)?.name ?? policy.defaultTier }))
    .sort(
      (a, b) =>
        mostCareFirst.indexOf(a.tier) - mostCareFirst.indexOf(b.tier) ||
        Number(a.has !== '') - Number(b.has !== ''),
    );
  return { groups, reviews };
}

async function newestOf(reader: GraphReader, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const instances = await instancesOf(reader, ids);
  const newest = [...instances].flatMap(([id, own]) => {
    const began = own.map(({ startsAt }) => Date.parse(startsAt)).filter((at) => !Number.isNaN(at));
    return began.length === 0 ? [] : [[id, new Date(Math.max(...began)).toISOString()] as const];
  });
  return new Map(newest);
}

export interface KnownGroup extends GroupInfo {
  readonly owners: readonly string[];
}

/** Undefined: Entra does not know it. */
export async function knownGroup(reader: GraphReader, id: string): Promise<KnownGroup | undefined> {
  try {
    const [group, owners] = await Promise.all([groupById(reader, id), groupOwners(reader, id)]);
    return { ...group, owners: owners.map(({ name }) => name).sort() };
  } catch (error) {
    if (isAppError(error) && error.code === 'graph.not-found') return undefined;
    throw error;
  }
}

export interface PlanReading {
  readonly facts: PlanFacts;
  /** Reviews of this group that Entra knows. */
  readonly reviews: readonly ReviewInfo[];
}

/** The reviews are read with the person's own token; the group is what the bot sees anyway. */
export async function readPlanFacts(
  { services, actor, graph, reference }: Turn,
  id: string,
): Promise<PlanReading> {
  const { policy, clock } = services;
  const now = clock.now();
  const [plan, group, made] = await Promise.all([
    asAdmin(readPlan(graph, policy, now)),
    knownGroup(services.graph.reader(reference), id),
    madeFor(services, id),
  ]);
  const { tier, basis } = tierOf(policy, { kind: 'group', id });
  const planned = plan.groups.find((each) => each.group === id);
  const facts: PlanFacts = {
    capability: policy.flows.reviews,
    me: { id: actor.objectId },
    listed: planned !== undefined,
    group,
    tier,
    tierBasis: basis,
    notSure: policy.reviews.notSure,
    enough: planned?.enough ?? false,
    made,
    today: dayIn(policy.notices.timeZone, now),
  };
  return { facts, reviews: plan.reviews.filter(({ scope }) => scope.id === id) };
}

async function madeFor({ store }: HouseServices, group: string): Promise<number> {
  const row = await store.db
    .selectFrom('claims')
    .select((column) => column.fn.countAll<number | string>().as('count'))
    .where('item', '=', `reviewPlan:${group}`)
    .where('state', '=', 'done')
    .executeTakeFirstOrThrow();
  return Number(row.count);
}

/** The date on the calendar there: Swedish writes it as 2026-01-31. */
function dayIn(timeZone: string, moment: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone }).format(moment);
}
