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
  reviewedById: z.string().optional(),
  reviewedAt: z.string().optional(),
  justification: z.string().optional(),
});

const request = z.object({
  id: z.string(),
  type: z.enum(['userAdd', 'userUpdate', 'userRemove']),
  packageId: z.string(),
  requestorId: z.string(),
  targetId: z.string(),
  state: z.enum([
    'submitted',
    'pendingApproval',
    'scheduled',
    'delivering',
    'delivered',
    'denied',
    'canceled',
  ]),
  status: z.string(),
  justification: z.string(),
  answers: z.array(z.unknown()),
  startsAt: z.string().optional(),
  endsAt: z.string().optional(),
  createdAt: z.string(),
  completedAt: z.string().optional(),
  dueAt: z.string().optional(),
  stages: z.array(stage),
  assignmentId: z.string().optional(),
});

const assignment = z.object({
  id: z.string(),
  packageId: z.string(),
  targetId: z.string(),
  state: z.enum(['delivering', 'delivered', 'expired']),
  startsAt: z.string(),
  endsAt: z.string(),
  expiredAt: z.string().optional(),
});

const state = z.object({ requests: z.array(request), assignments: z.array(assignment) });

/** What an earlier run left in the world file. */
export function entitlementState(saved: unknown): EntitlementState {
  return state.parse(saved);
}
