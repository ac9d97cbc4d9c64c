import { day } from '../../../base/clock.js';
import { type SignInSeen, signInsOf } from '../../../graph/recovery/recovery.js';
import type { HouseServices } from '../../turn.js';
import type { MethodChange } from './change-in.js';

/**
 * Where the address is from which it was done: whoever did it has signed in from there. The log of sign-ins lags too,
 * and nobody waits for it: then the address alone has to do.
 */
export async function placeOf(services: HouseServices, { byId, ip, at }: MethodChange): Promise<string> {
  if (byId === '' || ip === '') return '';
  try {
    const reader = services.graph.reader(services.ids.guid());
    return placeIn(await signInsOf(reader, byId, new Date(at - day)), ip);
  } catch (error) {
    services.log.warn({ error }, 'where a sign-in method was changed from could not be read');
    return '';
  }
}

export function placeIn(signIns: readonly SignInSeen[], ip: string): string {
  const found = signIns.find((each) => each.ip === ip && (each.city !== '' || each.country !== ''));
  return found === undefined ? '' : [found.city, found.country].filter((part) => part !== '').join(', ');
}
