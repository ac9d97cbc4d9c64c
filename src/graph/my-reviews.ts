import { collect } from './collect.js';
import { equal } from './equal.js';
import type { BatchAnswer, BatchOptions, GraphAs, WriteOptions } from './graph.js';
import { listsOf } from './list-from.js';
import { asDecisionPage, countOf, type DecisionInfo } from './review-decision.js';
import {
  asInstance,
  asReview,
  asReviewStage,
  type InstanceInfo,
  type ReviewInfo,
  type ReviewStage,
} from './review-definition.js';
import {
  decisionPath,
  decisionsPath,
  definitions,
  instancePath,
  instancesPath,
  mine,
  type ReviewPlace,
} from './review-place.js';

export interface DecisionPage {
  readonly items: readonly DecisionInfo[];
  /** Of all that fit the filter. Undefined: Entra did not say. */
  readonly count: number | undefined;
}

export interface DecisionQuery {
  readonly skip?: number;
  /** A hundred at most. */
  readonly top: number;
  readonly decision?: string;
  readonly recommendation?: string;
  readonly principalId?: string;
  readonly insights?: boolean;
}

/** What a reviewer can write. Back to NotReviewed goes another way: `resetOne`. */
export interface WrittenDecision {
  readonly decision: 'Approve' | 'Deny' | 'DontKnow';
  readonly justification: string;
  readonly landed?: NonNullable<WriteOptions['landed']>;
}

/** Every series in which this person has something to review, or had. */
export function myReviews(graph: GraphAs): Promise<readonly ReviewInfo[]> {
  return collect(graph.pages(`${definitions}/${mine}`), asReview);
}

/** By definition. A definition that cannot be read is left out. */
export function myInstances(
  graph: GraphAs,
  definitionIds: readonly string[],
): Promise<ReadonlyMap<string, readonly InstanceInfo[]>> {
  const paths = new Map(definitionIds.map((id) => [id, `${instancesPath(id)}/${mine}`]));
  return listsOf(graph, paths, asInstance);
}

export function myStages(graph: GraphAs, place: ReviewPlace): Promise<readonly ReviewStage[]> {
  return collect(graph.pages(`${instancePath(place)}/stages/${mine}`), asReviewStage);
}

/** One page and one request, however long the list is. */
export async function myDecisions(
  graph: GraphAs,
  place: ReviewPlace,
  query: DecisionQuery,
): Promise<DecisionPage> {
  const page = await graph.get(`${decisionsPath(place)}/${mine}`, { query: pageQuery(query) });
  return { items: asDecisionPage(page), count: countOf(page) };
}

const longestPage = 100;

function pageQuery(wanted: DecisionQuery): Record<string, string> {
  const { decision, recommendation, principalId, skip = 0 } = wanted;
  const filter = [
    decision === undefined ? [] : equal('decision', decision),
    recommendation === undefined ? [] : equal('recommendation', recommendation),
    principalId === undefined ? [] : equal('principal/id', principalId),
  ].flat();
  return {
    $top: String(Math.min(wanted.top, longestPage)),
    $count: 'true',
    ...(skip === 0 ? {} : { $skip: String(skip) }),
    ...(filter.length === 0 ? {} : { $filter: filter.join(' and ') }),
    ...(wanted.insights === true ? { $expand: 'insights' } : {}),
  };
}

/** The last one to write wins, and Entra keeps no earlier decision: look before you write. */
export function decideOne(
  graph: GraphAs,
  place: ReviewPlace,
  id: string,
  { decision, justification, landed }: WrittenDecision,
): Promise<void> {
  const options = landed === undefined ? {} : { landed };
  return graph.patch(decisionPath(place, id), { decision, justification }, options);
}

/** What became of each, in the order given; one that fails does not touch the others. */
export function decideMany(
  graph: GraphAs,
  place: ReviewPlace,
  items: readonly (WrittenDecision & { readonly id: string })[],
  options: Pick<BatchOptions, 'stillWanted'> = {},
): Promise<readonly BatchAnswer<unknown>[]> {
  return graph.batch(
    items.map(({ id, decision, justification, landed }) => ({
      id,
      method: 'PATCH',
      path: decisionPath(place, id),
      body: { decision, justification },
      ...(landed === undefined ? {} : { landed }),
    })),
    options,
  );
}

/**
 * Takes one decision back. Only this action can write NotReviewed, and with an id missing it would write to everybody
 * in the review: so it is refused here, and never sent.
 */
export async function resetOne(
  graph: GraphAs,
  place: ReviewPlace,
  { principalId, resourceId, landed }: ResetTarget,
): Promise<void> {
  for (const id of [principalId, resourceId]) {
    // The zero GUID stands for no id, too.
    if (typeof id !== 'string' || !/[1-9a-z]/i.test(id))
      throw new TypeError('A reset needs a principal and a resource');
  }
  const body = { decision: 'NotReviewed', justification: '', principalId, resourceId };
  const options = landed === undefined ? {} : { landed };
  await graph.post(`${instancePath(place)}/batchRecordDecisions`, body, options);
}

export interface ResetTarget extends Pick<WrittenDecision, 'landed'> {
  readonly principalId: string;
  readonly resourceId: string;
}
