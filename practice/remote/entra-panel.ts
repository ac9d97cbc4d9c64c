import type { PracticeContext } from '../context.js';
import type { AssignmentRecord, RequestRecord, StageRecord } from '../world/entitlement-records.js';
import { packageById, policyOf } from '../world/packages.js';
import { directoryPerson } from '../world/reviewed-people.js';
import { readableRecovery } from './recovery-panel.js';
import { readableReviews } from './review-panel.js';
import { readableRoles } from './role-panel.js';

/** What Entra holds, readable for a person who looks over the tenant's shoulder. */
export function entraPanel(ctx: PracticeContext): unknown {
  const { entitlement } = ctx.tenant;
  return {
    requests: entitlement.requests().map(readableRequest),
    assignments: entitlement.assignments().map(readableAssignment),
    reviews: readableReviews(ctx),
    roles: readableRoles(ctx),
    recovery: readableRecovery(ctx),
  };
}

function readableRequest(request: RequestRecord): unknown {
  return {
    id: request.id,
    package: packageName(request.packageId),
    policy: policyOf(request)?.displayName ?? '',
    type: request.type,
    requestor: name(request.requestorId),
    target: name(request.targetId),
    state: request.state,
    status: request.status,
    justification: request.justification,
    answers: request.answers.map(({ displayValue }) => displayValue),
    createdAt: request.createdAt,
    completedAt: request.completedAt ?? null,
    approvals: request.stages.map(readableStage),
  };
}

function readableStage(stage: StageRecord): unknown {
  return {
    id: stage.id,
    stage: stage.displayName,
    approvers: stage.approverIds.map(name),
    status: stage.status,
    result: stage.result,
    decidedBy: stage.reviewedById ? name(stage.reviewedById) : null,
    decidedAt: stage.reviewedAt ?? null,
    justification: stage.justification ?? null,
    openUntil: stage.expiresAt,
  };
}

function readableAssignment(assignment: AssignmentRecord): unknown {
  return {
    id: assignment.id,
    package: packageName(assignment.packageId),
    person: name(assignment.targetId),
    state: assignment.state,
    from: assignment.startsAt,
    until: assignment.expiredAt ?? assignment.endsAt,
  };
}

function name(personId: string): string {
  return directoryPerson(personId)?.displayName ?? personId;
}

function packageName(id: string): string {
  return packageById(id)?.displayName ?? id;
}
