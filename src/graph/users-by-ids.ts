import { asUser, userQuery } from './as-user.js';
import type { UserInfo } from './directory.js';
import { eachOrGone } from './each-or-gone.js';
import type { GraphReader } from './graph.js';
import { relativeUrl, segment } from './url.js';

/** By person. `gone`: not in the directory any more. Whoever cannot be read now is left out. */
export function usersByIds(
  reader: GraphReader,
  ids: readonly string[],
): Promise<ReadonlyMap<string, UserInfo | 'gone'>> {
  const paths = ids.map((id) => [id, relativeUrl(`/users/${segment(id)}`, userQuery)] as const);
  return eachOrGone(reader, new Map(paths), asUser);
}
