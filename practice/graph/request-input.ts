import { z } from 'zod/v4';
import type { NewRequest } from '../world/new-request.js';
import { refuse } from '../world/refusal.js';
import { badRequest } from './odata-query.js';

const text = z.string().nullish();

const answer = z
  .object({ value: text, displayValue: text, answeredQuestion: z.object({ id: z.string() }) })
  .transform(({ value, displayValue, answeredQuestion }) => ({
    questionId: answeredQuestion.id,
    value: value ?? '',
    displayValue: displayValue ?? '',
  }));

// The flat ids in `assignment` are in no typed SDK, but they are what the service takes.
const shape = z.object({
  requestType: z.string(),
  assignment: z
    .object({ id: text, accessPackageId: text, assignmentPolicyId: text, targetId: text })
    .nullish(),
  justification: text,
  answers: z.array(answer).nullish(),
  schedule: z
    .object({
      startDateTime: text,
      expiration: z.object({ type: text, endDateTime: text, duration: text }).nullish(),
    })
    .nullish(),
});

const types = new Map<string, NewRequest['type']>([
  ['useradd', 'userAdd'],
  ['userupdate', 'userUpdate'],
  ['userremove', 'userRemove'],
]);

/** The body of a new assignment request. Names of enum members are read in any case, as Graph reads them. */
export function newRequest(body: unknown): NewRequest {
  const parsed = shape.safeParse(body);
  if (!parsed.success) return badRequest('The request body is not an accessPackageAssignmentRequest.');
  const { requestType, assignment, justification, answers, schedule } = parsed.data;
  return {
    type: types.get(requestType.toLowerCase()) ?? otherType(requestType),
    packageId: assignment?.accessPackageId ?? undefined,
    policyId: assignment?.assignmentPolicyId ?? undefined,
    targetId: assignment?.targetId ?? undefined,
    assignmentId: assignment?.id ?? undefined,
    justification: justification ?? '',
    answers: answers ?? [],
    startsAt: schedule?.startDateTime ?? undefined,
    endsAt: schedule?.expiration?.endDateTime ?? undefined,
    duration: schedule?.expiration?.duration ?? undefined,
  };
}

function otherType(requestType: string): never {
  // The administrators' kinds are real, but nobody in this tenant holds a role that may use them.
  if (/^(admin(Add|Update|Remove))$/i.test(requestType)) {
    refuse(403, 'UnAuthorized', 'User is not authorized to perform the operation. Reason: Unauthorized');
  }
  return badRequest(`The request type '${requestType}' cannot be used here.`);
}
