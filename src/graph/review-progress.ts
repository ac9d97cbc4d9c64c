import { equal } from './equal.js';
import type { GraphReader } from './graph.js';
import { countOf } from './review-decision.js';
import { decisionsPath, type ReviewPlace } from './review-place.js';

const onlyCount = { $select: 'id', $top: '1', $count: 'true' };

/** By instance: how many are reviewed at all. Undefined, or left out: Entra did not say. */
export async function decisionTotals(
  reader: GraphReader,
  places: readonly ReviewPlace[],
): Promise<ReadonlyMap<string, number | undefined>> {
  const paths = new Map(places.map((place) => [place.instanceId, decisionsPath(place)]));
  const answers = await reader.getMany(paths, { query: onlyCount });
  const counts = new Map<string, number | undefined>();
  for (const [instanceId, answer] of answers) {
    if (answer.kind === 'ok') counts.set(instanceId, countOf(answer.body));
  }
  return counts;
}

/** What is still to be decided about one person. */
export async function undecidedAbout(
  reader: GraphReader,
  place: ReviewPlace,
  principalId: string,
): Promise<number | undefined> {
  const $filter = `${equal('decision', 'NotReviewed')} and ${equal('principal/id', principalId)}`;
  return countOf(await reader.get(decisionsPath(place), { query: { ...onlyCount, $filter } }));
}
