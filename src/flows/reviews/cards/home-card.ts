import { isAppError } from '../../../base/errors.js';
import { type DecisionInfo, myDecisions } from '../../../graph/access-review.js';
import type { Turn } from '../../turn.js';
import { bulkBlocked } from '../bulk/rules.js';
import type { Reading } from '../facts.js';
import { guestBlocked } from '../rules.js';
import type { Said } from '../show.js';
import { packetHead, progressOf } from './packet-card.js';
import type { PacketView } from './views.js';

/** The reader's own picture of their review: how many are theirs, how far they are, what can be done in one go. */
export async function homeCard(turn: Turn, reading: Reading, said: Said) {
  const { place, facts, definition } = reading;
  const count = async (query: { decision?: string; recommendation?: string }): Promise<number> =>
    (await myDecisions(turn.graph, place, { ...query, top: 1 })).count ?? -1;
  const open = { decision: 'NotReviewed' };
  const advised = facts.recommendations;
  const mayRemove = bulkBlocked('remove', facts) === undefined;
  const mayKeep = bulkBlocked('keep', facts) === undefined;
  // A decision about many is never about oneself.
  const mine = (recommendation: string): number =>
    own !== undefined && (own.recommendation === recommendation || !advised) ? 1 : 0;
  const [own, total, left, removable, keepable] = await Promise.all([
    myOwn(turn, reading),
    count({}),
    count(open),
    mayRemove ? count({ ...open, recommendation: 'Deny' }) : -1,
    mayKeep ? count({ ...open, ...(advised ? { recommendation: 'Approve' } : {}) }) : -1,
  ]);
  const blocked = guestBlocked(facts) !== undefined;
  const view: PacketView = {
    ...packetHead(turn.services, reading.review, reading.ref),
    mri: '',
    counts: 'mine',
    progress: progressOf(total, left),
    removable: Math.max(removable - mine('Deny'), -1),
    keepable: Math.max(keepable - mine('Approve'), -1),
    ifNobody: definition.settings.ifNobody,
    canDecide: facts.capability === 'act' && !blocked,
    blocked: blocked ? 'guest' : '',
    problem: said.problem,
  };
  return { card: { template: 'reviews/packet', view }, items: [], left };
}

/** The reader's own item in their list, if it is undecided. Where Entra cannot look for it, it counts like any other. */
async function myOwn(turn: Turn, { place, facts }: Reading): Promise<DecisionInfo | undefined> {
  const query = { decision: 'NotReviewed', principalId: facts.me.id, top: 1 };
  try {
    const { items } = await myDecisions(turn.graph, place, query);
    return items.find(({ principal }) => principal.id === facts.me.id);
  } catch (error) {
    if (isAppError(error) && error.code === 'graph.bad-request') return undefined;
    throw error;
  }
}
