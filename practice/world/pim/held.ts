import { stableId } from '../ids.js';
import { roles } from '../roles.js';
import { sameText } from './catalogue.js';
import type { ActivationRecord, EligibleRecord, PimKind, PimState, Target, TargetRef } from './records.js';

/** One principal and what it can activate. */
export interface Eligible {
  readonly target: TargetRef;
  /** Of the instance; another one than the schedule's. */
  readonly instanceId: string;
  readonly scheduleId: string;
  readonly principalId: string;
  readonly principalKind: 'user' | 'group';
  /** They have it because they are in a group that has it. */
  readonly memberType: 'Direct' | 'Group';
  readonly startsAt: string;
  readonly endsAt: string | undefined;
}

/** Somebody, or an app, has it now. */
export interface Holding {
  readonly target: TargetRef;
  readonly instanceId: string;
  readonly scheduleId: string;
  readonly principalId: string;
  readonly principalKind: 'user' | 'service' | 'group';
  readonly memberType: 'Direct' | 'Group';
  readonly assignmentType: 'Activated' | 'Assigned';
  readonly startsAt: string;
  /** Undefined: it stands. */
  readonly endsAt: string | undefined;
  /** The eligibility that an activation used. */
  readonly eligibilityId: string | undefined;
}

/** Who has what without having asked for it. */
export interface Standing {
  roleHolders(roleId: string): readonly { readonly id: string; readonly kind: 'user' | 'service' }[];
  standingMembers(groupId: string): readonly string[];
  ownersByHand(groupId: string): readonly string[];
  /** Members, with those of nested groups and those for a time. */
  everybodyIn(groupId: string): readonly string[];
}

/** Eligibilities in their time: all as they were given, or those of one person with what their groups have. */
export function eligibleNow(
  { eligible }: PimState,
  standing: Standing,
  now: number,
  { kind, principalId }: { readonly kind: PimKind; readonly principalId?: string | undefined },
): readonly Eligible[] {
  const current = eligible.filter((each) => each.target.kind === kind && isIn(each, now));
  if (principalId === undefined) return current.map((each) => asGiven(each));
  return current.flatMap((each) => {
    if (each.principalKind === 'user') return sameText(each.principalId, principalId) ? [asGiven(each)] : [];
    return standing.everybodyIn(each.principalId).includes(principalId)
      ? [throughGroup(each, principalId)]
      : [];
  });
}

/** What shows as assigned: activations once reads have caught up, and what stands. */
export function heldNow(
  { activations }: PimState,
  standing: Standing,
  now: number,
  kind: PimKind,
  planned: readonly Target[],
): readonly Holding[] {
  const activated = activations
    .filter((each) => each.target.kind === kind && isIn(each, now) && Date.parse(each.visibleAt) <= now)
    .map(asActivated);
  return [...activated, ...standingOf(kind, standing, planned)];
}

/** Activations that have reached the thing itself. */
export function working({ activations }: PimState, now: number): readonly ActivationRecord[] {
  return activations.filter((each) => isIn(each, now) && Date.parse(each.worksAt) <= now);
}

function standingOf(kind: PimKind, standing: Standing, planned: readonly Target[]): readonly Holding[] {
  if (kind === 'azure') return [];
  if (kind === 'role') {
    return roles.flatMap(({ id }) =>
      standing
        .roleHolders(id)
        .map((holder) => stands({ kind, id, scope: '/' }, { id: holder.id, kind: holder.kind })),
    );
  }
  // Only groups that somebody has set up are known to the service.
  const known = new Set(planned.filter((each) => each.kind === 'group').map(({ id }) => id));
  return [...known].flatMap((id) => [
    ...standing.standingMembers(id).map((person) => standsIn(id, 'member', person)),
    ...standing.ownersByHand(id).map((person) => standsIn(id, 'owner', person)),
  ]);
}

function standsIn(groupId: string, access: 'member' | 'owner', personId: string): Holding {
  return stands({ kind: 'group', id: groupId, scope: access }, { id: personId, kind: 'user' });
}

function stands(
  target: TargetRef,
  { id, kind }: { readonly id: string; readonly kind: 'user' | 'service' },
): Holding {
  const name = `${id} has ${target.kind} ${target.id} ${target.scope}`;
  return {
    target,
    instanceId: stableId(`standing instance: ${name}`),
    scheduleId: stableId(`standing schedule: ${name}`),
    principalId: id,
    principalKind: kind,
    memberType: 'Direct',
    assignmentType: 'Assigned',
    startsAt: '2024-11-04T08:00:00.000Z',
    endsAt: undefined,
    eligibilityId: undefined,
  };
}

function asActivated(each: ActivationRecord): Holding {
  const { target, instanceId, scheduleId, principalId, startsAt, endsAt, eligibilityId } = each;
  const kinds = { principalKind: 'user', memberType: 'Direct', assignmentType: 'Activated' } as const;
  return { target, instanceId, scheduleId, principalId, startsAt, endsAt, eligibilityId, ...kinds };
}

function asGiven(record: EligibleRecord): Eligible {
  const { id, target, principalId, principalKind, startsAt, endsAt } = record;
  const instanceId = stableId(`instance of ${id} for ${principalId}`);
  const memberType = 'Direct';
  return { target, instanceId, scheduleId: id, principalId, principalKind, memberType, startsAt, endsAt };
}

function throughGroup(record: EligibleRecord, personId: string): Eligible {
  const given = asGiven({ ...record, principalId: personId, principalKind: 'user' });
  return { ...given, memberType: 'Group' };
}

function isIn(
  each: { readonly startsAt: string; readonly endsAt?: string | undefined },
  now: number,
): boolean {
  return Date.parse(each.startsAt) <= now && !(Date.parse(each.endsAt ?? '') <= now);
}
