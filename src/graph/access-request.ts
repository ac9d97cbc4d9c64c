import type {
  AccessPackageAssignment,
  AccessPackageAssignmentRequest,
  AccessPackageSubject,
  ApprovalStage,
  Identity,
} from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { type AnswerInfo, answersShape } from './access-question.js';
import { noSchedule, scheduleShape } from './access-schedule.js';
import { flag, id, member, type Shape, text, time } from './fields.js';
import { parseAs } from './parse.js';

export interface RequestInfo {
  readonly id: string;
  readonly type: string;
  /** submitted, pendingApproval, delivering, delivered, deliveryFailed, denied, scheduled, canceled, partiallyDelivered. */
  readonly state: string;
  /** Finer, and free text: to show or to search in, not to branch on. */
  readonly status: string;
  readonly packageId: string;
  readonly packageName: string;
  /** Object id of the person. */
  readonly requestorId: string;
  readonly requestorName: string;
  /** Undefined where the reader may not see policies, or Entra did not say. */
  readonly policyId: string | undefined;
  readonly assignmentId: string | undefined;
  readonly justification: string;
  readonly answers: readonly AnswerInfo[];
  /** As they were wished for, each empty where nothing was. */
  readonly startsAt: string;
  readonly endsAt: string;
  /** Whose access it is about: the requestor, where Entra does not name somebody else. */
  readonly targetId: string;
  readonly targetName: string;
  /** Empty right after submission: Entra has not dated it yet. */
  readonly createdAt: string;
  readonly completedAt: string | undefined;
}

export interface StageInfo {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly result: string;
  /** Whether whoever reads this may decide it. */
  readonly assignedToMe: boolean;
  readonly justification: string;
  readonly reviewedBy: { readonly id: string; readonly name: string } | undefined;
  readonly reviewedAt: string | undefined;
}

const states = [
  'submitted',
  'pendingApproval',
  'delivering',
  'delivered',
  'deliveryFailed',
  'denied',
  'scheduled',
  'canceled',
  'partiallyDelivered',
] as const;

/** `id` of a subject is a record of its own; the person is `objectId`. */
const unnamed = { objectId: undefined, displayName: '' };
export const subjectShape = z
  .object({ objectId: id, displayName: text } satisfies Shape<AccessPackageSubject>)
  .catch(unnamed);

const nothing = { id: undefined };
const assignmentShape = z
  .object({
    id,
    assignmentPolicy: z.object({ id }).catch(nothing),
    target: subjectShape,
  } satisfies Shape<AccessPackageAssignment>)
  .catch({ id: undefined, assignmentPolicy: nothing, target: unnamed });

const requestShape = z
  .object({
    id: z.string().min(1),
    requestType: text,
    state: member(states),
    status: text,
    justification: text,
    answers: answersShape,
    schedule: scheduleShape.catch(noSchedule),
    createdDateTime: text,
    completedDateTime: time,
    requestor: subjectShape,
    accessPackage: z.object({ id, displayName: text }).catch({ id: undefined, displayName: '' }),
    assignment: assignmentShape,
  } satisfies Shape<AccessPackageAssignmentRequest>)
  .transform((request): RequestInfo => {
    const { requestor, assignment } = request;
    const target = assignment.target.objectId === undefined ? requestor : assignment.target;
    return {
      id: request.id.toLowerCase(),
      type: request.requestType,
      state: request.state,
      status: request.status,
      packageId: request.accessPackage.id ?? '',
      packageName: request.accessPackage.displayName,
      requestorId: requestor.objectId ?? '',
      requestorName: requestor.displayName,
      policyId: assignment.assignmentPolicy.id,
      assignmentId: assignment.id,
      justification: request.justification,
      answers: request.answers,
      startsAt: request.schedule.startsAt,
      endsAt: request.schedule.endsAt,
      targetId: target.objectId ?? '',
      targetName: target.displayName,
      createdAt: request.createdDateTime,
      completedAt: request.completedDateTime,
    };
  });

const reviewerShape = z
  .object({ id, displayName: text } satisfies Shape<Identity>)
  .catch({ id: undefined, displayName: '' });

const stageShape = z
  .object({
    id: z.string().min(1),
    displayName: text,
    status: member(['Initializing', 'InProgress', 'Completed', 'Expired']),
    reviewResult: member(['NotReviewed', 'Approved', 'Denied']),
    assignedToMe: flag,
    justification: text,
    reviewedBy: reviewerShape,
    reviewedDateTime: time,
  } satisfies Shape<ApprovalStage>)
  .transform(
    ({ reviewedBy: by, ...stage }): StageInfo => ({
      id: stage.id,
      name: stage.displayName,
      status: stage.status,
      // Before a stage begins Entra may leave the result empty.
      result: stage.reviewResult === '' ? 'NotReviewed' : stage.reviewResult,
      assignedToMe: stage.assignedToMe,
      justification: stage.justification,
      reviewedBy: by.id === undefined ? undefined : { id: by.id, name: by.displayName },
      reviewedAt: stage.reviewedDateTime,
    }),
  );

export const asRequest = parseAs(requestShape, 'request for an access package');
export const asStage = parseAs(stageShape, 'stage of an approval');
