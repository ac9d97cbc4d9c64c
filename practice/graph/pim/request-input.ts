import { z } from 'zod/v4';
import type { TargetRef } from '../../world/pim/records.js';
import type { Wish } from '../../world/pim/submit.js';
import { refuse } from '../../world/refusal.js';
import { denied } from '../caller.js';
import { badRequest } from '../odata-query.js';
import type { Words } from './words.js';

const text = z.string().nullish();

const shape = z.object({
  action: z.string(),
  principalId: text,
  roleDefinitionId: text,
  directoryScopeId: text,
  appScopeId: text,
  groupId: text,
  accessId: text,
  justification: text,
  isValidationOnly: z.boolean().nullish(),
  scheduleInfo: z
    .object({
      startDateTime: text,
      expiration: z.object({ type: text, duration: text, endDateTime: text }).nullish(),
    })
    .nullish(),
  ticketInfo: z.object({ ticketNumber: text, ticketSystem: text }).nullish(),
});

type Body = z.infer<typeof shape>;

/** The body of a new schedule request. Names of enum members are read in any case, as Graph reads them. */
export function wishIn(body: unknown, words: Words): Wish {
  const parsed = shape.safeParse(body);
  if (!parsed.success) return badRequest(`The request body is not a ${words.types.request}.`);
  const { action, principalId, justification, isValidationOnly, scheduleInfo, ticketInfo } = parsed.data;
  const { type, duration, endDateTime } = scheduleInfo?.expiration ?? {};
  const does = actionOf(action);
  // An end needs no schedule, a beginning does.
  if (does === 'selfActivate' && !scheduleInfo)
    refuse(400, 'InvalidRoleAssignmentRequestSchedule', 'The schedule of the request is missing.');
  return {
    target: words.kind === 'role' ? roleIn(parsed.data) : groupIn(parsed.data),
    action: does,
    principalId: principalId ?? '',
    justification: justification ?? '',
    ticketNumber: ticketInfo?.ticketNumber ?? '',
    ticketSystem: ticketInfo?.ticketSystem ?? '',
    startDateTime: scheduleInfo?.startDateTime ?? undefined,
    expiration: {
      type: type ?? undefined,
      duration: duration ?? undefined,
      endDateTime: endDateTime ?? undefined,
    },
    validationOnly: isValidationOnly ?? false,
  };
}

function roleIn({ roleDefinitionId, directoryScopeId, appScopeId }: Body): TargetRef {
  if (!directoryScopeId || appScopeId)
    return refuse(400, 'InvalidScope', 'Exactly one of directoryScopeId and appScopeId must be given.');
  return { kind: 'role', id: roleDefinitionId?.toLowerCase() ?? '', scope: directoryScopeId };
}

function groupIn({ groupId, accessId }: Body): TargetRef {
  return { kind: 'group', id: groupId?.toLowerCase() ?? '', scope: accessId?.toLowerCase() ?? '' };
}

function actionOf(action: string): Wish['action'] {
  if (/^selfActivate$/i.test(action)) return 'selfActivate';
  if (/^selfDeactivate$/i.test(action)) return 'selfDeactivate';
  // The administrators' actions are real; nobody consented to them here.
  if (/^admin(Assign|Update|Remove|Extend|Renew)$/i.test(action)) return denied();
  return badRequest(`The action '${action}' cannot be used here.`);
}
