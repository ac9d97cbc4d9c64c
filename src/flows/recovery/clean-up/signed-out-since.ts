import type { GraphReader } from '../../../graph/graph.js';
import { sessionsFrom } from '../../../graph/recovery/sessions-from.js';
import { clocksDiffer } from '../clocks-differ.js';

/** Who was signed out by somebody else a moment before is signed out as well. Undefined: they are not. */
export async function signedOutSince(
  reader: GraphReader,
  personId: string,
  at: number,
): Promise<{ readonly from: string } | undefined> {
  const from = await sessionsFrom(reader, personId);
  return from !== undefined && from.getTime() >= at - clocksDiffer ? { from: from.toISOString() } : undefined;
}
