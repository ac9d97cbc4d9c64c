import { type RequestInfo, requestById } from '../../../graph/entitlement.js';
import { isNotFound } from '../../../graph/errors.js';
import type { HouseServices } from '../../turn.js';

/** With the bot's own token. Undefined: Entra does not know it any more. */
export async function readOrGone(services: HouseServices, id: string): Promise<RequestInfo | undefined> {
  try {
    return await requestById(services.graph.reader(services.ids.guid()), id);
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
