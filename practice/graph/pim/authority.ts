import { roles } from '../../world/roles.js';
import type { Call } from '../call.js';
import { denied } from '../caller.js';

const readers = [
  ...['Global Reader', 'Security Reader', 'Security Operator', 'Security Administrator'],
  'Privileged Role Administrator',
];

/** The app reads what its permission says; a person who wants to see others needs a role of the directory as well. */
export function readsEverybody({ caller, ctx }: Call): boolean {
  if (caller.kind === 'app') return true;
  return roles
    .filter(({ displayName }) => readers.includes(displayName))
    .some(({ id }) => ctx.tenant.holdings.hasRole(id, caller.person.id));
}

/** Whoever reads for themselves alone needs no role. */
export function mustRead(call: Call, principalId: string): void {
  const own = call.caller.kind === 'user' && call.caller.person.id === principalId;
  if (!own && !readsEverybody(call)) denied();
}
