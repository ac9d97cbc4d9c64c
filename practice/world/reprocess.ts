import type { Entitlement } from './entitlement.js';
import type { AssignmentRecord, RequestRecord } from './entitlement-records.js';
import { inDelivery, replaceAssignment, withDelivery } from './progress.js';
import { refuse } from './refusal.js';

const reprocessableMs = 14 * 86_400_000;

/** Delivers again what failed, wholly or in part, in the last two weeks. */
export function reprocessRequest(entitlement: Entitlement, requestId: string): void {
  entitlement.change((state, now) => {
    const request =
      state.requests.find(({ id }) => id === requestId.toLowerCase()) ??
      refuse(404, 'ResourceNotFound', 'The request does not exist.');
    if (request.state !== 'deliveryFailed' && request.state !== 'partiallyDelivered')
      invalid(`A request in the state ${request.state} cannot be processed again.`);
    if (now - Date.parse(request.completedAt ?? '') > reprocessableMs)
      invalid('A request that ended more than 14 days ago cannot be processed again.');
    const { completedAt: _, ...again } = request;
    const open = withDelivery(state, inDelivery(again, now), now);
    const assignment = assignmentBehind(request, open.assignments);
    return assignment ? replaceAssignment(open, { ...assignment, state: 'delivering' }) : open;
  });
}

/** What was delivered is looked over again, and nothing changes; anything else is refused. */
export function reprocessAssignment({ state }: AssignmentRecord): void {
  if (state !== 'delivered') invalid(`An assignment in the state ${state} cannot be processed again.`);
}

// Whoever was not able to extend still has what they had.
function assignmentBehind(
  { type, assignmentId }: RequestRecord,
  assignments: readonly AssignmentRecord[],
): AssignmentRecord | undefined {
  if (type !== 'userAdd') return undefined;
  return assignments.find(({ id }) => id === assignmentId);
}

function invalid(message: string): never {
  return refuse(400, 'InvalidRequest', message);
}
