import type { Standing } from './held.js';
import type { ActivationRecord, Target } from './records.js';

export const privilegedRoleAdministrator = 'e8611ab8-c189-46e8-94e1-60213ab1f814';

/** Who decides about a target now: those listed, or those who administer privileged roles where the list is empty. */
export function approversOf(
  { rules: { approvers } }: Target,
  standing: Standing,
  active: readonly ActivationRecord[],
): readonly string[] {
  if (approvers === undefined) return [];
  if (approvers.length > 0) {
    const ids = approvers.flatMap(({ kind, id }) => (kind === 'user' ? [id] : standing.everybodyIn(id)));
    return [...new Set(ids)];
  }
  const activated = active.filter(
    ({ target }) => target.id === privilegedRoleAdministrator && target.scope === '/',
  );
  const people = standing.roleHolders(privilegedRoleAdministrator).filter(({ kind }) => kind === 'user');
  return [...new Set([...people.map(({ id }) => id), ...activated.map(({ principalId }) => principalId)])];
}
