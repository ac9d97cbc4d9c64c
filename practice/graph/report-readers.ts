import { roles } from '../world/roles.js';
import type { Call } from './call.js';
import { denied } from './caller.js';

const readers = [
  ...['Reports Reader', 'Security Reader', 'Security Operator', 'Security Administrator'],
  ...['Global Reader', 'Global Administrator'],
];

/** The permission is not enough for a person: a role of the directory must let them read reports. */
export function mustReadReports({ caller, ctx }: Call): void {
  if (caller.kind === 'app') return;
  const holds = roles
    .filter(({ displayName }) => readers.includes(displayName))
    .some(({ id }) => ctx.tenant.holdings.hasRole(id, caller.person.id));
  if (!holds) denied();
}
