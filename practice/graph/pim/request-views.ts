import type { PracticeContext } from '../../context.js';
import { lengthText } from '../../world/pim/length.js';
import type { PimRequest } from '../../world/pim/records.js';
import { directoryPerson } from '../../world/reviewed-people.js';
import type { Version } from '../call.js';
import type { Entity } from '../entity.js';
import { usedSchedule } from './schedule-views.js';
import { principalEntity, type Words } from './words.js';

export function requestEntity(
  ctx: PracticeContext,
  words: Words,
  request: PimRequest,
  validationOnly = false,
): Entity {
  const { id, target, principalId, ticketNumber, ticketSystem } = request;
  const isTicket = ticketNumber !== '' || ticketSystem !== '';
  return {
    type: words.types.request,
    props: {
      id,
      // Graph has no word of its own for a request that nobody decided in time.
      status: request.status === 'TimedOut' ? 'Failed' : request.status,
      createdDateTime: request.createdAt,
      completedDateTime: request.completedAt ?? null,
      approvalId: request.step ? id : null,
      customData: null,
      action: request.action,
      principalId,
      ...words.props(target),
      isValidationOnly: validationOnly,
      targetScheduleId: words.id(target, request.scheduleId),
      justification: request.justification,
      createdBy: { application: null, device: null, user: { displayName: null, id: principalId } },
      scheduleInfo: scheduleInfo(request),
      ticketInfo: isTicket ? { ticketNumber, ticketSystem } : { ticketNumber: null, ticketSystem: null },
    },
    nav: {
      ...words.nav(ctx, target),
      principal: () => principalEntity(ctx, principalId),
      activatedUsing: () => usedSchedule(ctx, words, request),
    },
  };
}

/** An approval has the id of its request, and exactly one part, with an id of its own. */
export function approvalEntity(
  ctx: PracticeContext,
  request: PimRequest,
  callerId: string,
  version: Version,
): Entity {
  const part = (): readonly Entity[] => {
    const step = stepEntity(ctx, request, callerId);
    return step ? [step] : [];
  };
  // Beta shows the steps unasked.
  const { id } = request;
  if (version === 'beta')
    return { type: 'approval', props: { id, steps: part().map(({ props }) => props) }, nav: { steps: part } };
  return { type: 'approval', props: { id }, nav: { stages: part } };
}

export function stepEntity(ctx: PracticeContext, request: PimRequest, callerId: string): Entity | undefined {
  const { step } = request;
  if (!step) return undefined;
  const by = directoryPerson(step.reviewedById ?? '');
  return {
    type: 'approvalStage',
    props: {
      id: step.id,
      displayName: null,
      reviewedDateTime: step.reviewedAt ?? null,
      reviewResult: step.result,
      status: step.status,
      assignedToMe: ctx.tenant.pim.mayDecide(callerId, request),
      justification: step.justification,
      reviewedBy: by ? { id: by.id, displayName: by.displayName } : null,
    },
  };
}

function scheduleInfo({ action, startsAt, wishedStart, durationMs }: PimRequest): unknown {
  if (action === 'selfDeactivate') return null;
  return {
    startDateTime: startsAt ?? wishedStart ?? null,
    recurrence: null,
    expiration: { type: 'afterDuration', endDateTime: null, duration: lengthText(durationMs) },
  };
}
