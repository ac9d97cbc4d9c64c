import { durationMs } from './duration.js';
import { approversFor } from './eligibility.js';
import type {
  AssignmentRecord,
  EntitlementState,
  RequestRecord,
  StageRecord,
} from './entitlement-records.js';
import { newId, stableId } from './ids.js';
import { type PolicyStage, packageById } from './packages.js';

/** How long the real service takes, in small: nothing is final in the answer to the request that started it. */
export const pauseMs = { beforeApproval: 300, beforeDelivery: 500 };

/** Everything the service has done by itself up to `now`. Returns the same object when that is nothing. */
export function settled(state: EntitlementState, now: number): EntitlementState {
  let current = state;
  for (let step = next(current, now); step; step = next(current, now)) current = step;
  return current;
}

/** The next moment at which something happens by itself. */
export function nextDue(state: EntitlementState): number | undefined {
  const moments = [
    ...state.requests.flatMap((request) => dueOf(request) ?? []),
    ...state.assignments.flatMap((assignment) => (assignment.state === 'delivered' ? assignment.endsAt : [])),
  ].map((moment) => Date.parse(moment));
  return moments.length > 0 ? Math.min(...moments) : undefined;
}

/** Known before the assignment exists, so that a request can name it from the beginning. */
export function assignmentIdOf(request: RequestRecord): string {
  return request.assignmentId ?? stableId(`assignment of ${request.id}`);
}

/** A request that was approved, or needs no approval: it waits for its start or goes to delivery. */
export function toDelivery(request: RequestRecord, at: number): RequestRecord {
  const start = Date.parse(request.startsAt ?? '');
  return start > at
    ? { ...request, state: 'scheduled', status: 'Scheduled', dueAt: iso(start) }
    : { ...request, state: 'delivering', status: 'Delivering', dueAt: iso(at + pauseMs.beforeDelivery) };
}

function next(state: EntitlementState, now: number): EntitlementState | undefined {
  const request = state.requests.find((candidate) => Date.parse(dueOf(candidate) ?? '') <= now);
  if (request) return moved(state, request);
  const over = state.assignments.find(
    (candidate) => candidate.state === 'delivered' && Date.parse(candidate.endsAt) <= now,
  );
  return over && replaceAssignment(state, { ...over, state: 'expired', expiredAt: over.endsAt });
}

function dueOf(request: RequestRecord): string | undefined {
  if (request.state !== 'pendingApproval') return request.dueAt;
  return request.stages.find((stage) => stage.status === 'InProgress')?.expiresAt;
}

// Times are those at which things were due, not those at which somebody looked: after a jump of the clock the
// dates read as if the service had worked all along.
function moved(state: EntitlementState, request: RequestRecord): EntitlementState {
  const at = Date.parse(dueOf(request) ?? request.createdAt);
  if (request.state === 'submitted') return withDelivery(state, opened(request, at), at);
  if (request.state === 'pendingApproval') return replaceRequest(state, unanswered(request, at));
  if (request.state === 'scheduled') return withDelivery(state, toDelivery(request, at), at);
  return delivered(state, request, at);
}

function opened(request: RequestRecord, at: number): RequestRecord {
  const [stage] = request.type === 'userRemove' ? [] : (packageById(request.packageId)?.policy.stages ?? []);
  if (!stage) return toDelivery(request, at);
  const { dueAt: _, ...rest } = request;
  return {
    ...rest,
    state: 'pendingApproval',
    status: 'PendingApproval',
    stages: [openStage(stage, request, at)],
  };
}

export function openStage(stage: PolicyStage, request: RequestRecord, at: number): StageRecord {
  return {
    id: newId(),
    displayName: stage.displayName,
    approverIds: approversFor(stage, request.requestorId),
    status: 'InProgress',
    result: 'NotReviewed',
    openedAt: iso(at),
    expiresAt: iso(at + (durationMs(stage.durationBeforeAutomaticDenial) ?? 0)),
  };
}

function unanswered(request: RequestRecord, at: number): RequestRecord {
  const stages = closed(request.stages);
  return { ...request, state: 'denied', status: 'Expired', completedAt: iso(at), stages };
}

/** Stages that nobody can decide any more. */
export function closed(stages: readonly StageRecord[]): StageRecord[] {
  return stages.map((stage) => (stage.status === 'InProgress' ? { ...stage, status: 'Expired' } : stage));
}

/** Stores the request; one that goes to delivery for the first time gets its assignment here. */
export function withDelivery(state: EntitlementState, request: RequestRecord, at: number): EntitlementState {
  if (request.state !== 'delivering' || request.assignmentId) return replaceRequest(state, request);
  const duration = durationMs(packageById(request.packageId)?.policy.duration ?? '') ?? 0;
  const assignment: AssignmentRecord = {
    id: assignmentIdOf(request),
    packageId: request.packageId,
    targetId: request.targetId,
    state: 'delivering',
    startsAt: iso(at),
    endsAt: request.endsAt ?? iso(at + duration),
  };
  const linked = replaceRequest(state, { ...request, assignmentId: assignment.id });
  return { ...linked, assignments: [...linked.assignments, assignment] };
}

function delivered(state: EntitlementState, request: RequestRecord, at: number): EntitlementState {
  const { dueAt: _, ...rest } = request;
  const done = replaceRequest(state, {
    ...rest,
    state: 'delivered',
    status: 'Delivered',
    completedAt: iso(at),
  });
  const assignment = state.assignments.find(({ id }) => id === request.assignmentId);
  if (!assignment) return done;
  if (request.type === 'userRemove') {
    return replaceAssignment(done, { ...assignment, state: 'expired', endsAt: iso(at), expiredAt: iso(at) });
  }
  const duration = durationMs(packageById(request.packageId)?.policy.duration ?? '') ?? 0;
  const renewed = request.type === 'userUpdate' ? { endsAt: request.endsAt ?? iso(at + duration) } : {};
  return replaceAssignment(done, { ...assignment, ...renewed, state: 'delivered' });
}

function replaceRequest(state: EntitlementState, request: RequestRecord): EntitlementState {
  return { ...state, requests: state.requests.map((old) => (old.id === request.id ? request : old)) };
}

function replaceAssignment(state: EntitlementState, assignment: AssignmentRecord): EntitlementState {
  return {
    ...state,
    assignments: state.assignments.map((old) => (old.id === assignment.id ? assignment : old)),
  };
}

function iso(moment: number): string {
  return new Date(moment).toISOString();
}
