import type { PracticeContext } from '../context.js';
import { mayDecide } from '../world/decide-request.js';
import type { AssignmentRecord, RequestRecord, StageRecord } from '../world/entitlement-records.js';
import { stableId } from '../world/ids.js';
import { packageById, policyOf } from '../world/packages.js';
import { type Person, personById } from '../world/people.js';
import { assignmentIdOf } from '../world/progress.js';
import { directoryPerson } from '../world/reviewed-people.js';
import type { Version } from './call.js';
import type { Entity } from './entity.js';
import { packageEntity } from './package-views.js';
import { policyEntity, questionProps } from './policy-views.js';

const dayMs = 86_400_000;

/** Its id is not the object id of the person: as in Entra, `objectId` is. */
export function subjectEntity(personId: string, known = true): Entity {
  const person = known ? directoryPerson(personId) : undefined;
  return {
    type: 'accessPackageSubject',
    props: {
      id: stableId(`entitlement subject ${personId}`),
      objectId: personId,
      displayName: person?.displayName ?? null,
      email: person?.mail ?? null,
      principalName: person?.userPrincipalName ?? null,
      onPremisesSecurityIdentifier: null,
      subjectType: 'user',
      subjectLifecycle: person?.userType === 'Guest' ? 'governed' : 'notDefined',
    },
    nav: { connectedOrganization: () => undefined },
  };
}

export function requestEntity(ctx: PracticeContext, request: RequestRecord): Entity {
  return {
    type: 'accessPackageAssignmentRequest',
    props: {
      id: request.id,
      requestType: request.type,
      state: request.state,
      status: request.status,
      createdDateTime: request.createdAt,
      completedDateTime: request.completedAt ?? null,
      justification: request.justification,
      answers: answers(request),
      customExtensionCalloutInstances: [],
      schedule: schedule(request.startsAt, request.endsAt),
    },
    nav: {
      requestor: () => subjectEntity(request.requestorId),
      accessPackage: () => packageNav(request.packageId),
      assignment: () => assignmentOf(ctx, request),
    },
  };
}

export function assignmentEntity(ctx: PracticeContext, assignment: AssignmentRecord): Entity {
  const { targetId, state } = assignment;
  return {
    type: 'accessPackageAssignment',
    props: {
      id: assignment.id,
      state,
      status: statusOf(assignment, ctx.clock.now().getTime()),
      expiredDateTime: assignment.expiredAt ?? null,
      schedule: schedule(assignment.startsAt, assignment.endsAt),
      customExtensionCalloutInstances: [],
    },
    // While Entra is still delivering it does not fill in who the target is.
    nav: assignmentNav(assignment, () => subjectEntity(targetId, state !== 'delivering')),
  };
}

export function approvalEntity(request: RequestRecord, caller: Person, version: Version): Entity {
  const stages = (): Entity[] => request.stages.map((stage) => stageEntity(request, stage, caller));
  const nav: Entity['nav'] = version === 'beta' ? { steps: stages } : { stages };
  return { type: 'approval', props: { id: request.id }, nav };
}

export function stageEntity(request: RequestRecord, stage: StageRecord, caller: Person): Entity {
  const reviewer = personById(stage.reviewedById ?? '');
  return {
    type: 'approvalStage',
    props: {
      id: stage.id,
      displayName: stage.displayName,
      status: stage.status,
      reviewResult: stage.result,
      justification: stage.justification ?? '',
      assignedToMe: mayDecide(request, stage, caller),
      reviewedBy: reviewer
        ? {
            id: reviewer.id,
            displayName: reviewer.displayName,
            userPrincipalName: reviewer.userPrincipalName,
          }
        : null,
      reviewedDateTime: stage.reviewedAt ?? null,
    },
  };
}

// Before delivery Entra shows the assignment-to-be: it has an id and a target, but no state of its own yet.
function assignmentOf(ctx: PracticeContext, request: RequestRecord): Entity {
  const id = assignmentIdOf(request);
  const assignment = ctx.tenant.entitlement.assignments().find((candidate) => candidate.id === id);
  if (assignment) return assignmentEntity(ctx, assignment);
  const empty = {
    state: null,
    status: null,
    expiredDateTime: null,
    schedule: null,
    customExtensionCalloutInstances: [],
  };
  return {
    type: 'accessPackageAssignment',
    props: { id, ...empty },
    nav: assignmentNav(request, () => subjectEntity(request.targetId)),
  };
}

function assignmentNav(
  record: Pick<AssignmentRecord, 'packageId' | 'policyId'>,
  target: () => Entity,
): NonNullable<Entity['nav']> {
  return {
    target,
    accessPackage: () => packageNav(record.packageId),
    assignmentPolicy: () => {
      const [found, policy] = [packageById(record.packageId), policyOf(record)];
      return found && policy && policyEntity(found, policy);
    },
  };
}

function answers(request: RequestRecord): unknown {
  const questions = policyOf(request)?.questions ?? [];
  return request.answers.flatMap(({ questionId, value, displayValue }) => {
    const index = questions.findIndex(({ id }) => id === questionId);
    const question = questions[index];
    if (!question) return [];
    const answeredQuestion = questionProps(question, index);
    return [
      { '@odata.type': '#microsoft.graph.accessPackageAnswerString', value, displayValue, answeredQuestion },
    ];
  });
}

function packageNav(id: string): Entity | undefined {
  const found = packageById(id);
  return found && packageEntity(found);
}

function statusOf({ state, endsAt }: AssignmentRecord, now: number): string {
  const other = otherStatuses[state];
  if (other) return other;
  return Date.parse(endsAt) - now < dayMs ? 'NearExpiry1DayNotificationTriggered' : 'Delivered';
}

const otherStatuses: Partial<Record<AssignmentRecord['state'], string>> = {
  delivering: 'Delivering',
  partiallyDelivered: 'PartiallyDelivered',
  deliveryFailed: 'DeliveryFailed',
  expired: 'ExpiredNotificationTriggered',
};

function schedule(startsAt: string | undefined, endsAt: string | undefined): unknown {
  const type = endsAt ? 'afterDateTime' : 'notSpecified';
  return {
    startDateTime: startsAt ?? null,
    recurrence: null,
    expiration: { type, endDateTime: endsAt ?? null, duration: null },
  };
}
