import {
  type DecisionInfo,
  decisionPages,
  type ReviewPlace,
  reviewDefinition,
  undecided,
} from '../../../graph/access-review.js';
import { directReports } from '../../../graph/direct-reports.js';
import type { GraphReader } from '../../../graph/graph.js';
import { undecidedAbout } from '../../../graph/review-progress.js';
import { enqueue } from '../../../jobs/enqueue.js';
import type { HouseServices } from '../../turn.js';
import { placeOf } from '../packets.js';
import { followJob } from '../sweep/follow-job.js';
import type { Due } from './reminder-card.js';

/** What is left of each review now. Whoever decided the last one elsewhere must not be reminded of it. */
export async function stillLeft(services: HouseServices, due: readonly Due[]): Promise<readonly Due[]> {
  if (due.length === 0) return [];
  const reader = services.graph.reader(services.ids.guid());
  const counts = await undecided(
    reader,
    due.map(({ review }) => placeOf(review)),
  );
  const checked: Due[] = [];
  for (const each of due) {
    const count = counts.get(each.review.instance_id) ?? each.review.undecided;
    const left = count === 0 ? 0 : await ownLeft(services, reader, each, count);
    if (left === 0) await noteDone(services, each, count);
    else checked.push({ ...each, review: { ...each.review, undecided: left } });
  }
  return checked;
}

/** What was found out here is known from now on, and their cards say so. */
async function noteDone(services: HouseServices, { packet, review }: Due, count: number): Promise<void> {
  const { instance_id: instance } = review;
  await services.store.write(async (tx) => {
    if (count === 0) {
      await tx.updateTable('reviews').set({ undecided: 0 }).where('instance_id', '=', instance).execute();
    } else {
      await tx.updateTable('packets').set({ left_over: 0 }).where('ref', '=', packet.ref).execute();
    }
    const whose = count === 0 ? { elsewhere: true as const } : { person: packet.person };
    await enqueue(tx, services.clock, followJob({ instance, ...whose }));
  });
}

/**
 * The bot cannot see with a reviewer's eyes. But where everybody reviews themselves, or managers their reports, it can
 * tell whose turn it is; otherwise all reviewers share one list.
 */
async function ownLeft(
  services: HouseServices,
  reader: GraphReader,
  { packet, review }: Due,
  count: number,
): Promise<number> {
  try {
    const place = placeOf(review);
    const definition = await reviewDefinition(reader, review.definition_id);
    if (definition.selfReview) return (await undecidedAbout(reader, place, packet.person)) ?? count;
    return definition.byManager
      ? await leftOfManager(reader, place, { person: packet.person, count })
      : count;
  } catch (error) {
    services.log.warn(
      { error, review: review.instance_id },
      'what is left for one reviewer could not be read',
    );
    return count;
  }
}

/** Ten pages; in a larger review nobody is far from the end. */
const readUpTo = 1000;

/** Somebody without reports in it reviews in place of a manager: for them the whole list stands. */
async function leftOfManager(
  reader: GraphReader,
  place: ReviewPlace,
  { person, count }: { readonly person: string; readonly count: number },
): Promise<number> {
  const reports = await directReports(reader, person);
  const mine: DecisionInfo[] = [];
  let read = 0;
  for await (const page of decisionPages(reader, place)) {
    mine.push(...page.filter(({ principal }) => reports.has(principal.id)));
    read += page.length;
    if (read > readUpTo) return count;
  }
  return mine.length === 0 ? count : mine.filter(({ decision }) => decision === 'NotReviewed').length;
}
