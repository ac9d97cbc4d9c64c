import { refuse } from '../refusal.js';
import { activities, decisionRow, ownRow } from './audit.js';
import { sameText } from './catalogue.js';
import { iso, type Outcome, withoutActivation, withRequest } from './outcome.js';
import { released, withClosedStep } from './progress.js';
import type { PimKind, PimRequest, PimState, StepRecord } from './records.js';
import { targetFor } from './seeds.js';

export interface Decision {
  readonly kind: PimKind;
  /** The approval has the id of its request. */
  readonly requestId: string;
  readonly stepId: string;
  readonly result: 'Approved' | 'Denied';
  readonly justification: string;
}

export interface Deciding {
  readonly state: PimState;
  readonly now: number;
  readonly callerId: string;
  readonly decision: Decision;
  /** Looked up now, and not when it was asked: whoever was taken off the list may no longer decide. */
  readonly mayDecide: (request: PimRequest) => boolean;
}

/** The first decision counts; everybody after that gets a conflict. */
export function decided({ state, now, callerId, decision, mayDecide }: Deciding): Outcome {
  const request = requestOf(state, decision.kind, decision.requestId) ?? noSuch('approval');
  const step = request.step ?? noSuch('approval');
  if (!sameText(step.id, decision.stepId)) noSuch('approval step');
  // Authority first: whoever may not decide must not learn whether it is still open.
  if (!mayDecide(request)) mayNot();
  if (step.status !== 'InProgress')
    refuse(409, 'Conflict', 'The request has been decided already or is no longer open.');
  const { result, justification } = decision;
  if (targetFor(state, request.target)?.rules.approverReason && justification.trim() === '')
    refuse(400, 'InvalidRequest', 'The policy asks the approver for a justification.');
  const done: StepRecord = {
    ...step,
    status: 'Completed',
    result,
    justification,
    reviewedById: callerId,
    reviewedAt: iso(now),
  };
  return settledBy(state, { ...request, step: done }, now, { id: callerId, reason: justification });
}

function settledBy(
  state: PimState,
  request: PimRequest,
  now: number,
  approver: { readonly id: string; readonly reason: string },
): Outcome {
  if (request.step?.result === 'Denied') {
    const denied: PimRequest = { ...request, status: 'Denied', completedAt: iso(now) };
    const rows = [decisionRow(denied, activities.denied, now, approver)];
    return { state: withRequest(state, denied), rows };
  }
  const outcome = released(state, request, now, state.settings.provisionLagMs);
  return { ...outcome, rows: [decisionRow(request, activities.approved, now, approver), ...outcome.rows] };
}

/** Takes back what has not begun: one that waits for an approval, or for its hour. */
export function canceled(
  state: PimState,
  now: number,
  {
    callerId,
    kind,
    requestId,
  }: { readonly callerId: string; readonly kind: PimKind; readonly requestId: string },
): Outcome {
  const request = requestOf(state, kind, requestId) ?? noSuch('request');
  if (request.principalId !== callerId) mayNot();
  if (request.status !== 'PendingApproval' && request.status !== 'Granted') {
    const message = `A request with the status ${request.status} cannot be canceled.`;
    refuse(400, 'InvalidRequest', message);
  }
  const { dueAt: _, ...rest } = request;
  const gone = withClosedStep({ ...rest, status: 'Canceled', completedAt: iso(now) });
  const next = withoutActivation(withRequest(state, gone), request.scheduleId);
  return { state: next, rows: [ownRow(gone, activities.canceled, now)] };
}

export function requestOf({ requests }: PimState, kind: PimKind, id: string): PimRequest | undefined {
  return requests.find((request) => request.target.kind === kind && sameText(request.id, id));
}

function mayNot(): never {
  return refuse(403, 'UnAuthorized', 'User is not authorized to perform the operation.');
}

function noSuch(what: string): never {
  return refuse(404, 'ResourceNotFound', `The ${what} does not exist.`);
}
