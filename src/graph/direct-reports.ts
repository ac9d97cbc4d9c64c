import { z } from 'zod/v4';
import { collect } from './collect.js';
import { id } from './fields.js';
import type { GraphReader } from './graph.js';
import { segment } from './url.js';

const reportShape = z.object({ id }).catch({ id: undefined });

/** Ids of the people whose manager this is. */
export async function directReports(reader: GraphReader, userId: string): Promise<ReadonlySet<string>> {
  const pages = reader.pages(`/users/${segment(userId)}/directReports`, { query: { $select: 'id' } });
  const ids = await collect(pages, (report) => reportShape.parse(report).id ?? []);
  return new Set(ids.flat());
}
