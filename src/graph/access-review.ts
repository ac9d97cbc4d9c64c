import { collect, parsed } from './collect.js';
import { eachOrGone } from './each-or-gone.js';
import { equal } from './equal.js';
import { isNotFound } from './errors.js';
import type { GraphReader } from './graph.js';
import { listsOf } from './list-from.js';
import { asDecision, countOf, type DecisionInfo } from './review-decision.js';
import {
  asInstance,
  asReview,
  asReviewer,
  asReviewStage,
  type InstanceInfo,
  type Reviewer,
  type ReviewInfo,
  type ReviewStage,
} from './review-definition.js';
import {
  decisionPath,
  decisionsPath,
  definitions,
  instancePath,
  instancesPath,
  type ReviewPlace,
} from './review-place.js';
import { segment } from './url.js';

export { createReview, type NewReview, type QueryScope } from './create-review.js';
export {
  type DecisionPage,
  type DecisionQuery,
  decideMany,
  decideOne,
  myDecisions,
  myInstances,
  myReviews,
  myStages,
  resetOne,
  type WrittenDecision,
} from './my-reviews.js';
export type { DecisionInfo } from './review-decision.js';
export type { InstanceInfo, Reviewer, ReviewInfo, ReviewStage } from './review-definition.js';
export type { ReviewPlace } from './review-place.js';
export type { ReviewScope } from './review-scope.js';
export type { ReviewSettings } from './review-settings.js';

/** Every series of reviews the bot can see, or those in one state. */
export function reviewDefinitions(
  reader: GraphReader,
  status?: string,
): AsyncIterable<readonly ReviewInfo[]> {
  const query: Record<string, string> = status === undefined ? {} : { $filter: equal('status', status) };
  return parsed(reader.pages(definitions, { query }), asReview);
}

export async function reviewDefinition(reader: GraphReader, id: string): Promise<ReviewInfo> {
  return asReview(await reader.get(`${definitions}/${segment(id)}`));
}

/** By definition. A definition that cannot be read is left out. */
export function instancesOf(
  reader: GraphReader,
  definitionIds: readonly string[],
): Promise<ReadonlyMap<string, readonly InstanceInfo[]>> {
  return listsOf(reader, new Map(definitionIds.map((id) => [id, instancesPath(id)])), asInstance);
}

export async function instanceById(reader: GraphReader, place: ReviewPlace): Promise<InstanceInfo> {
  return asInstance(await reader.get(instancePath(place)));
}

/** By instance. `gone`: Entra does not know it any more; a list that lacks it does not say so. */
export function instancesByIds(
  reader: GraphReader,
  places: readonly ReviewPlace[],
): Promise<ReadonlyMap<string, InstanceInfo | 'gone'>> {
  const paths = places.map((place) => [place.instanceId, instancePath(place)] as const);
  return eachOrGone(reader, new Map(paths), asInstance);
}

/** By instance: the people Entra asked, owners and managers by name. Whichever cannot be read is left out. */
export function contactedReviewers(
  reader: GraphReader,
  places: readonly ReviewPlace[],
): Promise<ReadonlyMap<string, readonly Reviewer[]>> {
  const paths = places.map(
    (place) => [place.instanceId, `${instancePath(place)}/contactedReviewers`] as const,
  );
  return listsOf(reader, new Map(paths), asReviewer);
}

export function stagesOf(reader: GraphReader, place: ReviewPlace): Promise<readonly ReviewStage[]> {
  return collect(reader.pages(`${instancePath(place)}/stages`), asReviewStage);
}

/** By instance: how many are still to be decided. Undefined, or left out: Entra did not say. */
export async function undecided(
  reader: GraphReader,
  places: readonly ReviewPlace[],
): Promise<ReadonlyMap<string, number | undefined>> {
  const query = { $filter: equal('decision', 'NotReviewed'), $select: 'id', $top: '1', $count: 'true' };
  const paths = new Map(places.map((place) => [place.instanceId, decisionsPath(place)]));
  const answers = await reader.getMany(paths, { query });
  const counts = new Map<string, number | undefined>();
  for (const [instanceId, answer] of answers) {
    if (answer.kind === 'ok') counts.set(instanceId, countOf(answer.body));
  }
  return counts;
}

/** Everybody's, whoever has to decide them. */
export function decisionPages(
  reader: GraphReader,
  place: ReviewPlace,
  { decision, principalId }: { readonly decision?: string; readonly principalId?: string } = {},
): AsyncIterable<readonly DecisionInfo[]> {
  const filter = [
    decision === undefined ? [] : equal('decision', decision),
    principalId === undefined ? [] : equal('principal/id', principalId),
  ].flat();
  const query: Record<string, string> = filter.length === 0 ? {} : { $filter: filter.join(' and ') };
  return parsed(reader.pages(decisionsPath(place), { query }), asDecision);
}

export async function decisionById(
  reader: GraphReader,
  place: ReviewPlace,
  id: string,
): Promise<DecisionInfo> {
  return asDecision(await reader.get(decisionPath(place, id), { query: { $expand: 'insights' } }));
}

/** As they stand now, without insights. Whichever cannot be read is left out. */
export async function decisionsByIds(
  reader: GraphReader,
  place: ReviewPlace,
  ids: readonly string[],
): Promise<readonly DecisionInfo[]> {
  return decisionsAt(reader, new Map(ids.map((id) => [id, place])));
}

/** The same of several reviews in one go: by id, where each stands. */
export async function decisionsAt(
  reader: GraphReader,
  places: ReadonlyMap<string, ReviewPlace>,
): Promise<readonly DecisionInfo[]> {
  const paths = new Map([...places].map(([id, place]) => [id, decisionPath(place, id)]));
  const answers = await reader.getMany(paths);
  return [...answers.values()].flatMap((answer) => (answer.kind === 'ok' ? [asDecision(answer.body)] : []));
}

/** The same, where one that cannot be read must not pass for one that is gone: fails with the trouble of the first. */
export async function everyDecision(
  reader: GraphReader,
  place: ReviewPlace,
  ids: readonly string[],
): Promise<readonly DecisionInfo[]> {
  const answers = await reader.getMany(new Map(ids.map((id) => [id, decisionPath(place, id)])));
  return [...answers.values()].flatMap((answer) => {
    if (answer.kind === 'ok') return [asDecision(answer.body)];
    if (isNotFound(answer.error)) return [];
    throw answer.error;
  });
}
