import type { AuditActor } from '../audits.js';
import type { Person } from '../people.js';
import { directoryPersonByKey } from '../reviewed-people.js';
import { directoryRow, target } from './audit.js';
import type { Moment, Outcome } from './outcome.js';
import type { RecoveryState } from './state.js';

/** Every session that began before now has to sign in again. */
export function sessionsRevoked(
  state: RecoveryState,
  { now }: Moment,
  { about, by }: { readonly about: Person; readonly by: AuditActor },
): Outcome {
  const at = new Date(now).toISOString();
  const changed = [
    {
      name: 'StsRefreshTokensValidFrom',
      before: JSON.stringify([state.sessionsFrom[about.id] ?? firstSessions]),
      after: JSON.stringify([at]),
    },
  ];
  return {
    state: { ...state, sessionsFrom: { ...state.sessionsFrom, [about.id]: at } },
    rows: [directoryRow('Update StsRefreshTokenValidFrom Timestamp', { about, by, at, changed })],
  };
}

/** Before anybody revoked anything. */
export const firstSessions = '2024-01-08T08:00:00Z';

export interface ManagerChange {
  readonly about: Person;
  /** Empty: nobody any more. */
  readonly managerKey: string;
  readonly by: AuditActor;
  readonly at: string;
  /** The directory logs it in the one way or the other. */
  readonly as: 'Set user manager' | 'Update user';
}

export function managerChanged(state: RecoveryState, change: ManagerChange): Outcome {
  const { about, managerKey, by, at, as } = change;
  const before = directoryPersonByKey(managerKeyIn(state, about));
  const after = directoryPersonByKey(managerKey);
  const changed = [
    { name: 'Manager', before: JSON.stringify(before?.id ?? ''), after: JSON.stringify(after?.id ?? '') },
  ];
  const also = as === 'Set user manager' && after ? [target(after)] : [];
  const activity = as === 'Set user manager' && !after ? 'Remove user manager' : as;
  return {
    state: { ...state, managers: { ...state.managers, [about.id]: { key: managerKey, at } } },
    rows: [directoryRow(activity, { about, by, at, changed, also })],
  };
}

/** The key of somebody's manager today; empty for none. */
export function managerKeyIn({ managers }: RecoveryState, { id, managerKey = '' }: Person): string {
  return managers[id]?.key ?? managerKey;
}
