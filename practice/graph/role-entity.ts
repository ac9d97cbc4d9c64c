import type { Role } from '../world/roles.js';
import type { Entity } from './entity.js';

export function roleEntity({ id, displayName, description }: Role): Entity {
  const flags = {
    isBuiltIn: true,
    isEnabled: true,
    resourceScopes: ['/'],
    rolePermissions: [],
    version: '1',
  };
  return { type: 'unifiedRoleDefinition', props: { id, displayName, description, templateId: id, ...flags } };
}
