import type { VerifiedSender } from '../src/identity/actor.js';
import { type TeamsActivity, tenantsOf } from './activity.js';

/** The door has checked that every tenant named is ours, and who sent it. Nothing a card carries is asked. */
export function senderOf(activity: TeamsActivity): VerifiedSender {
  return {
    tenantId: tenantsOf(activity)[0] ?? '',
    objectId: activity.from.aadObjectId ?? '',
    name: activity.from.name ?? '',
    mri: activity.from.id,
  };
}

export function isPersonal(activity: TeamsActivity): boolean {
  return activity.conversation.conversationType === 'personal';
}
