import { type AppError, isAppError } from '../src/base/errors.js';
import { type Ids, shortReference } from '../src/base/ids.js';
import type { Log } from '../src/base/log.js';
import { botError } from './errors.js';

/** What a person may know of an error: no cause, no stack, and a reference that finds both in the log. */
export interface Problem {
  readonly error: AppError;
  readonly reference: string;
}

export type Explain = (thrown: unknown, about: { readonly verb: string; readonly person: string }) => Problem;

export function createExplain({ log, ids }: { log: Log; ids: Ids }): Explain {
  return (thrown, about) => {
    const error = isAppError(thrown) ? thrown : botError('bot.unexpected', thrown);
    const known = error.detail.reference;
    const reference = shortReference(typeof known === 'string' ? known : ids.guid());
    const fields = { code: error.code, reference, ...about };
    // A click that is turned away is ordinary; what we did not foresee is not.
    if (isAppError(thrown)) log.info(fields, 'a click was not carried out');
    else log.error({ ...fields, error: thrown }, 'a click failed');
    return { error, reference };
  };
}
