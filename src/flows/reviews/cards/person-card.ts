import type { DecisionInfo } from '../../../graph/access-review.js';
import { myAccess } from '../../links.js';
import type { Turn } from '../../turn.js';
import { factsAbout, looksOf, type Reading } from '../facts.js';
import { readPersonFacts } from '../person-facts.js';
import { longestReason, reasonNeeded } from '../rules.js';
import type { Said } from '../show.js';
import { subjectOfItem } from '../tier.js';
import { verdictView } from './item-views.js';
import { dueAt, subjectLine } from './packet-card.js';
import type { PersonView } from './person-views.js';

interface Where {
  readonly skip: number;
  readonly left: number;
  readonly said: Said & { readonly conflict?: boolean };
}

/** One person with all that is known about them. */
export async function personCard(
  turn: Turn,
  reading: Reading,
  item: DecisionInfo,
  { skip, left, said }: Where,
) {
  const { about, review, ref } = reading;
  const facts = factsAbout(turn, reading, item);
  const [known, looks] = await Promise.all([
    readPersonFacts(turn, reading, item),
    looksOf(turn, reading, [item]),
  ]);
  const me = turn.actor.objectId;
  const mine = item.principal.id === me;
  const asked = { recommendation: item.recommendation, principalId: item.principal.id };
  const view: PersonView = {
    ref,
    item: item.id,
    seen: looks.get(item.id) ?? '',
    review: about.review,
    subject: subjectLine(turn.services, subjectOfItem(about, item)),
    dueAt: dueAt(review),
    name: item.principal.name,
    address: item.principal.userPrincipalName,
    self: mine && facts.selfReview,
    own: mine && !facts.selfReview,
    ...known,
    verdict: verdictView(item, me),
    conflict: said.conflict === true,
    reason: {
      keep: reasonNeeded(facts, asked, 'Approve'),
      remove: reasonNeeded(facts, asked, 'Deny'),
      atLeast: facts.tier.reason.atLeast,
      typed: (said.typed === '' && item.reviewedBy?.id === me ? item.justification : said.typed).slice(
        0,
        longestReason,
      ),
    },
    unsure: facts.notSure,
    position: {
      number: skip + 1,
      left,
      later: left > skip + 1 ? skip + 1 : -1,
      back: skip > 0 ? skip - 1 : -1,
    },
    banner: said.banner,
    canUndo: item.reviewedBy?.id === me && item.decision !== 'NotReviewed' && facts.capability === 'act',
    canDecide: facts.capability === 'act',
    problem: said.problem,
    portalUrl: myAccess(turn.services.tenantId, 'access-reviews'),
  };
  return { card: { template: 'reviews/person', view }, items: [item] };
}
