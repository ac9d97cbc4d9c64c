import type { GraphReader } from '../../../graph/graph.js';
import {
  authenticationAdministrator,
  globalAdministrator,
  holdsRole,
  privilegedAuthenticationAdministrator,
} from '../../../graph/recovery/recovery.js';

/** Template ids, the same in every tenant. */
const globalReader = 'f2ef992c-3afb-46b9-b7cf-a126ee74c451';
const reportsReader = '4a5d8f65-41da-4de4-8968-e035b65339cf';

const readers = [
  authenticationAdministrator,
  privilegedAuthenticationAdministrator,
  globalAdministrator,
  globalReader,
  reportsReader,
];

/** Whom Entra lets see the same: it names who is easy to attack. */
export async function maySeeReport(reader: GraphReader, personId: string): Promise<boolean> {
  for (const role of readers) if (await holdsRole(reader, personId, role)) return true;
  return false;
}
