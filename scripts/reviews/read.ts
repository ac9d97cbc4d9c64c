import { allDecisions } from '../../src/flows/reviews/notices/quality.js';
import { allReviews, knownGroup, type PlannedGroup, readPlan } from '../../src/flows/reviews/plan/facts.js';
import {
  type InstanceInfo,
  instancesOf,
  type ReviewInfo,
  reviewDefinition,
} from '../../src/graph/access-review.js';
import type { GraphReader } from '../../src/graph/graph.js';
import { type ReviewQuality, reviewQuality } from '../../src/insight/review-quality.js';
import type { Policy } from '../../src/policy/policy.js';

export interface QualityRow extends ReviewQuality {
  readonly review: string;
  readonly definition: string;
  readonly instance: string;
  readonly status: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

export interface PlanRow extends PlannedGroup {
  /** Empty: Entra does not know the group. */
  readonly name: string;
  readonly owners: readonly string[];
}

/** Of one series everything there was; of all series what is newest. */
export async function qualityRows(reader: GraphReader, definition?: string): Promise<readonly QualityRow[]> {
  const reviews =
    definition === undefined ? await allReviews(reader) : [await reviewDefinition(reader, definition)];
  const ids = reviews.map(({ id }) => id);
  const instances = await instancesOf(reader, ids);
  const rows: QualityRow[] = [];
  for (const review of reviews) {
    const begun = (instances.get(review.id) ?? []).filter(hasBegun).sort(newestFirst);
    const wanted = definition === undefined ? begun.slice(0, 1) : begun;
    // One after the other: an instance may have thousands of decisions.
    for (const instance of wanted) rows.push(await qualityRow(reader, review, instance));
  }
  return rows;
}

function hasBegun({ status }: InstanceInfo): boolean {
  return !['notstarted', 'initializing', 'starting'].includes(status.toLowerCase());
}

function newestFirst(a: InstanceInfo, b: InstanceInfo): number {
  return Date.parse(b.startsAt) - Date.parse(a.startsAt);
}

async function qualityRow(
  reader: GraphReader,
  { id: definition, name: review }: ReviewInfo,
  { id: instance, status, startsAt, endsAt }: InstanceInfo,
): Promise<QualityRow> {
  const decisions = await allDecisions(reader, { definitionId: definition, instanceId: instance });
  return { review, definition, instance, status, startsAt, endsAt, ...reviewQuality(decisions) };
}

export async function planRows(reader: GraphReader, policy: Policy, now: Date): Promise<readonly PlanRow[]> {
  const { groups } = await readPlan(reader, policy, now);
  return Promise.all(
    groups.map(async (each) => {
      const group = await knownGroup(reader, each.group);
      return { ...each, name: group?.name ?? '', owners: group?.owners ?? [] };
    }),
  );
}
