import type {
  AccessPackageAssignment,
  AccessPackageAssignmentRequest,
  AccessPackageSubject,
  ApprovalStage,
  Identity,
} from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
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
const subjectShape = z
  .object({ objectId: id, displayName: text } satisfies Shape<AccessPackageSubject>)
  .catch({ objectId: undefined, displayName: '' });

const nothing = { id: undefined };
const assignmentShape = z
  .object({
    id,
    assignmentPolicy: z.object({ id }).catch(nothing),
  } satisfies Shape<AccessPackageAssignment>)
  .catch({ id: undefined, assignmentPolicy: nothing });

const requestShape = z
  .object({
    id: z.string().min(1),
    requestType: text,
    state: member(states),
    status: text,
    justification: text,
    createdDateTime: text,
    completedDateTime: time,
    requestor: subjectShape,
    accessPackage: z.object({ id, displayName: text }).catch({ id: undefined, displayName: '' }),
    assignment: assignmentShape,
  } satisfies Shape<AccessPackageAssignmentRequest>)
  .transform(
    (request): RequestInfo => ({
      id: request.id.toLowerCase(),
      type: request.requestType,
      state: request.state,
      status: request.status,
      packageId: request.accessPackage.id ?? '',
      packageName: request.accessPackage.displayName,
      requestorId: request.requestor.objectId ?? '',
      requestorName: request.requestor.displayName,
      policyId: request.assignment.assignmentPolicy.id,
      assignmentId: request.assignment.id,
      justification: request.justification,
      createdAt: request.createdDateTime,
      completedAt: request.completedDateTime,
    }),
  );

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
