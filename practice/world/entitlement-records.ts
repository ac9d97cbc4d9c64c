import type { DeliveryFailure } from './packages.js';

export type RequestState =
  | 'submitted'
  | 'pendingApproval'
  | 'scheduled'
  | 'delivering'
  | 'delivered'
  | 'partiallyDelivered'
  | 'deliveryFailed'
  | 'denied'
  | 'canceled';

export type RequestType = 'userAdd' | 'userUpdate' | 'userRemove';

export interface AnswerRecord {
  readonly questionId: string;
  readonly value: string;
  readonly displayValue: string;
}

export interface StageRecord {
  readonly id: string;
  readonly displayName: string;
  readonly approverIds: readonly string[];
  readonly status: 'InProgress' | 'Completed' | 'Expired';
  readonly result: 'NotReviewed' | 'Approved' | 'Denied';
  readonly openedAt: string;
  readonly expiresAt: string;
  /** When others may decide too; absent once they may, or when nobody else ever may. */
  readonly escalatesAt?: string | undefined;
  readonly reviewedById?: string | undefined;
  readonly reviewedAt?: string | undefined;
  readonly justification?: string | undefined;
}

export interface RequestRecord {
  readonly id: string;
  readonly type: RequestType;
  readonly packageId: string;
  readonly policyId: string;
  readonly requestorId: string;
  readonly targetId: string;
  readonly state: RequestState;
  /** Finer than `state`; a text to show, as in Entra. */
  readonly status: string;
  readonly justification: string;
  readonly answers: readonly AnswerRecord[];
  /** Wished start and end, when the policy lets people choose. */
  readonly startsAt?: string | undefined;
  readonly endsAt?: string | undefined;
  readonly createdAt: string;
  /** When it came into its state. */
  readonly movedAt: string;
  readonly completedAt?: string | undefined;
  /** When the service moves this request on by itself. */
  readonly dueAt?: string | undefined;
  readonly stages: readonly StageRecord[];
  readonly assignmentId?: string | undefined;
}

export interface AssignmentRecord {
  readonly id: string;
  readonly packageId: string;
  readonly policyId: string;
  readonly targetId: string;
  readonly state: 'delivering' | 'delivered' | 'partiallyDelivered' | 'deliveryFailed' | 'expired';
  readonly startsAt: string;
  readonly endsAt: string;
  readonly expiredAt?: string | undefined;
}

export interface EntitlementState {
  readonly requests: readonly RequestRecord[];
  readonly assignments: readonly AssignmentRecord[];
  /** By the id of a package, where the remote control said so. */
  readonly failures: Readonly<Record<string, DeliveryFailure>>;
}

export const openStates: readonly RequestState[] = [
  'submitted',
  'pendingApproval',
  'scheduled',
  'delivering',
];

/** Whether somebody has it now, even if not all of it works. */
export function isHeld({ state }: AssignmentRecord): boolean {
  return state === 'delivered' || state === 'partiallyDelivered';
}
