import type { AuditActor } from '../audits.js';
import { newId } from '../ids.js';
import type { Person } from '../people.js';
import { methodRegistered } from './change-method.js';
import type { Method } from './methods.js';
import type { Moment, Outcome } from './outcome.js';
import { hashOf, type Pass, type Usability, usability } from './pass.js';
import { type SignIn, withSignIn } from './sign-in-log.js';
import type { RecoveryState } from './state.js';

export interface PassSignIn {
  readonly about: Person;
  readonly code: string;
  readonly groupIds: readonly string[];
  readonly register: Method | undefined;
  readonly by: AuditActor;
  readonly from: Pick<SignIn, 'ip' | 'city' | 'country'>;
}

export interface Tried extends Outcome {
  /** Empty: it worked. */
  readonly failure: string;
}

/** Somebody types the code at the sign-in page, and may then register a method of their own. */
export function passTried(state: RecoveryState, moment: Moment, attempt: PassSignIn): Tried {
  const pass = state.passes.find(({ personId }) => personId === attempt.about.id);
  const problem = problemWith(state, moment, attempt, pass);
  const signedIn = logged(state, moment, attempt, problem);
  if (problem || !pass) return { state: signedIn, rows: [], failure: problem?.failure ?? '' };
  const used = { ...pass, usedAt: new Date(moment.now).toISOString() };
  const next = {
    ...signedIn,
    passes: signedIn.passes.map((each) => (each === pass ? used : each)),
  };
  const { about, by, register } = attempt;
  if (!register) return { state: next, rows: [], failure: '' };
  return { ...methodRegistered(next, moment, { about, by, method: register }), failure: '' };
}

interface Problem {
  readonly errorCode: number;
  readonly failure: string;
}

function problemWith(
  { policy }: RecoveryState,
  { now }: Moment,
  { code, groupIds }: PassSignIn,
  pass: Pass | undefined,
): Problem | undefined {
  if (!pass) return { errorCode: 130_502, failure: 'There is no Temporary Access Pass for this person.' };
  // Somebody who guesses learns nothing about a pass whose code they do not know.
  if (hashOf(code.trim()) !== pass.codeHash)
    return { errorCode: 130_502, failure: 'That is not the code of the Temporary Access Pass.' };
  return problems[usability(pass, { policy, groupIds, now })];
}

const problems: Readonly<Record<Usability, Problem | undefined>> = {
  EnabledByPolicy: undefined,
  DisabledByPolicy: {
    errorCode: 130_501,
    failure: 'The policy of this tenant does not let this person sign in with a Temporary Access Pass.',
  },
  Expired: { errorCode: 130_503, failure: 'The Temporary Access Pass has expired.' },
  NotYetValid: { errorCode: 130_502, failure: 'The Temporary Access Pass is not valid yet.' },
  OneTimeUsed: {
    errorCode: 130_504,
    failure: 'The Temporary Access Pass was for one sign-in and has been used.',
  },
};

function logged(
  state: RecoveryState,
  { now }: Moment,
  { about, from }: PassSignIn,
  problem: Problem | undefined,
): RecoveryState {
  const signIn: SignIn = {
    id: newId(),
    personId: about.id,
    at: new Date(now).toISOString(),
    app: 'My Signins',
    ...from,
    ...{ errorCode: problem?.errorCode ?? 0, failure: problem?.failure ?? '' },
    ...{ risk: 'none', riskState: 'none' },
  };
  return { ...state, signIns: withSignIn(state.signIns, signIn) };
}
