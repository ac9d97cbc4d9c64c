import { durationMs } from './duration.js';
import { mayRequest } from './eligibility.js';
import type { Entitlement } from './entitlement.js';
import {
  type EntitlementState,
  openStates,
  type RequestRecord,
  type RequestType,
} from './entitlement-records.js';
import { newId } from './ids.js';
import { type AccessPackage, packageById } from './packages.js';
import type { Person } from './people.js';
import { pauseMs } from './progress.js';
import { refuse } from './refusal.js';

export interface NewRequest {
  readonly type: RequestType;
  readonly packageId: string | undefined;
  readonly policyId: string | undefined;
  readonly targetId: string | undefined;
  readonly assignmentId: string | undefined;
  readonly justification: string;
  readonly answers: readonly unknown[];
  readonly startsAt: string | undefined;
  readonly endsAt: string | undefined;
  readonly duration: string | undefined;
}

const renewableMs = 14 * 86_400_000;

/** Files a request in the name of the person who asks, or refuses it the way Entra would. */
export function fileRequest(entitlement: Entitlement, caller: Person, wish: NewRequest): RequestRecord {
  let filed: RequestRecord | undefined;
  entitlement.change((state, now) => {
    const record =
      wish.type === 'userRemove' ? removal(state, caller, wish, now) : addition(state, caller, wish, now);
    filed = record;
    return { ...state, requests: [...state.requests, record] };
  });
  return filed ?? refuse(500, 'InternalServerError', 'The request was not filed.');
}

function addition(state: EntitlementState, caller: Person, wish: NewRequest, now: number): RequestRecord {
  const wanted =
    packageById(wish.packageId ?? '') ??
    refuse(404, 'ResourceNotFound', 'The access package does not exist.');
  const { policy } = wanted;
  if (!wish.policyId) refuse(400, 'InvalidRequest', 'assignment.assignmentPolicyId is missing.');
  if (wish.policyId.toLowerCase() !== policy.id) {
    refuse(404, 'ResourceNotFound', 'The assignment policy does not exist for this access package.');
  }
  // Nobody asks for somebody else here; how Graph takes a request on behalf of a report is not known for sure.
  const self = (wish.targetId ?? caller.id).toLowerCase() === caller.id;
  if (!self || !mayRequest(wanted, caller)) unauthorized();
  if (policy.justificationRequired && wish.justification.trim() === '') {
    refuse(400, 'InvalidRequest', 'A justification is required by the policy.');
  }
  refuseSecondRequest(state, wanted, caller.id);
  const held = state.assignments.find(
    ({ packageId, targetId, state: at }) =>
      packageId === wanted.id && targetId === caller.id && at === 'delivered',
  );
  if (wish.type === 'userUpdate' && !held)
    refuse(404, 'ResourceNotFound', 'There is no assignment to update.');
  if (wish.type === 'userAdd' && held && Date.parse(held.endsAt) - now > renewableMs) {
    refuse(400, 'ExistingGrant', 'The target already has an assignment to this access package.');
  }
  return {
    ...fresh(caller, wish, now),
    // Asking again near the end is a renewal of the same assignment.
    ...(held ? { type: 'userUpdate', assignmentId: held.id } : {}),
    packageId: wanted.id,
    ...wishedSchedule(wanted, wish, now),
  };
}

function removal(state: EntitlementState, caller: Person, wish: NewRequest, now: number): RequestRecord {
  const held =
    state.assignments.find(({ id }) => id === wish.assignmentId?.toLowerCase()) ??
    refuse(404, 'ResourceNotFound', 'The assignment does not exist.');
  if (held.targetId !== caller.id) unauthorized();
  if (held.state === 'expired') refuse(400, 'InvalidRequest', 'The assignment has ended already.');
  const wanted = packageById(held.packageId);
  if (wanted) refuseSecondRequest(state, wanted, caller.id);
  return { ...fresh(caller, wish, now), packageId: held.packageId, assignmentId: held.id };
}

function fresh(caller: Person, wish: NewRequest, now: number): Omit<RequestRecord, 'packageId'> {
  return {
    id: newId(),
    type: wish.type,
    requestorId: caller.id,
    targetId: caller.id,
    state: 'submitted',
    status: 'Accepted',
    justification: wish.justification,
    answers: wish.answers,
    createdAt: new Date(now).toISOString(),
    dueAt: new Date(now + pauseMs.beforeApproval).toISOString(),
    stages: [],
  };
}

function refuseSecondRequest(state: EntitlementState, wanted: AccessPackage, targetId: string): void {
  const open = state.requests.some(
    (request) =>
      request.packageId === wanted.id && request.targetId === targetId && openStates.includes(request.state),
  );
  if (open)
    refuse(400, 'ExistingOpenRequest', 'The target already has an open request for this access package.');
}

function wishedSchedule(
  wanted: AccessPackage,
  wish: NewRequest,
  now: number,
): { startsAt?: string; endsAt?: string } {
  if (!wish.startsAt && !wish.endsAt && !wish.duration) return {};
  const { policy } = wanted;
  if (!policy.customSchedule)
    refuse(400, 'InvalidRequest', 'The policy does not allow a schedule of your own.');
  const start = Math.max(now, Date.parse(wish.startsAt ?? '') || now);
  const longest = start + (durationMs(policy.duration) ?? 0);
  const asked = wish.duration
    ? start + (durationMs(wish.duration) ?? Number.NaN)
    : Date.parse(wish.endsAt ?? '');
  const end = wish.duration || wish.endsAt ? asked : longest;
  if (!(end > start) || end > longest) {
    refuse(400, 'InvalidRequest', `The end must lie after the start and at most ${policy.duration} away.`);
  }
  const startsAt = start > now ? { startsAt: new Date(start).toISOString() } : {};
  return { ...startsAt, endsAt: new Date(end).toISOString() };
}

export function unauthorized(): never {
  return refuse(403, 'UnAuthorized', 'User is not authorized to perform the operation. Reason: Unauthorized');
}
