export type RequestState =
  | 'submitted'
  | 'pendingApproval'
  | 'scheduled'
  | 'delivering'
  | 'delivered'
  | 'denied'
  | 'canceled';

export type RequestType = 'userAdd' | 'userUpdate' | 'userRemove';

export interface StageRecord {
  readonly id: string;
  readonly displayName: string;
  readonly approverIds: readonly string[];
  readonly status: 'InProgress' | 'Completed' | 'Expired';
  readonly result: 'NotReviewed' | 'Approved' | 'Denied';
  readonly openedAt: string;
  readonly expiresAt: string;
  readonly reviewedById?: string | undefined;
  readonly reviewedAt?: string | undefined;
  readonly justification?: string | undefined;
}

export interface RequestRecord {
  readonly id: string;
  readonly type: RequestType;
  readonly packageId: string;
  readonly requestorId: string;
  readonly targetId: string;
  readonly state: RequestState;
  /** Finer than `state`; a text to show, as in Entra. */
  readonly status: string;
  readonly justification: string;
  readonly answers: readonly unknown[];
  /** Wished start and end, when the policy lets people choose. */
  readonly startsAt?: string | undefined;
  readonly endsAt?: string | undefined;
  readonly createdAt: string;
  readonly completedAt?: string | undefined;
  /** When the service moves this request on by itself. */
  readonly dueAt?: string | undefined;
  readonly stages: readonly StageRecord[];
  readonly assignmentId?: string | undefined;
}

export interface AssignmentRecord {
  readonly id: string;
  readonly packageId: string;
  readonly targetId: string;
  readonly state: 'delivering' | 'delivered' | 'expired';
  readonly startsAt: string;
  readonly endsAt: string;
  readonly expiredAt?: string | undefined;
}

export interface EntitlementState {
  readonly requests: readonly RequestRecord[];
  readonly assignments: readonly AssignmentRecord[];
}

export const openStates: readonly RequestState[] = [
  'submitted',
  'pendingApproval',
  'scheduled',
  'delivering',
];
