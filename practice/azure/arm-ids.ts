/** Ids of Azure Resource Manager are paths, and it does not look at their case. */

const provider = '/providers/Microsoft.Authorization';

export function armCollection(scope: string, type: string): string {
  return `${scope}${provider}/${type}`;
}

export function armId(scope: string, type: string, name: string): string {
  return `${armCollection(scope, type)}/${name}`;
}

/** Role definitions stand at the subscription, however deep the scope is. */
export function roleDefinitionId(scope: string, id: string): string {
  const subscription = /^\/subscriptions\/[^/]+/i.exec(scope)?.[0] ?? '';
  return armId(subscription, 'roleDefinitions', id);
}

/** The last part of an id, which names the thing itself. */
export function nameIn(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1).toLowerCase();
}

export function sameScope(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** One is the other, or lies in it; the empty scope holds everything. */
export function isRelated(one: string, other: string): boolean {
  const [a, b] = [`${one}/`.toLowerCase(), `${other}/`.toLowerCase()];
  return one === '' || other === '' || a.startsWith(b) || b.startsWith(a);
}
