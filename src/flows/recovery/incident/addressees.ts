import type { HouseServices } from '../../turn.js';
import type { Case } from '../cases.js';
import { deniedIn } from '../changes/rows.js';
import type { Addressee } from '../follow/addressees.js';
import { makersOf, mayMakePass } from '../who/issuers.js';
import { peopleAmong } from '../who/people-among.js';

export const incidentKind = 'recovery.incident';

/**
 * Whoever looks after security; where none of them may delete passes, whoever may as well. Never the person, nor who
 * made the change: it could be them.
 */
export async function incidentAddressees(services: HouseServices, one: Case): Promise<readonly Addressee[]> {
  const denied = one.kind === 'not-me' ? await deniedIn(services, one.id) : [];
  if (denied.length === 0) return [];
  const reader = services.graph.reader(services.ids.guid());
  const never = [one.subject, ...denied.map(({ by_id: by }) => by)];
  const security = (await peopleAmong(reader, services.policy.recovery.security)).filter(
    ({ id, enabled, guest }) => enabled && !guest && !never.includes(id),
  );
  const able = await Promise.all(security.map(({ id }) => mayMakePass(reader, id, one.privileged === 1)));
  const makers = able.includes(true) ? [] : await makersOf(services, one);
  const people = new Set([...security, ...makers].map(({ id }) => id).filter((id) => !never.includes(id)));
  if (people.size === 0) services.log.error({ case: one.id }, 'nobody can be told of an incident');
  return [...people].map((person) => ({ kind: incidentKind, person }));
}
