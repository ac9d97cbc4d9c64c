import { asUser, userQuery } from './as-user.js';
import { parsed } from './collect.js';
import type { UserInfo } from './directory.js';
import type { GraphReader } from './graph.js';

/** Everybody in the directory, in large pages. */
export function everyUser(reader: GraphReader): AsyncGenerator<readonly UserInfo[]> {
  return parsed(reader.pages('/users', { query: { ...userQuery, $top: '999' } }), asUser);
}
