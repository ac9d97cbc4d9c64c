import type { AuditRow } from '../audits.js';
import type { ActivationRecord, PimRequest, PimState } from './records.js';

export type Logged = Omit<AuditRow, 'id'>;

/** What one step leads to: the new state, and what the audit log says about it. */
export interface Outcome {
  readonly state: PimState;
  readonly rows: readonly Logged[];
}

export function withRequest(state: PimState, request: PimRequest): PimState {
  const known = state.requests.some(({ id }) => id === request.id);
  const requests = known
    ? state.requests.map((old) => (old.id === request.id ? request : old))
    : [...state.requests, request];
  return { ...state, requests };
}

export function withActivation(state: PimState, activation: ActivationRecord): PimState {
  return { ...state, activations: [...state.activations, activation] };
}

export function withoutActivation(state: PimState, scheduleId: string): PimState {
  return { ...state, activations: state.activations.filter((each) => each.scheduleId !== scheduleId) };
}

export function iso(moment: number): string {
  return new Date(moment).toISOString();
}
