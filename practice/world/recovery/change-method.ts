import type { AuditActor } from '../audits.js';
import type { Person } from '../people.js';
import { methodWords, securityInfoRow } from './audit.js';
import { defaultMethod, fits, type Method, type Preference, secondFactors } from './methods.js';
import { type Moment, type Outcome, refuseMethod, withMethods, withReport } from './outcome.js';
import { methodsIn, type RecoveryState } from './state.js';

interface Doing {
  readonly about: Person;
  readonly by: AuditActor;
}

export function methodRegistered(
  state: RecoveryState,
  moment: Moment,
  { about, by, method }: Doing & { readonly method: Method },
): Outcome {
  const had = methodsIn(state, about.id, moment.startedAt);
  if (had.some((each) => each.id === method.id))
    refuseMethod(400, 'badRequest', 'The person has such a method already.');
  const next = withMethods(state, about.id, [...had, method], moment);
  const what = methodWords(method);
  const at = method.createdAt;
  return { state: next, rows: [securityInfoRow({ change: 'registered', what, about, by, at })] };
}

/** A password stays, and the default of several second factors goes last. */
export function methodDeleted(
  state: RecoveryState,
  moment: Moment,
  { about, by, kind, id }: Doing & { readonly kind: Method['kind'] | undefined; readonly id: string },
): Outcome {
  const had = methodsIn(state, about.id, moment.startedAt);
  const found = had.find((each) => each.id === id && (kind === undefined || each.kind === kind));
  if (!found) return refuseMethod(404, 'resourceNotFound', 'Authentication method was not found.');
  if (found.kind === 'password') refuseMethod(400, 'badRequest', 'A password cannot be deleted.');
  const isDefault = defaultMethod(had, state.preferred[about.id]) === found;
  if (isDefault && secondFactors(had).length > 1)
    refuseMethod(
      400,
      'badRequest',
      'The default authentication method cannot be deleted while the user has other methods.',
    );
  const left = had.filter((each) => each !== found);
  const what = methodWords(found);
  const at = new Date(moment.now).toISOString();
  const row = securityInfoRow({ change: 'deleted', what, about, by, at });
  return { state: withMethods(state, about.id, left, moment), rows: [row] };
}

export function defaultChanged(
  state: RecoveryState,
  moment: Moment,
  { about, by, preferred }: Doing & { readonly preferred: Preference },
): Outcome {
  const able = secondFactors(methodsIn(state, about.id, moment.startedAt));
  if (!able.some((method) => fits(method, preferred)))
    refuseMethod(400, 'badRequest', `The person has no method for "${preferred}".`);
  const next = { ...state, preferred: { ...state.preferred, [about.id]: preferred } };
  const at = new Date(moment.now).toISOString();
  const row = securityInfoRow({ change: 'changed default', what: `method to ${preferred}`, about, by, at });
  return { state: withReport(next, about.id, moment), rows: [row] };
}
