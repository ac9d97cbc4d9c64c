import { newId, stableId } from '../ids.js';
import { activities, expiredRow, ownRow, twin } from './audit.js';
import { iso, type Outcome, withActivation, withoutActivation, withRequest } from './outcome.js';
import type { ActivationRecord, PimRequest, PimSettings, PimState } from './records.js';

/** The next moment at which something happens by itself. */
export function nextPimDue(state: PimState): number | undefined {
  const moments = [
    ...state.requests.flatMap((request) => dueOf(request) ?? []),
    ...state.activations.map(({ endsAt }) => endsAt),
  ];
  return moments.length > 0 ? Math.min(...moments.map((moment) => Date.parse(moment))) : undefined;
}

/**
 * One thing that the service has done by itself up to `now`; undefined when there is none. It is dated when it was
 * due, not when somebody looked: after a jump of the clock the dates read as if the service had worked all along.
 */
export function pimStep(state: PimState, now: number): Outcome | undefined {
  const request = earliest(state.requests, dueOf, now);
  const over = earliest(state.activations, ({ endsAt }) => endsAt, now);
  if (request && (!over || request.due <= over.due)) return moved(state, request.each, request.due);
  return over && ended(state, over.each, over.due);
}

/** A request whose way is free: it begins at its hour, or is carried out after a while (at once without one). */
export function released(state: PimState, request: PimRequest, at: number, lagMs: number): Outcome {
  if (Date.parse(request.wishedStart ?? '') > at) return planned(state, request);
  if (lagMs === 0) return provisioned(state, request, at);
  return {
    state: withRequest(state, { ...request, status: 'PendingProvisioning', dueAt: iso(at + lagMs) }),
    rows: [],
  };
}

/** Nobody can decide it any more. */
export function withClosedStep(request: PimRequest): PimRequest {
  const { step } = request;
  return step?.status === 'InProgress' ? { ...request, step: { ...step, status: 'Expired' } } : request;
}

function earliest<T>(
  list: readonly T[],
  dueAt: (each: T) => string | undefined,
  now: number,
): { readonly each: T; readonly due: number } | undefined {
  return list
    .map((each) => ({ each, due: Date.parse(dueAt(each) ?? '') }))
    .filter(({ due }) => due <= now)
    .reduce<{ each: T; due: number } | undefined>((a, b) => (a && a.due <= b.due ? a : b), undefined);
}

function dueOf({ status, step, dueAt }: PimRequest): string | undefined {
  return status === 'PendingApproval' ? step?.expiresAt : dueAt;
}

function moved(state: PimState, request: PimRequest, at: number): Outcome {
  if (request.status !== 'PendingApproval') return provisioned(state, request, at);
  const unanswered = withClosedStep({ ...request, status: 'TimedOut', completedAt: iso(at) });
  return { state: withRequest(state, unanswered), rows: [] };
}

// The schedule is there at once, its instance only from the start on.
function planned(state: PimState, request: PimRequest): Outcome {
  const startsAt = request.wishedStart ?? request.createdAt;
  const activation = activationOf(request, Date.parse(startsAt), state.settings);
  const granted: PimRequest = { ...request, status: 'Granted', startsAt, dueAt: startsAt };
  return { state: withActivation(withRequest(state, granted), activation), rows: [] };
}

function provisioned(state: PimState, request: PimRequest, at: number): Outcome {
  const { dueAt: _, ...rest } = request;
  const done: PimRequest = { ...rest, status: 'Provisioned', startsAt: iso(at), completedAt: iso(at) };
  const known = state.activations.find(({ requestId }) => requestId === request.id);
  const activation = known ?? activationOf(request, at, state.settings);
  const next = withRequest(state, done);
  return {
    state: known ? next : withActivation(next, activation),
    rows: [ownRow(done, activities.completed, at, activation), ...twin('Add', done, at)],
  };
}

function activationOf(request: PimRequest, startsAt: number, settings: PimSettings): ActivationRecord {
  return {
    target: request.target,
    scheduleId: request.scheduleId,
    instanceId: stableId(`instance of ${request.scheduleId}`),
    requestId: request.id,
    eligibilityId: request.eligibilityId,
    principalId: request.principalId,
    startsAt: iso(startsAt),
    endsAt: iso(startsAt + request.durationMs),
    visibleAt: iso(startsAt + settings.readLagMs),
    worksAt: iso(startsAt + settings.readyLagMs),
  };
}

function ended(state: PimState, activation: ActivationRecord, at: number): Outcome {
  const request = state.requests.find(({ id }) => id === activation.requestId);
  const rows = request ? [expiredRow(request, activation, at), ...twin('Remove', request, at)] : [];
  return { state: withoutActivation(state, activation.scheduleId), rows };
}

/** An approval that somebody has to give until the next day at this hour. */
export function openStep(at: number): NonNullable<PimRequest['step']> {
  return {
    id: newId(),
    status: 'InProgress',
    result: 'NotReviewed',
    openedAt: iso(at),
    expiresAt: iso(at + approvalMs),
    justification: '',
  };
}

const approvalMs = 86_400_000;
