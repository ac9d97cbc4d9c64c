import type { Opens } from '../../../graph/entitlement.js';

const kinds: Readonly<Record<Opens['kind'], string>> = {
  group: 'group',
  application: 'application',
  site: 'site',
  role: 'role',
  other: '',
};

/** What a package opens, in one line; what Entra does not name is left out. */
export function opensText(opens: readonly Opens[]): string {
  const named = opens.filter(({ name }) => name !== '');
  return named.map(({ name, kind }) => (kinds[kind] === '' ? name : `${name} (${kinds[kind]})`)).join(', ');
}
