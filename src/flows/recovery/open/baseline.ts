import { isAppError } from '../../../base/errors.js';
import type { GraphReader } from '../../../graph/graph.js';
import { methodsOf } from '../../../graph/recovery/recovery.js';
import type { Turn } from '../../turn.js';

/** What they sign in with now. That list is busy on bad days, and what is new can be told by its date as well. */
export async function baselineOf(
  { services, reference }: Turn,
  reader: GraphReader,
  personId: string,
): Promise<readonly string[]> {
  try {
    return (await methodsOf(reader, personId)).map(({ id }) => id);
  } catch (error) {
    if (!isAppError(error)) throw error;
    services.log.warn({ error, reference }, 'the sign-in methods at the opening of a case could not be read');
    return [];
  }
}
