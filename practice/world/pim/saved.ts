import { z } from 'zod/v4';
import type { PimState } from './records.js';

const target = z.object({ kind: z.enum(['role', 'group', 'azure']), id: z.string(), scope: z.string() });
const approver = z.object({ kind: z.enum(['user', 'group']), id: z.string() });

const rules = z.object({
  longest: z.string(),
  enabled: z.array(z.enum(['Justification', 'Ticketing', 'MultiFactorAuthentication'])),
  context: z.string(),
  // What is undefined does not come through JSON: without the key, nobody approves.
  approvers: z
    .array(approver)
    .optional()
    .transform((list): readonly z.infer<typeof approver>[] | undefined => list),
  approverReason: z.boolean(),
});

const step = z.object({
  id: z.string(),
  status: z.enum(['InProgress', 'Completed', 'Expired']),
  result: z.enum(['NotReviewed', 'Approved', 'Denied']),
  openedAt: z.string(),
  expiresAt: z.string(),
  justification: z.string(),
  reviewedById: z.string().optional(),
  reviewedAt: z.string().optional(),
});

const request = z.object({
  id: z.string(),
  target,
  action: z.enum(['selfActivate', 'selfDeactivate']),
  principalId: z.string(),
  status: z.enum([
    ...(['PendingApproval', 'Granted', 'PendingProvisioning', 'Provisioned'] as const),
    ...(['Denied', 'Canceled', 'TimedOut', 'Revoked'] as const),
  ]),
  createdAt: z.string(),
  completedAt: z.string().optional(),
  justification: z.string(),
  ticketSystem: z.string(),
  ticketNumber: z.string(),
  startsAt: z.string().optional(),
  wishedStart: z.string().optional(),
  durationMs: z.number(),
  scheduleId: z.string(),
  eligibilityId: z.string(),
  step: step.optional(),
  dueAt: z.string().optional(),
  ip: z.string(),
});

const activation = z.object({
  target,
  scheduleId: z.string(),
  instanceId: z.string(),
  requestId: z.string(),
  eligibilityId: z.string(),
  principalId: z.string(),
  startsAt: z.string(),
  endsAt: z.string(),
  visibleAt: z.string(),
  worksAt: z.string(),
});

const shape = z.object({
  settings: z.object({
    readLagMs: z.number(),
    readyLagMs: z.number(),
    provisionLagMs: z.number(),
    submitLagMs: z.number(),
    wrapErrors: z.boolean().optional(),
    withoutMfa: z.array(z.string()),
  }),
  rules: z.record(z.string(), rules),
  eligible: z.array(
    z.object({
      id: z.string(),
      target,
      principalKind: z.enum(['user', 'group']),
      principalId: z.string(),
      startsAt: z.string(),
      endsAt: z.string().optional(),
    }),
  ),
  requests: z.array(request),
  activations: z.array(activation),
});

/** What an earlier run left in the world file. */
export function loadedPim(saved: unknown): PimState {
  return shape.parse(saved);
}
