export type RequestState =
  | 'working'
  | 'not-done'
  | 'submitted'
  | 'waiting'
  | 'approved'
  | 'delivering'
  | 'delivered'
  | 'denied'
  | 'expired'
  | 'cancelled'
  | 'failed';

/** cards/packages/status: the requester's living card. Button where it ended badly: packages.open {package}. */
export interface StatusView {
  readonly state: RequestState;
  readonly packageId: string;
  readonly name: string;
  readonly reason: string;
  readonly askedAt: string;
  /** Names of those who can decide, or empty. */
  readonly waitingFor: string;
  readonly decidedBy: string;
  readonly decidedAt: string;
  readonly comment: string;
  readonly portalUrl: string;
  readonly reference: string;
}
