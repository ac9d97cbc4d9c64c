import { collect } from '../collect.js';
import type { GraphAs, GraphReader } from '../graph.js';
import { segment } from '../url.js';
import { asSignInMethod, collectionOf, type MethodKind, type SignInMethod } from './sign-in-method.js';

/** Where Entra keeps how one person signs in. Reading it counts as one of five calls in ten seconds. */
export function authenticationOf(personId: string): string {
  return `/users/${segment(personId)}/authentication`;
}

export async function methodsOf(
  graph: GraphAs | GraphReader,
  personId: string,
): Promise<readonly SignInMethod[]> {
  return collect(graph.pages(`${authenticationOf(personId)}/methods`), asSignInMethod);
}

export interface Removal {
  readonly personId: string;
  readonly method: { readonly id: string; readonly kind: MethodKind };
  readonly landed: () => Promise<boolean>;
}

/** Fails with `graph.bad-request` for the default second factor while there are others: remove that one last. */
export async function removeMethod(graph: GraphAs, { personId, method, landed }: Removal): Promise<void> {
  const collection = collectionOf[method.kind];
  if (collection === undefined) throw new TypeError(`Entra removes nothing of the kind "${method.kind}"`);
  await graph.delete(`${authenticationOf(personId)}/${collection}/${segment(method.id)}`, { landed });
}
