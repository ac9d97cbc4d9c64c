import type { User } from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import type { UserInfo } from './directory.js';
import { type Shape, text } from './fields.js';
import { parseAs } from './parse.js';

// userType, department and accountEnabled come only when they are asked for by name.
export const userQuery = {
  $select: 'id,displayName,userPrincipalName,mail,jobTitle,department,userType,accountEnabled',
};

const userShape = z
  .object({
    id: z.string().min(1),
    displayName: text,
    userPrincipalName: text,
    mail: text,
    jobTitle: text,
    department: text,
    userType: text,
    accountEnabled: z.boolean().catch(true),
  } satisfies Shape<User>)
  .transform(
    ({ displayName: name, userType, accountEnabled: enabled, ...user }): UserInfo => ({
      ...user,
      id: user.id.toLowerCase(),
      name: name === '' ? user.userPrincipalName : name,
      guest: userType.toLowerCase() === 'guest',
      enabled,
    }),
  );

export const asUser = parseAs(userShape, 'user');
