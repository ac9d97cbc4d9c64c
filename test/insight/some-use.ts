import { day } from '../../src/base/clock.js';
import type { Held, RequestInfo } from '../../src/graph/entitlement.js';

export const now = new Date('2026-11-21T12:00:00Z');
export const ago = (days: number): string => new Date(now.getTime() - days * day).toISOString();

export function held(personId: string, more: Partial<Held> = {}): Held {
  return {
    id: `a-${personId}`,
    state: 'delivered',
    status: 'Delivered',
    packageId: 'p1',
    packageName: 'AI',
    policyId: 'policy',
    personId,
    personName: personId,
    startsAt: ago(200),
    endsAt: '',
    ...more,
  };
}

export function request(id: string, more: Partial<RequestInfo> = {}): RequestInfo {
  return {
    id,
    type: 'userAdd',
    state: 'delivered',
    status: 'Delivered',
    packageId: 'p1',
    packageName: 'AI',
    requestorId: id,
    requestorName: id,
    targetId: id,
    targetName: id,
    policyId: 'policy',
    assignmentId: undefined,
    justification: '',
    answers: [],
    startsAt: '',
    endsAt: '',
    createdAt: ago(10),
    completedAt: ago(9),
    ...more,
  };
}
