import { isAppError } from '../../../base/errors.js';
import type { HouseServices } from '../../turn.js';

/** What makes a card better, and must not keep it from being shown. */
export async function orElse<T>(
  { log }: Pick<HouseServices, 'log'>,
  read: () => Promise<T>,
  otherwise: T,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!isAppError(error)) throw error;
    log.warn({ error }, 'a part of a card could not be read');
    return otherwise;
  }
}
