import { asUser, userQuery } from '../as-user.js';
import type { UserInfo } from '../directory.js';
import type { GraphAs } from '../graph.js';

const atMost = 10;
const longest = 80;

/**
 * People of this organisation whose name, or address where an @ is written, begins with these words: what the person of
 * the token may see. Those whose account does not work yet are among them: they may start next week.
 */
export async function findPeople(graph: GraphAs, words: string): Promise<readonly UserInfo[]> {
  const wanted = words
    .normalize('NFC')
    .replaceAll(/[\p{Cc}"\\]/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  if (wanted.length < 2 || wanted.length > longest) return [];
  // Guests are left out here and not by Graph: so twice as many are asked for.
  const query = { ...userQuery, ...asked(wanted), $count: 'true', $top: '25' };
  const options = { query, headers: { ConsistencyLevel: 'eventual' } };
  for await (const page of graph.pages('/users', options)) {
    const found = page.map(asUser).filter((user) => !isForeign(user));
    // An empty page need not be the last one.
    if (found.length > 0) return found.slice(0, atMost);
  }
  return [];
}

function asked(wanted: string): Readonly<Record<string, string>> {
  if (!wanted.includes('@')) return { $search: `"displayName:${wanted}"` };
  const literal = wanted.replaceAll("'", "''");
  return { $filter: `startswith(userPrincipalName,'${literal}') or startswith(mail,'${literal}')` };
}

/** Whoever may only see the basics of people is not told who is a guest; the name of their account shows it. */
function isForeign({ guest, userPrincipalName }: UserInfo): boolean {
  return guest || userPrincipalName.toUpperCase().includes('#EXT#');
}
