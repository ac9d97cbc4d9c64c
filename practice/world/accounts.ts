import { z } from 'zod/v4';
import type { Person } from './people.js';
import type { Snapshot } from './snapshot.js';

/** A stronger sign-in that is asked of a person, for all scopes or for those named. */
export interface StepUp {
  readonly require: string;
  readonly scopes: readonly string[];
}

export interface Accounts {
  enabled(person: Person): boolean;
  setEnabled(person: Person, enabled: boolean): void;
  stepUp(personId: string): StepUp | undefined;
  setStepUp(personId: string, stepUp: StepUp | undefined): void;
}

const shape = z.object({
  enabled: z.record(z.string(), z.boolean()),
  stepUp: z.record(z.string(), z.object({ require: z.string(), scopes: z.array(z.string()) })),
});

// Kept apart from the list of people, which never changes: a reset only has to forget this.
export function createAccounts(snapshot: Snapshot): Accounts {
  let state: z.infer<typeof shape> = { enabled: {}, stepUp: {} };
  const changed = snapshot.part('accounts', {
    save: () => state,
    load: (saved) => {
      state = shape.parse(saved);
    },
    reset: () => {
      state = { enabled: {}, stepUp: {} };
    },
  });
  return {
    enabled: (person) => state.enabled[person.id] ?? person.accountEnabled,
    setEnabled: (person, enabled) => {
      state = { ...state, enabled: { ...state.enabled, [person.id]: enabled } };
      changed();
    },
    stepUp: (personId) => state.stepUp[personId],
    setStepUp: (personId, stepUp) => {
      const { [personId]: _, ...others } = state.stepUp;
      const mine = stepUp ? { [personId]: { ...stepUp, scopes: [...stepUp.scopes] } } : {};
      state = { ...state, stepUp: { ...others, ...mine } };
      changed();
    },
  };
}
