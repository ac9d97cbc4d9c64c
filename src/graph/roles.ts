import { z } from 'zod/v4';
import { text } from './fields.js';
import type { GraphReader } from './graph.js';
import { parseAs } from './parse.js';
import { segment } from './url.js';

/** A role of Entra itself, or one the organisation made. */
export interface RoleInfo {
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

const roleShape = z.object({ id: z.string().min(1), displayName: text, description: text }).transform(
  (found): RoleInfo => ({
    id: found.id.toLowerCase(),
    name: found.displayName,
    description: found.description,
  }),
);

const asRole = parseAs(roleShape, 'role definition');

export async function roleById(reader: GraphReader, roleId: string): Promise<RoleInfo> {
  const query = { $select: 'id,displayName,description' };
  return asRole(await reader.get(`/roleManagement/directory/roleDefinitions/${segment(roleId)}`, { query }));
}
