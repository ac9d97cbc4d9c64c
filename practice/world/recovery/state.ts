import { z } from 'zod/v4';
import { type Method, methodShape, type Preference, preferences } from './methods.js';
import { passPolicyShape, passShape, usualPolicy } from './pass.js';
import { seededMethods } from './seeds.js';
import { seededSignIns, signInShape } from './sign-in-log.js';

const settingsShape = z.object({
  /** How long the report of registrations lags behind. */
  reportDelayMs: z.number(),
  signInDelayMs: z.number(),
  /** Items of one page of that report and of the sign-ins. */
  page: z.int(),
  /** Reading methods counts for the limit of reports too. */
  methodsLimited: z.boolean(),
  /** How many people of the archive the report of registrations has too. */
  archived: z.int(),
});

const reported = z.object({
  personId: z.string(),
  at: z.string(),
  registered: z.array(z.string()),
  preferred: z.enum(preferences),
});
/** What somebody had registered from a moment on, as the report words it. */
export type Reported = z.infer<typeof reported>;

export const recoveryShape = z.object({
  settings: settingsShape,
  policy: passPolicyShape,
  /** By person, where they are no longer what this world began with. */
  methods: z.record(z.string(), z.array(methodShape)),
  preferred: z.record(z.string(), z.enum(preferences)),
  passes: z.array(passShape),
  /** Oldest first. */
  reported: z.array(reported),
  signIns: z.array(signInShape),
  sessionsFrom: z.record(z.string(), z.string()),
  /** By person, where it is no longer the one this world began with; empty for none. */
  managers: z.record(z.string(), z.object({ key: z.string(), at: z.string() })),
  hireDates: z.record(z.string(), z.string()),
  /** Roles taken from those who stood in them: role, person, when. */
  rolesTaken: z.array(z.object({ roleId: z.string(), personId: z.string(), at: z.number() })),
});
export type RecoveryState = z.infer<typeof recoveryShape>;
export type RecoverySettings = z.infer<typeof settingsShape>;

export function newRecovery(startedAt: Date): RecoveryState {
  return {
    settings: {
      reportDelayMs: 3_600_000,
      signInDelayMs: 15_000,
      page: 1_000,
      methodsLimited: false,
      archived: 0,
    },
    policy: usualPolicy,
    methods: {},
    preferred: {},
    passes: [],
    reported: [],
    signIns: seededSignIns(startedAt),
    sessionsFrom: {},
    managers: {},
    hireDates: {},
    rolesTaken: [],
  };
}

export function methodsIn(state: RecoveryState, personId: string, startedAt: Date): readonly Method[] {
  return state.methods[personId] ?? seededMethods(personId, startedAt);
}

export function preferredIn(state: RecoveryState, personId: string): Preference | undefined {
  return state.preferred[personId];
}
