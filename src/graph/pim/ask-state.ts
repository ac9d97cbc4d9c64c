import type { AskState } from './activating.js';

const minuteMs = 60_000;

/** The words of Graph and of Azure; they differ in upper and lower case, too. */
const states: Readonly<Record<string, AskState>> = {
  pendingapproval: 'waiting',
  pendingapprovalprovisioning: 'waiting',
  pendingadmindecision: 'waiting',
  accepted: 'provisioning',
  adminapproved: 'provisioning',
  granted: 'provisioning',
  pendingevaluation: 'provisioning',
  pendingexternalprovisioning: 'provisioning',
  pendingprovisioning: 'provisioning',
  pendingschedulecreation: 'provisioning',
  provisioningstarted: 'provisioning',
  schedulecreated: 'provisioning',
  provisioned: 'active',
  denied: 'denied',
  admindenied: 'denied',
  canceled: 'cancelled',
  timedout: 'expired',
  expired: 'expired',
  failed: 'failed',
  failedasresourceislocked: 'failed',
  invalid: 'failed',
  revoked: 'revoked',
  pendingrevocation: 'revoked',
};

/**
 * Granted is said of what is about to begin and of what begins some day; the start tells them apart. It is measured
 * from when it was asked for, by the service's own clock.
 */
export function askState(
  status: string,
  times: { createdAt: string; startsAt: string | undefined },
): AskState {
  const state = states[status.toLowerCase()] ?? 'other';
  if (state !== 'provisioning' || times.startsAt === undefined) return state;
  const ahead = Date.parse(times.startsAt) - Date.parse(times.createdAt);
  return ahead > minuteMs ? 'scheduled' : state;
}
