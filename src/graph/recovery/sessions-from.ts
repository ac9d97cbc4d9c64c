import type { User } from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import type { Shape } from '../fields.js';
import type { GraphReader } from '../graph.js';
import { segment } from '../url.js';

const shape = z
  .object({
    signInSessionsValidFromDateTime: z.iso.datetime({ offset: true }),
  } satisfies Shape<User>)
  .transform(({ signInSessionsValidFromDateTime: from }) => new Date(from));

/**
 * Sessions that began before then are over: the trace of signing somebody out everywhere. Undefined where Entra does not
 * say. It comes only when it is asked for by name.
 */
export async function sessionsFrom(reader: GraphReader, personId: string | 'me'): Promise<Date | undefined> {
  const path = personId === 'me' ? '/me' : `/users/${segment(personId)}`;
  const query = { $select: 'id,signInSessionsValidFromDateTime' };
  const read = shape.safeParse(await reader.get(path, { query }));
  return read.success ? read.data : undefined;
}
