import { newId } from '../ids.js';
import type { Person } from '../people.js';
import { refuse } from '../refusal.js';
import { directoryPerson } from '../reviewed-people.js';
import { activities, ownRow, twin } from './audit.js';
import { nameOf, sameTarget, sameText, scopeName } from './catalogue.js';
import type { Eligible } from './held.js';
import { iso, type Outcome, withoutActivation, withRequest } from './outcome.js';
import { checkContext, checkPolicy } from './policy.js';
import { openStep, released } from './progress.js';
import type { ActivationRecord, PimRequest, PimState, Target, TargetRef } from './records.js';
import { targetFor } from './seeds.js';
import { type Window, windowOf } from './window.js';

/** Who asks, and what their sign-in proves. */
export interface Asker {
  readonly person: Person;
  /** Authentication contexts that the token has satisfied. */
  readonly acrs: readonly string[];
  /** The token says that its client can answer a claims challenge (`xms_cc` has `cp1`). */
  readonly cp1: boolean;
  readonly ip: string;
}

export interface Wish {
  readonly target: TargetRef;
  /** Azure takes the id of the request from who asks; the others make one. */
  readonly id?: string | undefined;
  readonly action: 'selfActivate' | 'selfDeactivate';
  readonly principalId: string;
  readonly justification: string;
  readonly ticketSystem: string;
  readonly ticketNumber: string;
  /** As it came over the wire. */
  readonly startDateTime?: string | undefined;
  readonly expiration?:
    | {
        readonly type?: string | undefined;
        readonly duration?: string | undefined;
        readonly endDateTime?: string | undefined;
      }
    | undefined;
  /** Only the checks, nothing is stored. */
  readonly validationOnly: boolean;
}

/** One call, and what the world knows about whoever makes it. */
export interface Submission {
  readonly state: PimState;
  readonly now: number;
  readonly asker: Asker;
  readonly wish: Wish;
  /** What they can activate now. */
  readonly eligible: readonly Eligible[];
}

export interface Submitted extends Outcome {
  readonly request: PimRequest;
}

const shortestMs = 300_000;

export function submitted(submission: Submission): Submitted {
  const { state, asker, wish } = submission;
  checkPrincipal(asker, wish);
  checkNew(state, wish);
  const target = targetFor(state, wish.target) ?? noSuchTarget(wish.target);
  return wish.action === 'selfActivate' ? activation(submission, target) : deactivation(submission, target);
}

function activation(submission: Submission, target: Target): Submitted {
  const { state, now, wish } = submission;
  const eligible = submission.eligible.find((each) => sameTarget(each.target, target)) ?? doesNotExist();
  const window = checkedWindow(submission, target, eligible);
  const plain = newRequest(submission, { ...eligible, ...window });
  if (wish.validationOnly) return { state, request: { ...plain, status: 'Granted' }, rows: [] };
  if (target.rules.approvers === undefined) return atOnce(state, plain, now);
  const request: PimRequest = { ...plain, status: 'PendingApproval', step: openStep(now) };
  const rows = [activities.requested, activities.approvalRequested].map((each) => ownRow(request, each, now));
  return { state: withRequest(state, request), request, rows };
}

function atOnce(state: PimState, plain: PimRequest, now: number): Submitted {
  const outcome = released(state, plain, now, state.settings.submitLagMs);
  const request = outcome.state.requests.find(({ id }) => id === plain.id) ?? plain;
  return { ...outcome, request, rows: [ownRow(plain, activities.requested, now), ...outcome.rows] };
}

// In the order in which Entra looks: what is there already, then the schedule, the policy, and the sign-in last.
function checkedWindow({ state, now, asker, wish }: Submission, target: Target, eligible: Eligible): Window {
  if (running(state, wish, now)) refuse(400, 'RoleAssignmentExists', 'The Role assignment already exists.');
  if (state.requests.some((each) => isSame(each, wish) && open.has(each.status)))
    refuse(
      400,
      'PendingRoleAssignmentRequest',
      'There is already an existing pending Role assignment request.',
    );
  const window = windowOf(wish, target.rules.longest, now);
  // A stronger sign-in is one with a second factor as well.
  const hasMfa = asker.acrs.length > 0 || !state.settings.withoutMfa.includes(asker.person.id);
  checkPolicy(target.rules, { wish, window, hasMfa, eligible, now });
  checkContext(target.rules, asker);
  return window;
}

function deactivation(submission: Submission, target: Target): Submitted {
  const { state, now, wish } = submission;
  const found = running(state, { ...wish, target }, now) ?? doesNotExist();
  if (now - Date.parse(found.startsAt) < shortestMs) {
    // The spelling is Entra's.
    const message = 'The Active duration is too short. Miniumum Required is 5 minutes.';
    refuse(400, 'ActiveDurationTooShort', message);
  }
  const { scheduleId, eligibilityId } = found;
  const plain = newRequest(submission, { scheduleId: eligibilityId, start: now, durationMs: 0 });
  const request: PimRequest = {
    ...plain,
    scheduleId,
    status: 'Revoked',
    startsAt: iso(now),
    completedAt: iso(now),
  };
  if (wish.validationOnly) return { state, request: { ...request, status: 'Granted' }, rows: [] };
  const rows = [activities.endRequested, activities.endCompleted].map((each) =>
    ownRow(request, each, now, found),
  );
  return {
    state: withRequest(withoutActivation(state, scheduleId), request),
    request,
    rows: [...rows, ...twin('Remove', request, now)],
  };
}

function newRequest(
  { now, asker, wish }: Submission,
  { scheduleId, start, durationMs }: Window & { readonly scheduleId: string },
): PimRequest {
  const { kind, id, scope } = wish.target;
  return {
    id: wish.id?.toLowerCase() ?? newId(),
    target: { kind, id: id.toLowerCase(), scope },
    action: wish.action,
    principalId: asker.person.id,
    status: 'Provisioned',
    createdAt: iso(now),
    justification: wish.justification,
    ticketSystem: wish.ticketSystem,
    ticketNumber: wish.ticketNumber,
    ...(start === undefined ? {} : { wishedStart: iso(start) }),
    durationMs,
    scheduleId: newId(),
    eligibilityId: scheduleId,
    ip: asker.ip,
  };
}

const open = new Set<PimRequest['status']>(['PendingApproval', 'Granted', 'PendingProvisioning']);

function running(
  { activations }: PimState,
  wish: Pick<Wish, 'target' | 'principalId'>,
  now: number,
): ActivationRecord | undefined {
  return activations.find((each) => isSame(each, wish) && Date.parse(each.startsAt) <= now);
}

function isSame(
  a: { readonly target: TargetRef; readonly principalId: string },
  b: { readonly target: TargetRef; readonly principalId: string },
): boolean {
  return sameText(a.principalId, b.principalId) && sameTarget(a.target, b.target);
}

function checkPrincipal({ person }: Asker, { principalId }: Wish): void {
  if (sameText(principalId, person.id)) return;
  if (!directoryPerson(principalId)) refuse(400, 'SubjectNotFound', 'The subject is not found.');
  refuse(403, 'Authorization_RequestDenied', 'Insufficient privileges to complete the operation.');
}

// Only Azure lets its callers name a request, and whoever names one again must not replace it.
function checkNew({ requests }: PimState, { id }: Wish): void {
  if (id !== undefined && requests.some((each) => sameText(each.id, id)))
    refuse(409, 'Conflict', 'A request with this id exists already.');
}

function noSuchTarget(ref: TargetRef): never {
  if (nameOf(ref) && scopeName(ref) === undefined)
    refuse(400, 'InvalidScope', `The scope '${ref.scope}' is invalid.`);
  if (ref.kind === 'group') refuse(400, 'ResourceNotFound', 'The resource is not found.');
  return refuse(400, 'RoleNotFound', 'The role is not found.');
}

function doesNotExist(): never {
  return refuse(400, 'RoleAssignmentDoesNotExist', 'The Role assignment does not exist.');
}
