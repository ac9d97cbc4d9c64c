import type { AuditActor, AuditTarget } from '../audits.js';
import { groups } from '../groups.js';
import { newId, stableId } from '../ids.js';
import { people } from '../people.js';
import { directoryPerson } from '../reviewed-people.js';
import { roles } from '../roles.js';
import { nameOf } from './catalogue.js';
import { iso, type Logged } from './outcome.js';
import type { ActivationRecord, PimKind, PimRequest, TargetRef } from './records.js';

const categories = { role: 'RoleManagement', group: 'GroupManagement', azure: 'ResourceManagement' } as const;
const service: AuditActor = { kind: 'app', id: '01fc33a7-78ba-4d2f-a4b7-768e336e890e', name: 'MS-PIM' };

export const activities = {
  requested: 'Add member to role requested (PIM activation)',
  approvalRequested: 'Add member to role approval requested (PIM activation)',
  approved: 'Add member to role request approved (PIM activation)',
  denied: 'Add member to role request denied (PIM activation)',
  canceled: 'Add member to role canceled (PIM activation)',
  completed: 'Add member to role completed (PIM activation)',
  expired: 'Remove member from role (PIM activation expired)',
  endRequested: 'Remove member from role requested (PIM deactivate)',
  endCompleted: 'Remove member from role completed (PIM deactivate)',
} as const;

interface Event {
  readonly activity: (typeof activities)[keyof typeof activities];
  readonly at: number;
  readonly by: AuditActor;
  readonly reason: string;
}

/** Somebody did something about their own request. */
export function ownRow(
  request: PimRequest,
  activity: Event['activity'],
  at: number,
  activation?: ActivationRecord,
): Logged {
  const by = person(request.principalId, request.ip);
  return row(request, { activity, at, by, reason: request.justification }, activation);
}

/** Somebody decided a request; the reason of the row is theirs. */
export function decisionRow(
  request: PimRequest,
  activity: Event['activity'],
  at: number,
  approver: { readonly id: string; readonly reason: string },
): Logged {
  return row(request, { activity, at, by: person(approver.id, ''), reason: approver.reason });
}

/** The window of an activation is over. */
export function expiredRow(request: PimRequest, activation: ActivationRecord, at: number): Logged {
  const event = { activity: activities.expired, at, by: service, reason: request.justification };
  return row(request, event, activation);
}

/** What the directory itself logs when the service carries a change out; Azure's roles are not in the directory. */
export function twin(
  change: 'Add' | 'Remove',
  { target, principalId, id }: PimRequest,
  at: number,
): readonly Logged[] {
  if (target.kind === 'azure') return [];
  return [
    {
      activity: twinActivity(change, target),
      at: iso(at),
      category: categories[target.kind],
      service: 'Core Directory',
      result: 'success',
      reason: '',
      by: service,
      targets: [personTarget(principalId), thing(target)],
      details: [],
      correlationId: stableId(`directory change for ${id} at ${at}`),
    },
  ];
}

/** Something that somebody did in the directory, with whatever rights they had. */
export function outsideRow({
  by,
  activity,
  target: { name, type },
  ok,
}: {
  readonly by: AuditActor;
  readonly activity: string;
  readonly target: { readonly name: string; readonly type: string };
  readonly ok: boolean;
}): Omit<Logged, 'at'> {
  const found = [...roles, ...groups, ...people].find(({ displayName }) => displayName === name);
  const target = { id: found?.id ?? stableId(`audited ${type} ${name}`), name, type };
  return {
    activity,
    category: outsideCategories.get(type.toLowerCase()) ?? 'Other',
    service: 'Core Directory',
    result: ok ? 'success' : 'failure',
    reason: ok ? '' : 'Insufficient privileges to complete the operation.',
    by,
    targets: name === '' ? [] : [target],
    details: [],
    correlationId: newId(),
  };
}

const outsideCategories = new Map([
  ['user', 'UserManagement'],
  ['group', 'GroupManagement'],
  ['role', 'RoleManagement'],
  ['application', 'ApplicationManagement'],
  ['serviceprincipal', 'ApplicationManagement'],
  ['policy', 'Policy'],
]);

export function person(id: string, ip: string): AuditActor {
  const found = directoryPerson(id);
  const { displayName: name = id, userPrincipalName = '' } = found ?? {};
  return { kind: 'user', id, name, userPrincipalName, ip };
}

function row(
  request: PimRequest,
  { activity, at, by, reason }: Event,
  activation?: ActivationRecord,
): Logged {
  const { id, target, principalId } = request;
  return {
    activity,
    at: iso(at),
    category: categories[target.kind],
    service: 'PIM',
    result: 'success',
    reason,
    by,
    targets: [thing(target), { type: 'Request', id, name: id }, personTarget(principalId)],
    details: details(request, activation),
    correlationId: stableId(`correlation of ${id}`),
  };
}

function details(request: PimRequest, activation?: ActivationRecord): Logged['details'] {
  const start = activation?.startsAt ?? request.startsAt ?? request.wishedStart;
  const end = start === undefined ? undefined : iso(Date.parse(start) + request.durationMs);
  const all: readonly (readonly [string, string | undefined])[] = [
    ['Justification', request.justification],
    ['StartTime', start],
    ['ExpirationTime', activation?.endsAt ?? end],
    ['IsActivationRequireApproval', String(request.step !== undefined)],
    ['RoleAssignmentRequestId', request.id],
    ['TicketNumber', request.ticketNumber],
    ['TicketSystem', request.ticketSystem],
    ['oid', request.principalId],
    ['ipaddr', request.ip],
  ];
  return all.flatMap(([key, value]) => (value ? [{ key, value }] : []));
}

function thing(target: TargetRef): AuditTarget {
  const name = nameOf(target)?.name ?? target.id;
  return { type: target.kind === 'group' ? 'Group' : 'Role', id: target.id, name };
}

function personTarget(id: string): AuditTarget {
  const found = directoryPerson(id);
  const { displayName: name = id, userPrincipalName } = found ?? {};
  return { type: 'User', id, name, userPrincipalName };
}

function twinActivity(change: 'Add' | 'Remove', { kind, scope }: TargetRef): string {
  const what = kind === 'group' && scope === 'owner' ? 'owner' : 'member';
  const where: Record<PimKind, string> = { role: 'role', group: 'group', azure: 'role' };
  return change === 'Add' ? `Add ${what} to ${where[kind]}` : `Remove ${what} from ${where[kind]}`;
}
