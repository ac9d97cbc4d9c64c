import { createHash } from 'node:crypto';
import { z } from 'zod/v4';
import type { Wish } from '../world/pim/submit.js';
import { refuse } from '../world/refusal.js';
import { badArmRequest } from './arm-call.js';
import { nameIn } from './arm-ids.js';

const text = z.string().nullish();

const shape = z.object({
  properties: z.object({
    principalId: z.string(),
    roleDefinitionId: z.string(),
    requestType: z.string(),
    linkedRoleEligibilityScheduleId: text,
    justification: text,
    scheduleInfo: z
      .object({
        startDateTime: text,
        expiration: z.object({ type: text, duration: text, endDateTime: text }).nullish(),
      })
      .nullish(),
    ticketInfo: z.object({ ticketNumber: text, ticketSystem: text }).nullish(),
  }),
});

/** What a body asks for, and the eligibility that it names. */
export interface PutRequest {
  readonly wish: Omit<Wish, 'id' | 'target' | 'validationOnly'>;
  /** GUID of the role definition. */
  readonly roleId: string;
  readonly eligibilityId: string | undefined;
  /** Two bodies that ask for the same have the same. */
  readonly fingerprint: string;
}

export function putRequest(body: unknown, scope: string): PutRequest {
  const parsed = shape.safeParse(body);
  if (!parsed.success) return badArmRequest('The request content was invalid and could not be deserialized.');
  const { properties } = parsed.data;
  const { linkedRoleEligibilityScheduleId: linked, scheduleInfo, ticketInfo } = properties;
  const asked = scheduleInfo?.expiration;
  return {
    roleId: nameIn(properties.roleDefinitionId),
    wish: {
      action: actionOf(properties.requestType),
      principalId: properties.principalId.toLowerCase(),
      justification: properties.justification ?? '',
      ticketNumber: ticketInfo?.ticketNumber ?? '',
      ticketSystem: ticketInfo?.ticketSystem ?? '',
      startDateTime: scheduleInfo?.startDateTime ?? undefined,
      expiration: asked
        ? {
            type: asked.type ?? undefined,
            duration: asked.duration ?? undefined,
            endDateTime: asked.endDateTime ?? undefined,
          }
        : undefined,
    },
    eligibilityId: linked ? nameIn(linked) : undefined,
    fingerprint: createHash('sha256')
      .update(JSON.stringify([scope.toLowerCase(), properties]))
      .digest('base64url'),
  };
}

function actionOf(requestType: string): Wish['action'] {
  if (/^selfActivate$/i.test(requestType)) return 'selfActivate';
  if (/^selfDeactivate$/i.test(requestType)) return 'selfDeactivate';
  if (/^admin/i.test(requestType)) {
    const message = 'The client does not have authorization to manage the access of others.';
    return refuse(403, 'AuthorizationFailed', message);
  }
  return badArmRequest(`The request type '${requestType}' cannot be used here.`);
}
