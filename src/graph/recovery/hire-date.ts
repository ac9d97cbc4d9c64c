import type { User } from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import type { Shape } from '../fields.js';
import type { GraphReader } from '../graph.js';
import { segment } from '../url.js';

const hiredShape = z
  .object({ employeeHireDate: z.iso.datetime({ offset: true }) } satisfies Shape<User>)
  .transform(({ employeeHireDate }) => new Date(employeeHireDate));

/** First day at work; undefined where nobody wrote it down. It comes only when it is asked for by name. */
export async function hireDateOf(reader: GraphReader, personId: string): Promise<Date | undefined> {
  const query = { $select: 'id,employeeHireDate' };
  const read = hiredShape.safeParse(await reader.get(`/users/${segment(personId)}`, { query }));
  return read.success ? read.data : undefined;
}
