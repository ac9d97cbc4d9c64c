import type { Entitlement } from './entitlement.js';
import type { RequestRecord, StageRecord } from './entitlement-records.js';
import { unauthorized } from './new-request.js';
import { policyOf } from './packages.js';
import type { Person } from './people.js';
import { closed, openStage, toDelivery, withDelivery } from './progress.js';
import { refuse } from './refusal.js';

export interface StageDecision {
  readonly requestId: string;
  readonly stageId: string;
  readonly result: 'Approved' | 'Denied';
  readonly justification: string;
}

/** The first decision on a stage counts; everybody after that gets a conflict. */
export function decideStage(entitlement: Entitlement, caller: Person, decision: StageDecision): void {
  entitlement.change((state, now) => {
    const request =
      state.requests.find(({ id }) => id === decision.requestId.toLowerCase()) ?? noSuch('approval');
    const stage =
      request.stages.find(({ id }) => id === decision.stageId.toLowerCase()) ?? noSuch('approval stage');
    // Authority first: whoever may not decide must not learn whether the stage is still open.
    if (!mayDecide(request, stage, caller)) unauthorized();
    if (request.state !== 'pendingApproval' || stage.status !== 'InProgress') {
      refuse(409, 'Conflict', 'The approval stage has been decided already or is no longer open.');
    }
    const rule = policyOf(request)?.stages[request.stages.indexOf(stage)];
    if (rule?.isApproverJustificationRequired && decision.justification.trim() === '') {
      refuse(400, 'InvalidRequest', 'The policy asks the approver for a justification.');
    }
    const decided = recorded(request, stage, caller, decision, now);
    return withDelivery(
      state,
      decision.result === 'Denied' ? denied(decided, now) : approved(decided, now),
      now,
    );
  });
}

/** Only somebody whose request is still undecided may take it back. */
export function cancelRequest(entitlement: Entitlement, caller: Person, requestId: string): void {
  entitlement.change((state, now) => {
    const request = state.requests.find(({ id }) => id === requestId.toLowerCase()) ?? noSuch('request');
    if (request.requestorId !== caller.id) unauthorized();
    if (
      request.state !== 'submitted' &&
      request.state !== 'pendingApproval' &&
      request.state !== 'scheduled'
    ) {
      refuse(400, 'InvalidRequest', `A request in the state ${request.state} cannot be canceled.`);
    }
    const { dueAt: _, ...rest } = request;
    const at = new Date(now).toISOString();
    const stages = closed(request.stages);
    const over = { movedAt: at, completedAt: at, stages };
    return withDelivery(state, { ...rest, ...over, state: 'canceled', status: 'Canceled' }, now);
  });
}

export function mayDecide(request: RequestRecord, stage: StageRecord, caller: Person): boolean {
  const own = request.requestorId === caller.id || request.targetId === caller.id;
  return !own && stage.approverIds.includes(caller.id);
}

function recorded(
  request: RequestRecord,
  stage: StageRecord,
  caller: Person,
  { result, justification }: StageDecision,
  now: number,
): RequestRecord {
  const { escalatesAt: _, ...rest } = stage;
  const done: StageRecord = {
    ...rest,
    status: 'Completed',
    result,
    justification,
    reviewedById: caller.id,
    reviewedAt: new Date(now).toISOString(),
  };
  return { ...request, stages: request.stages.map((other) => (other === stage ? done : other)) };
}

// A later stage appears only when the one before it was approved.
function approved(request: RequestRecord, now: number): RequestRecord {
  const following = policyOf(request)?.stages[request.stages.length];
  if (!following) return toDelivery(request, now);
  // The next stage begins anew, even if the one before had to be escalated.
  const stages = [...request.stages, openStage(following, request, now)];
  return { ...request, status: 'PendingApproval', stages };
}

function denied(request: RequestRecord, now: number): RequestRecord {
  const at = new Date(now).toISOString();
  return { ...request, state: 'denied', status: 'Denied', movedAt: at, completedAt: at };
}

function noSuch(what: string): never {
  return refuse(404, 'ResourceNotFound', `The ${what} does not exist.`);
}
