import { z } from 'zod/v4';
import type { EntitlementState } from './entitlement-records.js';

const stage = z.object({
  id: z.string(),
  displayName: z.string(),
  approverIds: z.array(z.string()),
  status: z.enum(['InProgress', 'Completed', 'Expired']),
  result: z.enum(['NotReviewed', 'Approved', 'Denied']),
  openedAt: z.string(),
  expiresAt: z.string(),
  escalatesAt: z.string().optional(),
  reviewedById: z.string().optional(),
  reviewedAt: z.string().optional(),
  justification: z.string().optional(),
});

const answer = z.object({ questionId: z.string(), value: z.string(), displayValue: z.string() });

const request = z.object({
  id: z.string(),
  type: z.enum(['userAdd', 'userUpdate', 'userRemove']),
  packageId: z.string(),
  policyId: z.string().default(''),
  requestorId: z.string(),
  targetId: z.string(),
  state: z.enum([
    'submitted',
    'pendingApproval',
    'scheduled',
    'delivering',
    'delivered',
    'partiallyDelivered',
    'deliveryFailed',
    'denied',
    'canceled',
  ]),
  status: z.string(),
  justification: z.string(),
  answers: z.array(answer).catch([]),
  startsAt: z.string().optional(),
  endsAt: z.string().optional(),
  createdAt: z.string(),
  movedAt: z.string().default(''),
  completedAt: z.string().optional(),
  dueAt: z.string().optional(),
  stages: z.array(stage),
  assignmentId: z.string().optional(),
});

const assignment = z.object({
  id: z.string(),
  packageId: z.string(),
  policyId: z.string().default(''),
  targetId: z.string(),
  state: z.enum(['delivering', 'delivered', 'partiallyDelivered', 'deliveryFailed', 'expired']),
  startsAt: z.string(),
  endsAt: z.string(),
  expiredAt: z.string().optional(),
});

const state = z.object({
  requests: z.array(request),
  assignments: z.array(assignment),
  failures: z.record(z.string(), z.enum(['failed', 'partial', ''])).default({}),
});

/** What an earlier run left in the world file. */
export function entitlementState(saved: unknown): EntitlementState {
  return state.parse(saved);
}
