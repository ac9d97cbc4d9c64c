import type { GraphReader } from '../../../graph/graph.js';
import { methodsOf, type Registration } from '../../../graph/recovery/recovery.js';
import type { Key, PersonKeys } from '../../../insight/passkey-report.js';

/** One of the five calls in ten seconds that the whole tenant has for reading how people sign in. */
export async function keysOf(reader: GraphReader, personId: string): Promise<readonly Key[]> {
  const methods = await methodsOf(reader, personId);
  return methods
    .filter(({ kind }) => kind === 'passkey')
    .map(({ aaguid, model, passkeyType: type }) => ({ aaguid, model, type }));
}

export function personOf(
  { id, name, upn, guest, admin, mfa, passwordless, preferred, methods }: Registration,
  department: string,
  keys: readonly Key[] | undefined,
): PersonKeys {
  const factor = mfa || passwordless;
  return { id, name, upn, department, guest, admin, mfa: factor, preferred, methods, keys };
}
