import { z } from 'zod/v4';
import { asUser, userQuery } from './as-user.js';
import { collect } from './collect.js';
import type { UserInfo } from './directory.js';
import { id, text } from './fields.js';
import type { GraphReader } from './graph.js';
import { segment } from './url.js';

/** Who vouches for a guest in the directory. */
export interface Sponsors {
  readonly people: readonly UserInfo[];
  /** Whose members vouch as well. */
  readonly groupIds: readonly string[];
}

const objectShape = z.object({ '@odata.type': text, id }).catch({ '@odata.type': '', id: undefined });

export async function sponsorsOf(reader: GraphReader, userId: string): Promise<Sponsors> {
  const pages = reader.pages(`/users/${segment(userId)}/sponsors`, { query: userQuery });
  const all = await collect(pages, (sponsor): Sponsors => {
    const { '@odata.type': type, id: sponsorId } = objectShape.parse(sponsor);
    if (type !== '#microsoft.graph.group') return { people: [asUser(sponsor)], groupIds: [] };
    return { people: [], groupIds: sponsorId === undefined ? [] : [sponsorId] };
  });
  return {
    people: all.flatMap(({ people }) => people),
    groupIds: all.flatMap(({ groupIds }) => groupIds),
  };
}
