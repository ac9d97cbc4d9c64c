/** A scope of anything but Microsoft Graph is written with what it opens: `https://management.azure.com/user_impersonation`. */

export const azureResource = 'https://management.azure.com';

/** Application ids of what scopes open besides Microsoft Graph, the same in every tenant. */
export const resourceApps: Readonly<Record<string, string>> = {
  [azureResource]: '797f4846-ba00-4fd7-ba71-dba1f031c013',
};

/** Undefined: Microsoft Graph, whose scopes are written bare. */
export function resourceOf(permission: string): string | undefined {
  return permission.startsWith('https://')
    ? permission.slice(0, permission.lastIndexOf('/')).toLowerCase()
    : undefined;
}
