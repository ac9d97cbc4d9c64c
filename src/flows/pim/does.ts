import { groupById } from '../../graph/directory.js';
import type { GraphReader } from '../../graph/graph.js';
import type { Target } from '../../graph/pim/activating.js';
import { rolesOfGroup } from '../../graph/pim/kinds.js';
import { roleById } from '../../graph/roles.js';
import { roleWords } from './role-words.js';

/** What a role lets somebody do, for people who do not administer Entra; empty: nobody wrote it down. */
export async function whatItDoes(reader: GraphReader, { kind, id }: Target, known = ''): Promise<string> {
  switch (kind) {
    case 'role':
      return roleWords(id) ?? (known === '' ? (await roleById(reader, id)).description : known);
    case 'group': {
      const [group, brings] = await Promise.all([groupById(reader, id), rolesOfGroup(reader, id)]);
      const roles = brings.length === 0 ? '' : `It brings these roles: ${brings.join(', ')}.`;
      return [group.description, roles].filter((part) => part !== '').join(' ');
    }
    case 'azure':
      return known;
  }
}
