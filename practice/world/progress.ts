import { durationMs } from './duration.js';
import { approversFor, escalationApprovers } from './eligibility.js';
import {
  type AssignmentRecord,
  type EntitlementState,
  isHeld,
  type RequestRecord,
  type StageRecord,
} from './entitlement-records.js';
import { newId, stableId } from './ids.js';
import { type DeliveryFailure, type PolicyStage, packageById, policyOf } from './packages.js';

/** How long the real service takes, in small: nothing is final in the answer to the request that started it. */
export const pauseMs = { beforeApproval: 300, beforeDelivery: 500 };

/**
 * The next thing that the service does by itself and that is due; undefined when there is nothing. One at a time,
 * because each is logged.
 */
export function nextStep(state: EntitlementState, now: number): EntitlementState | undefined {
  const request = state.requests.find((candidate) => Date.parse(dueOf(candidate) ?? '') <= now);
  if (request) return moved(state, request);
  const over = state.assignments.find(
    (candidate) => isHeld(candidate) && Date.parse(candidate.endsAt) <= now,
  );
  return over && replaceAssignment(state, { ...over, state: 'expired', expiredAt: over.endsAt });
}

/** The next moment at which something happens by itself. */
export function nextDue(state: EntitlementState): number | undefined {
  const moments = [
    ...state.requests.flatMap((request) => dueOf(request) ?? []),
    ...state.assignments.flatMap((assignment) => (isHeld(assignment) ? assignment.endsAt : [])),
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
    ? { ...request, state: 'scheduled', status: 'Scheduled', movedAt: iso(at), dueAt: iso(start) }
    : inDelivery(request, at);
}

export function inDelivery(request: RequestRecord, at: number): RequestRecord {
  const dueAt = iso(at + pauseMs.beforeDelivery);
  return { ...request, state: 'delivering', status: 'Delivering', movedAt: iso(at), dueAt };
}

function dueOf(request: RequestRecord): string | undefined {
  if (request.state !== 'pendingApproval') return request.dueAt;
  const open = request.stages.find(({ status }) => status === 'InProgress');
  return open?.escalatesAt ?? open?.expiresAt;
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
  const [stage] = stagesOf(request);
  if (!stage) return toDelivery(request, at);
  const { dueAt: _, ...rest } = request;
  return {
    ...rest,
    state: 'pendingApproval',
    status: 'PendingApproval',
    movedAt: iso(at),
    stages: [openStage(stage, request, at)],
  };
}

function stagesOf(request: RequestRecord): readonly PolicyStage[] {
  const policy = policyOf(request);
  const free = request.type === 'userRemove' || (request.type === 'userUpdate' && policy?.extendsFreely);
  return free ? [] : (policy?.stages ?? []);
}

export function openStage(stage: PolicyStage, request: RequestRecord, at: number): StageRecord {
  const { escalation } = stage;
  const escalatesAt = escalation && iso(at + (durationMs(escalation.after) ?? 0));
  return {
    id: newId(),
    displayName: stage.displayName,
    approverIds: approversFor(stage, request),
    status: 'InProgress',
    result: 'NotReviewed',
    openedAt: iso(at),
    expiresAt: iso(at + (durationMs(stage.durationBeforeAutomaticDenial) ?? 0)),
    ...(escalatesAt ? { escalatesAt } : {}),
  };
}

// First somebody else may decide too, and in the end nobody any more.
function unanswered(request: RequestRecord, at: number): RequestRecord {
  const open = request.stages.find(({ status, escalatesAt }) => status === 'InProgress' && escalatesAt);
  if (open) return escalated(request, open);
  const stages = closed(request.stages);
  const over = { movedAt: iso(at), completedAt: iso(at), stages };
  return { ...request, ...over, state: 'denied', status: 'Expired' };
}

function escalated(request: RequestRecord, stage: StageRecord): RequestRecord {
  const rule = policyOf(request)?.stages[request.stages.indexOf(stage)];
  const { escalatesAt: _, ...rest } = stage;
  const more = rule ? escalationApprovers(rule, request) : [];
  const wider = { ...rest, approverIds: [...new Set([...stage.approverIds, ...more])] };
  const stages = request.stages.map((other) => (other === stage ? wider : other));
  return { ...request, status: 'PendingApprovalEscalated', stages };
}

/** Stages that nobody can decide any more. */
export function closed(stages: readonly StageRecord[]): StageRecord[] {
  return stages.map((stage) => (stage.status === 'InProgress' ? { ...stage, status: 'Expired' } : stage));
}

/** Stores the request; one that goes to delivery for the first time gets its assignment here. */
export function withDelivery(state: EntitlementState, request: RequestRecord, at: number): EntitlementState {
  if (request.state !== 'delivering' || request.assignmentId) return replaceRequest(state, request);
  const duration = durationMs(policyOf(request)?.duration ?? '') ?? 0;
  const assignment: AssignmentRecord = {
    id: assignmentIdOf(request),
    packageId: request.packageId,
    policyId: request.policyId,
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
  const outcome = outcomes[failureOf(state, request)];
  const done = replaceRequest(state, { ...rest, ...outcome, movedAt: iso(at), completedAt: iso(at) });
  const assignment = state.assignments.find(({ id }) => id === request.assignmentId);
  if (!assignment) return done;
  if (request.type === 'userRemove') {
    return replaceAssignment(done, { ...assignment, state: 'expired', endsAt: iso(at), expiredAt: iso(at) });
  }
  if (request.type === 'userAdd') return replaceAssignment(done, { ...assignment, state: outcome.state });
  const { policyId } = request;
  const duration = durationMs(policyOf(request)?.duration ?? '') ?? 0;
  const endsAt = request.endsAt ?? iso(at + duration);
  // What cannot be extended stays as it is until its end.
  if (outcome.state === 'deliveryFailed') return done;
  return replaceAssignment(done, { ...assignment, policyId, endsAt, state: outcome.state });
}

const outcomes = {
  '': { state: 'delivered', status: 'Delivered' },
  partial: { state: 'partiallyDelivered', status: 'PartiallyDelivered' },
  failed: { state: 'deliveryFailed', status: 'DeliveryFailed' },
} as const satisfies Record<DeliveryFailure, { state: AssignmentRecord['state']; status: string }>;

// Taking something away always works.
function failureOf({ failures }: EntitlementState, { type, packageId }: RequestRecord): DeliveryFailure {
  if (type === 'userRemove') return '';
  return failures[packageId] ?? packageById(packageId)?.fails ?? '';
}

function replaceRequest(state: EntitlementState, request: RequestRecord): EntitlementState {
  return { ...state, requests: state.requests.map((old) => (old.id === request.id ? request : old)) };
}

export function replaceAssignment(state: EntitlementState, assignment: AssignmentRecord): EntitlementState {
  return {
    ...state,
    assignments: state.assignments.map((old) => (old.id === assignment.id ? assignment : old)),
  };
}

function iso(moment: number): string {
  return new Date(moment).toISOString();
}
