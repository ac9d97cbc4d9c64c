import type { AuditActor, AuditRow, AuditTarget } from './audits.js';
import type { EntitlementState, RequestRecord, StageRecord } from './entitlement-records.js';
import { stableId } from './ids.js';
import { packageById, policyOf } from './packages.js';
import { person as actor } from './pim/audit.js';
import { directoryPerson } from './reviewed-people.js';

const service: AuditActor = {
  kind: 'app',
  id: stableId('service principal of entitlement management'),
  name: 'Azure AD Identity Governance - Entitlement Management',
};

export const activities = {
  asked: 'User requests access package assignment',
  askedToExtend: 'User requests to extend access package assignment',
  askedToRemove: 'User requests to remove access package assignment',
  stageDone: 'Approval stage completed for access package assignment request',
  approved: 'Approve access package assignment request',
  autoApproved: 'Auto approve access package assignment request',
  denied: 'Deny access package assignment request',
  canceled: 'Cancel access package assignment request',
  fulfilled: 'Fulfill access package assignment request',
  partiallyFulfilled: 'Partially fulfill access package assignment request',
  failed: 'Failed access package assignment request',
  ready: 'Ready to fulfill access package assignment request',
  scheduled: 'Schedule a future access package assignment',
} as const;

type Row = Omit<AuditRow, 'id'>;

interface Event {
  readonly activity: (typeof activities)[keyof typeof activities];
  readonly at: string;
  readonly by: AuditActor;
  readonly reason: string;
}

/** What the audit log says about one change: found by looking at what has become of each request. */
export function entitlementRows(before: EntitlementState, after: EntitlementState): readonly Row[] {
  if (before.requests === after.requests) return [];
  const old = new Map(before.requests.map((request) => [request.id, request]));
  return after.requests.flatMap((request) => {
    const was = old.get(request.id);
    return was === request ? [] : eventsOf(was, request).map((event) => row(request, event));
  });
}

function eventsOf(was: RequestRecord | undefined, is: RequestRecord): readonly Event[] {
  if (!was) return [asked(is)];
  return [...decisions(was, is), ...freeApproval(was, is), ...moves(was, is)];
}

function asked({ type, requestorId, justification: reason, createdAt: at }: RequestRecord): Event {
  const activity = {
    userAdd: activities.asked,
    userUpdate: activities.askedToExtend,
    userRemove: activities.askedToRemove,
  }[type];
  return { activity, at, by: actor(requestorId, ''), reason };
}

function decisions(was: RequestRecord, is: RequestRecord): readonly Event[] {
  return is.stages.flatMap((stage, index) => {
    const news = stage.status === 'Completed' && was.stages[index]?.status === 'InProgress';
    return news ? [decision(is, stage, index)] : [];
  });
}

// Only the last stage approves the request; those before it are completed.
function decision(request: RequestRecord, stage: StageRecord, index: number): Event {
  const { reviewedById = '', reviewedAt = '', justification = '' } = stage;
  const last = index + 1 >= (policyOf(request)?.stages.length ?? 0);
  const passed = last ? activities.approved : activities.stageDone;
  const activity = stage.result === 'Denied' ? activities.denied : passed;
  return { activity, at: reviewedAt, by: actor(reviewedById, ''), reason: justification };
}

function freeApproval(was: RequestRecord, is: RequestRecord): readonly Event[] {
  const left = was.state === 'submitted' && (is.state === 'delivering' || is.state === 'scheduled');
  if (!left || is.type === 'userRemove') return [];
  return [{ activity: activities.autoApproved, at: is.movedAt, by: service, reason: '' }];
}

function moves(was: RequestRecord, is: RequestRecord): readonly Event[] {
  if (was.state === is.state) return [];
  const event = (activity: Event['activity'], by: AuditActor = service, reason = ''): readonly Event[] => [
    { activity, at: is.movedAt, by, reason },
  ];
  switch (is.state) {
    case 'scheduled':
      return event(activities.scheduled);
    case 'delivering':
      return event(activities.ready);
    case 'delivered':
      return event(activities.fulfilled);
    case 'partiallyDelivered':
      return event(activities.partiallyFulfilled, service, 'Some resources could not be assigned.');
    case 'deliveryFailed':
      return event(activities.failed, service, 'The resources could not be assigned.');
    case 'canceled':
      return event(activities.canceled, actor(is.requestorId, ''));
    case 'denied':
      // Somebody's denial has its row already; this one is for a stage that nobody decided.
      return is.status === 'Expired' ? event(activities.denied, service, 'Nobody decided in time.') : [];
    default:
      return [];
  }
}

function row(request: RequestRecord, { activity, at, by, reason }: Event): Row {
  const { id, packageId, targetId } = request;
  const name = packageById(packageId)?.displayName ?? packageId;
  return {
    activity,
    at,
    category: 'EntitlementManagement',
    service: 'Entitlement Management',
    result: activity === activities.failed ? 'failure' : 'success',
    reason,
    by,
    targets: [
      { type: 'Request', id, name: id },
      personTarget(targetId),
      { type: 'AccessPackage', id: packageId, name },
    ],
    details: [
      { key: 'RequestId', value: id },
      { key: 'AccessPackageId', value: packageId },
      ...(request.justification ? [{ key: 'Justification', value: request.justification }] : []),
    ],
    correlationId: stableId(`correlation of ${id}`),
  };
}

function personTarget(id: string): AuditTarget {
  const { displayName: name = id, userPrincipalName } = directoryPerson(id) ?? {};
  return { type: 'User', id, name, userPrincipalName };
}
