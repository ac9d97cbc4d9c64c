import { isNotFound } from '../errors.js';
import type { GraphReader } from '../graph.js';
import { segment } from '../url.js';
import { collectionOf, type MethodKind } from './sign-in-method.js';
import { authenticationOf } from './sign-in-methods.js';

/** Whether somebody still signs in with it, read where methods of its kind are kept: leave to remove is enough for that. */
export async function hasMethod(
  graph: GraphReader,
  personId: string,
  { id, kind }: { readonly id: string; readonly kind: MethodKind },
): Promise<boolean> {
  const collection = collectionOf[kind];
  if (collection === undefined) throw new TypeError(`Entra keeps no list of the kind "${kind}"`);
  try {
    await graph.get(`${authenticationOf(personId)}/${collection}/${segment(id)}`);
    return true;
  } catch (error) {
    if (isNotFound(error)) return false;
    throw error;
  }
}
