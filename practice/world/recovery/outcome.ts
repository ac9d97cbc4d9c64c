import type { AuditRow } from '../audits.js';
import { Refusal } from '../refusal.js';
import { defaultMethod, type Method, type Preference, preferenceOf, registeredNames } from './methods.js';
import { methodsIn, type RecoveryState } from './state.js';

/** When something happens, and when the world began. */
export interface Moment {
  readonly now: number;
  readonly startedAt: Date;
}

export type Logged = Omit<AuditRow, 'id'>;

/** What one act leads to: the new state, and what the audit log says about it. */
export interface Outcome {
  readonly state: RecoveryState;
  readonly rows: readonly Logged[];
}

/** A refusal in the way of the service for sign-in methods, which says its sentence twice. */
export function refuseMethod(status: number, code: string, message: string): never {
  throw new Refusal(status, code, message, { message });
}

export function withMethods(
  state: RecoveryState,
  personId: string,
  methods: readonly Method[],
  moment: Moment,
): RecoveryState {
  const next = { ...state, methods: { ...state.methods, [personId]: [...methods] } };
  return withReport(next, personId, moment);
}

/** What the report will say about somebody, once it has caught up. */
export function withReport(
  state: RecoveryState,
  personId: string,
  { now, startedAt }: Moment,
): RecoveryState {
  const methods = methodsIn(state, personId, startedAt);
  const passes = state.passes.some((pass) => pass.personId === personId) ? ['temporaryAccessPass'] : [];
  const registered = [...registeredNames(methods), ...passes];
  const preferred = preferenceIn(state, personId, startedAt);
  const entry = { personId, at: new Date(now).toISOString(), registered, preferred };
  return { ...state, reported: kept([...state.reported, entry], now - state.settings.reportDelayMs) };
}

// Of what the report has caught up with, only the newest of each person is still looked at.
function kept(all: RecoveryState['reported'], caughtUp: number): RecoveryState['reported'] {
  return all.filter(
    ({ personId, at }, index) =>
      Date.parse(at) > caughtUp ||
      !all.slice(index + 1).some((later) => later.personId === personId && Date.parse(later.at) <= caughtUp),
  );
}

/** The choice of the person as long as they have such a method, otherwise what Entra falls back to. */
export function preferenceIn(state: RecoveryState, personId: string, startedAt: Date): Preference {
  const chosen = state.preferred[personId];
  const method = defaultMethod(methodsIn(state, personId, startedAt), chosen);
  if (!method) return 'none';
  // A phone can be the default for calls as well as for messages.
  const called = chosen === 'voiceMobile' && method.kind === 'phone' && method.phoneType === 'mobile';
  return called ? 'voiceMobile' : preferenceOf(method);
}
