import { mayAskFor, policiesFor } from './eligibility.js';
import { checkedAnswers, type GivenAnswer } from './entitlement-answers.js';
import {
  type AnswerRecord,
  type AssignmentRecord,
  type EntitlementState,
  isHeld,
  openStates,
  type RequestRecord,
  type RequestType,
} from './entitlement-records.js';
import { groupById } from './groups.js';
import { newId } from './ids.js';
import { type AccessPackage, conflictingPackages, type Policy, packageById, policiesOf } from './packages.js';
import type { Person } from './people.js';
import { pauseMs } from './progress.js';
import { refuse } from './refusal.js';
import { directoryPerson } from './reviewed-people.js';
import type { Tenant } from './tenant.js';
import { type WishedTime, wishedSchedule } from './wished-schedule.js';

export interface NewRequest extends WishedTime {
  readonly type: RequestType;
  readonly packageId: string | undefined;
  readonly policyId: string | undefined;
  readonly targetId: string | undefined;
  readonly assignmentId: string | undefined;
  readonly justification: string;
  readonly answers: readonly GivenAnswer[];
}

/** What somebody wants for whom, once it is clear that they may. */
interface Wanted {
  readonly wish: NewRequest;
  readonly caller: Person;
  readonly target: Person;
  readonly found: AccessPackage;
  readonly policy: Policy;
}

const renewableMs = 14 * 86_400_000;

/** Files a request in the name of the person who asks, or refuses it the way Entra would. */
export function fileRequest(
  { entitlement, groupsOf }: Pick<Tenant, 'entitlement' | 'groupsOf'>,
  caller: Person,
  wish: NewRequest,
): RequestRecord {
  const targetId = (wish.targetId ?? caller.id).toLowerCase();
  // Memberships look at the state too, so they are read before it is changed.
  const groupIds = groupsOf(targetId, 'transitive').map(({ id }) => id);
  let filed: RequestRecord | undefined;
  entitlement.change((state, now) => {
    const record =
      wish.type === 'userRemove'
        ? removal(state, caller, wish, now)
        : addition(state, wantedBy(caller, targetId, wish), groupIds, now);
    filed = record;
    return { ...state, requests: [...state.requests, record] };
  });
  return filed ?? refuse(500, 'InternalServerError', 'The request was not filed.');
}

function wantedBy(caller: Person, targetId: string, wish: NewRequest): Wanted {
  const found =
    packageById(wish.packageId ?? '') ??
    refuse(404, 'ResourceNotFound', 'The access package does not exist.');
  const policyId = wish.policyId ?? invalid('assignment.assignmentPolicyId is missing.');
  const policy =
    policiesOf(found).find(({ id }) => id === policyId.toLowerCase()) ??
    refuse(404, 'ResourceNotFound', 'The assignment policy does not exist for this access package.');
  const target = directoryPerson(targetId) ?? unauthorized();
  if (target.id !== caller.id && !mayAskFor(policy, caller.id, target.id)) unauthorized();
  if (!policiesFor(found, target).includes(policy)) unauthorized();
  return { wish, caller, target, found, policy };
}

function addition(
  state: EntitlementState,
  wanted: Wanted,
  groupIds: readonly string[],
  now: number,
): RequestRecord {
  const { wish, caller, target, found, policy } = wanted;
  if (policy.justificationRequired && wish.justification.trim() === '')
    invalid('A justification is required by the policy.');
  refuseSecondRequest(state, found, target.id);
  const held = state.assignments.find(
    (each) => each.packageId === found.id && each.targetId === target.id && isHeld(each),
  );
  if (wish.type === 'userUpdate' && !held)
    refuse(404, 'ResourceNotFound', 'There is no assignment to update.');
  if (wish.type === 'userAdd' && held && Date.parse(held.endsAt) - now > renewableMs)
    refuse(400, 'ExistingGrant', 'The target already has an assignment to this access package.');
  // Otherwise one could slip out of an approval by extending under a policy that asks for none.
  if (held && held.policyId !== '' && held.policyId !== policy.id)
    refuse(400, 'ExistingGrant', 'The target has an assignment to this access package by another policy.');
  // Others may ask for somebody, but everybody extends only what is their own.
  if (held && target.id !== caller.id) unauthorized();
  if (!held) refuseConflict(state, found, target.id, groupIds);
  return {
    ...fresh(caller, wish, now),
    // Asking again near the end is a renewal of the same assignment.
    ...(held ? { type: 'userUpdate', assignmentId: held.id } : {}),
    targetId: target.id,
    packageId: found.id,
    policyId: policy.id,
    answers: checkedAnswers(policy, wish.answers, held ? answersOf(state, held) : []),
    ...wishedSchedule(policy, wish, now),
  };
}

function removal(state: EntitlementState, caller: Person, wish: NewRequest, now: number): RequestRecord {
  const held =
    state.assignments.find(({ id }) => id === wish.assignmentId?.toLowerCase()) ??
    refuse(404, 'ResourceNotFound', 'The assignment does not exist.');
  if (held.targetId !== caller.id) unauthorized();
  if (held.state === 'expired') invalid('The assignment has ended already.');
  if (!isHeld(held)) invalid(`An assignment in the state ${held.state} cannot be given back.`);
  const found = packageById(held.packageId);
  if (found) refuseSecondRequest(state, found, caller.id);
  const { packageId, policyId, id: assignmentId } = held;
  return { ...fresh(caller, wish, now), packageId, policyId, assignmentId };
}

function fresh(caller: Person, wish: NewRequest, now: number): Omit<RequestRecord, 'packageId' | 'policyId'> {
  const at = new Date(now).toISOString();
  return {
    id: newId(),
    type: wish.type,
    requestorId: caller.id,
    targetId: caller.id,
    state: 'submitted',
    status: 'Accepted',
    justification: wish.justification,
    answers: [],
    createdAt: at,
    movedAt: at,
    dueAt: new Date(now + pauseMs.beforeApproval).toISOString(),
    stages: [],
  };
}

function refuseSecondRequest(state: EntitlementState, wanted: AccessPackage, targetId: string): void {
  const open = state.requests.some(
    (request) =>
      request.packageId === wanted.id && request.targetId === targetId && openStates.includes(request.state),
  );
  if (open)
    refuse(400, 'ExistingOpenRequest', 'The target already has an open request for this access package.');
}

function refuseConflict(
  { assignments }: EntitlementState,
  wanted: AccessPackage,
  targetId: string,
  groupIds: readonly string[],
): void {
  const has = (packageId: string): boolean =>
    assignments.some((each) => each.packageId === packageId && each.targetId === targetId && isHeld(each));
  const other = conflictingPackages(wanted).find(({ id }) => has(id));
  if (other)
    refuse(
      400,
      'UserHasIncompatibleAssignment',
      `The user has an assignment to an incompatible access package: ${other.displayName}.`,
    );
  const groupId = wanted.conflictingGroupIds?.find((id) => groupIds.includes(id));
  if (groupId === undefined) return;
  const name = groupById(groupId)?.displayName ?? groupId;
  refuse(400, 'UserIsMemberOfIncompatibleGroup', `The user is a member of an incompatible group: ${name}.`);
}

/** What was answered when they got or extended it last. */
function answersOf({ requests }: EntitlementState, { id }: AssignmentRecord): readonly AnswerRecord[] {
  const made = requests.findLast(
    ({ assignmentId, type, state }) =>
      assignmentId === id && type !== 'userRemove' && /delivered$/i.test(state),
  );
  return made?.answers ?? [];
}

export function unauthorized(): never {
  return refuse(403, 'UnAuthorized', 'User is not authorized to perform the operation. Reason: Unauthorized');
}

function invalid(message: string): never {
  return refuse(400, 'InvalidRequest', message);
}
