import type { ModifiedProperty, TargetResource } from '@microsoft/microsoft-graph-types';
import { z } from 'zod/v4';
import { id, list, type Shape, text } from '../fields.js';
import type { GraphReader } from '../graph.js';
import { parseAs } from '../parse.js';

/**
 * When somebody last got another manager, or lost theirs; undefined: not since then. The log lags by minutes, and keeps
 * a month.
 */
export async function managerChangedSince(
  reader: GraphReader,
  personId: string,
  since: Date,
): Promise<Date | undefined> {
  const wanted = personId.toLowerCase();
  const about = `targetResources/any(t:t/id eq '${wanted.replaceAll("'", "''")}')`;
  const query = {
    $filter: `${about} and activityDateTime ge ${since.toISOString()}`,
    $orderby: 'activityDateTime desc',
    $top: '1000',
  };
  const times: number[] = [];
  for await (const page of reader.pages('/auditLogs/directoryAudits', { query })) {
    times.push(
      ...page.map(asChange).flatMap((row) => (changesManagerOf(row, wanted) ? row.at.getTime() : [])),
    );
    // Newest first: what follows on later pages is older.
    if (times.length > 0) return new Date(Math.max(...times));
  }
  return undefined;
}

type Change = z.output<typeof changeShape>;

/** The manager stands among the targets too, and has got no other manager by that. */
function changesManagerOf({ activity, ok, targets }: Change, personId: string): boolean {
  if (!ok) return false;
  const [first] = targets;
  if (/\bmanager\b/i.test(activity) && first?.id === personId) return true;
  return targets.some(
    (target) => target.id === personId && target.changed.some((name) => /manager/i.test(name)),
  );
}

const changedShape = z
  .object({ displayName: text } satisfies Shape<ModifiedProperty>)
  .catch({ displayName: '' })
  .transform(({ displayName }) => displayName);

const targetShape = z
  .object({ id, modifiedProperties: list(changedShape) } satisfies Shape<TargetResource>)
  .catch({ id: undefined, modifiedProperties: [] })
  .transform((target) => ({ id: target.id, changed: target.modifiedProperties }));

const changeShape = z
  .object({
    activityDateTime: z.iso.datetime({ offset: true }),
    activityDisplayName: text,
    result: text,
    targetResources: list(targetShape),
  })
  .transform((row) => ({
    at: new Date(row.activityDateTime),
    activity: row.activityDisplayName,
    ok: row.result.toLowerCase() === 'success',
    targets: row.targetResources,
  }));

const asChange = parseAs(changeShape, 'row of the audit log');
