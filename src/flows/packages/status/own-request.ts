import { myRequests, type RequestInfo, requestsIMade } from '../../../graph/entitlement.js';
import type { Turn } from '../../turn.js';

/** A request as Entra shows it to whoever it is for, or to whoever made it for somebody else. */
export async function ownRequest(
  { graph }: Pick<Turn, 'graph'>,
  requestId: string,
): Promise<RequestInfo | undefined> {
  const isIt = ({ id }: RequestInfo): boolean => id === requestId;
  return (await myRequests(graph)).find(isIt) ?? (await requestsIMade(graph)).find(isIt);
}
