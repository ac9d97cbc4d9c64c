import type { Audits } from '../audits.js';
import type { PracticeClock } from '../clock.js';
import type { Events } from '../events.js';
import type { Person } from '../people.js';
import type { Snapshot } from '../snapshot.js';
import { firstSessions, managerKeyIn } from './directory-changes.js';
import type { Method, Preference } from './methods.js';
import { type Moment, type Outcome, preferenceIn } from './outcome.js';
import type { Pass } from './pass.js';
import { methodsIn, newRecovery, type RecoveryState, recoveryShape } from './state.js';

/** How people of this tenant sign in, and what helps those who cannot. */
export interface Recovery {
  state(): RecoveryState;
  moment(): Moment;
  /** One act: what it answers is handed on, what it logs goes into the audit log. */
  apply<T extends Outcome>(act: (state: RecoveryState, moment: Moment) => T): T;
  methods(personId: string): readonly Method[];
  preference(personId: string): Preference;
  /** None or one: a new pass takes the place of the old. */
  passes(personId: string): readonly Pass[];
  managerKey(person: Person): string;
  sessionsFrom(personId: string): string;
  hireDate(personId: string): string | undefined;
  /** When this standing role was taken from this person. */
  roleTakenAt(roleId: string, personId: string): number | undefined;
}

export interface RecoveryPorts {
  readonly clock: PracticeClock;
  readonly events: Events;
  readonly snapshot: Snapshot;
  readonly audits: Audits;
  readonly startedAt: () => Date;
}

export function createRecovery({ clock, events, snapshot, audits, startedAt }: RecoveryPorts): Recovery {
  let state = newRecovery(startedAt());
  const changed = snapshot.part('recovery', {
    save: () => state,
    load: (saved) => {
      state = recoveryShape.parse(saved);
    },
    reset: () => {
      state = newRecovery(startedAt());
    },
  });
  const moment = (): Moment => ({ now: clock.now().getTime(), startedAt: startedAt() });
  return {
    state: () => state,
    moment,
    apply: (act) => {
      const outcome = act(state, moment());
      state = outcome.state;
      for (const row of outcome.rows) audits.add(row);
      changed();
      events.publish({ kind: 'entra' });
      return outcome;
    },
    methods: (personId) => methodsIn(state, personId, startedAt()),
    preference: (personId) => preferenceIn(state, personId, startedAt()),
    passes: (personId) => state.passes.filter((pass) => pass.personId === personId),
    managerKey: (person) => managerKeyIn(state, person),
    sessionsFrom: (personId) => state.sessionsFrom[personId] ?? firstSessions,
    hireDate: (personId) => state.hireDates[personId],
    roleTakenAt: (roleId, personId) =>
      state.rolesTaken.find((taken) => taken.roleId === roleId && taken.personId === personId)?.at,
  };
}
