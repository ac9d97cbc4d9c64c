import { newId, stableId } from '../ids.js';
import type { Person } from '../people.js';
import type { Role } from '../roles.js';
import type { Tenant } from '../tenant.js';

/**
 * Gives somebody a role of the whole directory for a time, as if they had activated it, or takes it from them, however
 * they have it.
 */
export function changeRole(
  { pim, recovery, holdings }: Tenant,
  { person, role, held, forMs }: { person: Person; role: Role; held: boolean; forMs: number },
): void {
  const { now } = recovery.moment();
  const isThis = (each: { roleId: string; personId: string }): boolean =>
    each.roleId === role.id && each.personId === person.id;
  recovery.apply((state) => {
    const others = state.rolesTaken.filter((each) => !isThis(each));
    const taken = held ? [] : [{ roleId: role.id, personId: person.id, at: now }];
    return { state: { ...state, rolesTaken: [...others, ...taken] }, rows: [] };
  });
  const target = { kind: 'role' as const, id: role.id, scope: '/' };
  const activated = (each: { target: { kind: string; id: string }; principalId: string }): boolean =>
    each.target.kind === 'role' && each.target.id === role.id && each.principalId === person.id;
  if (!held)
    pim.change((state) => ({ ...state, activations: state.activations.filter((each) => !activated(each)) }));
  if (!held || holdings.hasRole(role.id, person.id)) return;
  const from = new Date(now).toISOString();
  const record = {
    target,
    scheduleId: newId(),
    instanceId: newId(),
    requestId: newId(),
    eligibilityId: stableId(`given ${role.id} to ${person.id}`),
    principalId: person.id,
    startsAt: from,
    endsAt: new Date(now + forMs).toISOString(),
    visibleAt: from,
    worksAt: from,
  };
  pim.change((state) => ({ ...state, activations: [...state.activations, record] }));
}
