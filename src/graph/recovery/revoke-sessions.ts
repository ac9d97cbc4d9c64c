import { z } from 'zod/v4';
import { because } from '../../identity/because.js';
import { graphError } from '../errors.js';
import type { GraphAs } from '../graph.js';
import { segment } from '../url.js';

const refusedShape = z.object({ value: z.literal(false) });

/** Signs somebody out everywhere, within minutes. `me`: the person whose token it is. */
export async function revokeSessions(graph: GraphAs, personId: string | 'me'): Promise<void> {
  const whose = personId === 'me' ? '/me' : `/users/${segment(personId)}`;
  // Nothing can be looked up to see whether a lost one has landed, and twice is as good as once: it is sent again.
  const landed = () => Promise.resolve(false);
  const answer = await graph.post<unknown>(`${whose}/revokeSignInSessions`, {}, { landed });
  if (refusedShape.safeParse(answer).success)
    throw graphError('graph.bad-request', because('the sessions were not revoked'));
}
