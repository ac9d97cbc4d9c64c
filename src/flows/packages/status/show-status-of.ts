import { myHeld, type RequestInfo } from '../../../graph/entitlement.js';
import type { CardRow } from '../../../store/schema.js';
import type { Outcome } from '../../flow.js';
import type { Turn } from '../../turn.js';
import { statusView } from '../cards/status-card.js';
import { packagesError } from '../errors.js';
import { itemId } from '../offers.js';
import { orElse } from './or-else.js';
import { ownRequest } from './own-request.js';
import { readExtras } from './read-extras.js';
import { readSeen } from './read-seen.js';

/** The requester's card as it stands now, read with their own token. */
export async function showStatusOf(turn: Turn, row: CardRow, problem = ''): Promise<Outcome> {
  const request = await ownRequest(turn, itemId(row));
  if (request === undefined) throw packagesError('packages.not-shown');
  return statusOutcome(turn, row, request, problem);
}

export async function statusOutcome(
  turn: Turn,
  row: CardRow,
  request: RequestInfo,
  problem = '',
): Promise<Outcome> {
  const { services, graph, reference } = turn;
  const delivered = request.state === 'delivered';
  const [seen, held] = await Promise.all([
    readSeen(services, request),
    // Undefined: it could not be read, which is not the same as that there is nothing.
    delivered ? orElse(services, () => myHeld(graph), undefined) : undefined,
  ]);
  const mine = held?.find(({ id }) => id === request.assignmentId);
  const about = delivered && held === undefined ? { ...request, assignmentId: undefined } : request;
  const extras = await readExtras(services, about, seen, mine);
  const view = statusView(services, request, { ...extras, ref: row.ref, problem, reference });
  return { kind: 'card', card: { template: 'packages/status', view }, ref: row.ref };
}
