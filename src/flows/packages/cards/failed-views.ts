/**
 * cards/packages/failed: a delivery that failed, for those who answer for the package. Button:
 * packages.reprocess {request}.
 */
export interface FailedView {
  readonly state: 'failed' | 'partly' | 'working' | 'trying' | 'delivered' | 'closed';
  /** It was given back, and is not taken away; otherwise: given, and not set up. */
  readonly removal: boolean;
  readonly request: string;
  readonly name: string;
  readonly person: string;
  readonly reason: string;
  readonly askedAt: string;
  readonly failedAt: string;
  /** Until when Entra can try again, or empty. */
  readonly until: string;
  /** Entra's own word for what happened, or empty. */
  readonly status: string;
  readonly canRetry: boolean;
  readonly problem: string;
  readonly portalUrl: string;
  readonly reference: string;
}
