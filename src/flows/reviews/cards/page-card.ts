import { type DecisionInfo, myDecisions } from '../../../graph/access-review.js';
import { usersByIds } from '../../../graph/users-by-ids.js';
import { myAccess } from '../../links.js';
import type { Turn } from '../../turn.js';
import { looksOf, type Reading } from '../facts.js';
import { adviceOf, signInView } from '../person-facts.js';
import type { Said } from '../show.js';
import { verdictView } from './item-views.js';
import { dueAt, progressOf, subjectLine } from './packet-card.js';
import type { PageView, RowView } from './person-views.js';

/** As many as a phone shows without losing sight of the buttons. */
export const pageSize = 5;

/** A page of the reader's whole list, decided and not: the same cost on the first page and on the last. */
export async function pageCard(turn: Turn, reading: Reading, { skip, said }: { skip: number; said: Said }) {
  const { place, facts, about, review, ref } = reading;
  const [page, open] = await Promise.all([
    myDecisions(turn.graph, place, { skip, top: pageSize, insights: true }),
    myDecisions(turn.graph, place, { decision: 'NotReviewed', top: 1 }),
  ]);
  const total = page.count ?? -1;
  const left = open.count ?? -1;
  const more = total === -1 ? page.items.length === pageSize : skip + pageSize < total;
  const view: PageView = {
    ref,
    review: about.review,
    subject: subjectLine(turn.services, about),
    dueAt: dueAt(review),
    progress: progressOf(total, left),
    rows: await rowsOf(turn, reading, page.items, skip),
    first: page.items.length === 0 ? 0 : skip + 1,
    last: skip + page.items.length,
    previous: skip === 0 ? -1 : Math.max(0, skip - pageSize),
    next: more ? skip + pageSize : -1,
    reasonHint: facts.reasonRequired || facts.severalSubjects ? 'always' : facts.tier.review.reason,
    reasonAtLeast: facts.tier.reason.atLeast,
    typed: said.typed.slice(0, 500),
    banner: said.banner,
    canDecide: facts.capability === 'act',
    problem: said.problem,
    portalUrl: myAccess(turn.services.tenantId, 'access-reviews'),
  };
  return { card: { template: 'reviews/page', view }, items: page.items, left };
}

async function rowsOf(
  turn: Turn,
  reading: Reading,
  items: readonly DecisionInfo[],
  skip: number,
): Promise<readonly RowView[]> {
  // The bot sees more of the directory than a guest may.
  const seen = reading.facts.me.guest ? [] : items;
  const users = seen
    .filter(({ principal }) => principal.kind === 'user')
    .map(({ principal }) => principal.id);
  const reader = turn.services.graph.reader(turn.reference);
  const [people, looks] = await Promise.all([
    usersByIds(reader, users).catch(() => new Map<string, never>()),
    looksOf(turn, reading, items),
  ]);
  return items.map((item, index): RowView => {
    const found = people.get(item.principal.id);
    const user = found === 'gone' ? undefined : found;
    return {
      item: item.id,
      seen: looks.get(item.id) ?? '',
      name: item.principal.name,
      guest: user?.guest ?? false,
      enabled: user === undefined ? 'unknown' : user.enabled ? 'yes' : 'no',
      department: user?.department ?? '',
      ...signInView(item),
      recommendation: adviceOf(reading, item, turn.services.clock.now()).recommendation,
      about: reading.about.kind === 'other' ? (item.resource?.name ?? '') : '',
      verdict: verdictView(item, turn.actor.objectId),
      index: skip + index,
    };
  });
}
