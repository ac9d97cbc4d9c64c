import { userById } from '../../../graph/directory.js';
import type { Turn } from '../../turn.js';
import { mayMakePass } from '../who/issuers.js';
import { peopleAmong } from '../who/people-among.js';

/** The board tells who cannot sign in: it is for those who may make passes, and for whoever looks after security. */
export async function maySeeBoard({ services, actor, reference }: Turn): Promise<boolean> {
  const reader = services.graph.reader(reference);
  if ((await userById(reader, actor.objectId)).guest) return false;
  if (await mayMakePass(reader, actor.objectId, false)) return true;
  const security = await peopleAmong(reader, services.policy.recovery.security);
  return security.some(({ id, enabled, guest }) => id === actor.objectId && enabled && !guest);
}
