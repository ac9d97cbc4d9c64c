import type { PracticeContext } from '../../context.js';
import type { Eligible, Holding } from '../../world/pim/held.js';
import type { ActivationRecord } from '../../world/pim/records.js';
import type { Entity } from '../entity.js';
import { principalEntity, type Words } from './words.js';

/** What has been planned for somebody, before, while and after it shows as an instance. */
export interface Planned
  extends Pick<Holding, 'target' | 'scheduleId' | 'principalId' | 'startsAt' | 'endsAt'> {
  readonly memberType: string;
  readonly assignmentType: Holding['assignmentType'];
  readonly requestId: string | undefined;
  readonly status: 'Provisioned' | 'Granted';
  readonly eligibilityId: string | undefined;
}

type Found = Pick<Eligible, 'target' | 'principalId'>;

export function eligibleInstance(ctx: PracticeContext, words: Words, found: Eligible): Entity {
  const { target, instanceId, scheduleId, startsAt, endsAt, memberType } = found;
  return {
    type: words.types.eligibleInstance,
    props: {
      id: words.id(target, instanceId),
      ...about(words, found),
      startDateTime: startsAt,
      endDateTime: endsAt ?? null,
      memberType: words.word(memberType),
      [words.names.eligibleScheduleId]: words.id(target, scheduleId),
    },
    nav: nav(ctx, words, found),
  };
}

export function eligibleSchedule(ctx: PracticeContext, words: Words, found: Eligible): Entity {
  const { target, scheduleId, startsAt, endsAt, memberType } = found;
  return {
    type: words.types.eligibleSchedule,
    props: {
      id: words.id(target, scheduleId),
      ...about(words, found),
      ...made(startsAt, undefined),
      status: 'Provisioned',
      memberType: words.word(memberType),
      scheduleInfo: scheduleInfo(startsAt, endsAt),
    },
    nav: nav(ctx, words, found),
  };
}

export function instance(ctx: PracticeContext, words: Words, found: Holding): Entity {
  const { target, instanceId, scheduleId, startsAt, endsAt, memberType, assignmentType } = found;
  // Only the directory knows where an assignment came from; for groups there is no such property.
  const origin = words.kind === 'role' ? { roleAssignmentOriginId: instanceId } : {};
  return {
    type: words.types.instance,
    props: {
      id: words.id(target, instanceId),
      ...about(words, found),
      startDateTime: startsAt,
      endDateTime: endsAt ?? null,
      memberType: words.word(memberType),
      assignmentType: words.word(assignmentType),
      ...origin,
      [words.names.scheduleId]: words.id(target, scheduleId),
    },
    nav: { ...nav(ctx, words, found), activatedUsing: () => usedInstance(ctx, words, found) },
  };
}

export function schedule(ctx: PracticeContext, words: Words, found: Planned): Entity {
  const { target, scheduleId, startsAt, endsAt, memberType, assignmentType, requestId, status } = found;
  return {
    type: words.types.schedule,
    props: {
      id: words.id(target, scheduleId),
      ...about(words, found),
      ...made(startsAt, requestId),
      status,
      memberType: words.word(memberType),
      assignmentType: words.word(assignmentType),
      scheduleInfo: scheduleInfo(startsAt, endsAt),
    },
    nav: { ...nav(ctx, words, found), activatedUsing: () => usedSchedule(ctx, words, found) },
  };
}

export function plannedFrom(found: Holding): Planned {
  return { ...found, requestId: undefined, status: 'Provisioned' };
}

/** An activation that is yet to begin. */
export function plannedAhead(found: ActivationRecord): Planned {
  return { ...found, memberType: 'Direct', assignmentType: 'Activated', status: 'Granted' };
}

function about(words: Words, { target, principalId }: Found): Readonly<Record<string, unknown>> {
  return { principalId, ...words.props(target) };
}

function nav(ctx: PracticeContext, words: Words, { target, principalId }: Found): NonNullable<Entity['nav']> {
  return { ...words.nav(ctx, target), principal: () => principalEntity(ctx, principalId) };
}

interface Used {
  readonly principalId: string;
  readonly eligibilityId?: string | undefined;
}

/** The eligibility that an activation used: instances name an instance, schedules and requests a schedule. */
export function usedSchedule(ctx: PracticeContext, words: Words, used: Used): Entity | undefined {
  const found = eligibilityOf(ctx, words, used);
  return found && eligibleSchedule(ctx, words, found);
}

function usedInstance(ctx: PracticeContext, words: Words, used: Used): Entity | undefined {
  const found = eligibilityOf(ctx, words, used);
  return found && eligibleInstance(ctx, words, found);
}

function eligibilityOf(
  { tenant }: PracticeContext,
  { kind }: Words,
  { principalId, eligibilityId }: Used,
): Eligible | undefined {
  return tenant.pim.eligible(kind, principalId).find(({ scheduleId }) => scheduleId === eligibilityId);
}

function made(at: string, requestId: string | undefined): Readonly<Record<string, unknown>> {
  return { createdDateTime: at, modifiedDateTime: at, createdUsing: requestId ?? null };
}

function scheduleInfo(startsAt: string, endsAt: string | undefined): unknown {
  const type = endsAt === undefined ? 'noExpiration' : 'afterDateTime';
  return {
    startDateTime: startsAt,
    recurrence: null,
    expiration: { type, endDateTime: endsAt ?? null, duration: null },
  };
}
