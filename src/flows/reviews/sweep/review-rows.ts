import { instancesByIds } from '../../../graph/access-review.js';
import type { GraphReader } from '../../../graph/graph.js';
import { enqueue } from '../../../jobs/enqueue.js';
import type { ReviewRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { type About, aboutOf, reviewById } from '../packets.js';
import type { Running } from './bring-in.js';
import { describe } from './describe.js';
import { followJob } from './follow-job.js';
import { noEnd, timeOf } from './time-of.js';

/** What we know of them, by instance. */
export async function rowsOf(
  services: HouseServices,
  running: readonly Running[],
): Promise<ReadonlyMap<string, ReviewRow>> {
  const rows = await Promise.all(running.map(({ instance }) => reviewById(services, instance.id)));
  return new Map(rows.flatMap((row) => (row === undefined ? [] : [[row.instance_id, row] as const])));
}

/** A list can lag: what we have closed runs again only if the review itself says so too. */
export async function stillClosed(
  reader: GraphReader,
  running: readonly Running[],
  rows: ReadonlyMap<string, ReviewRow>,
): Promise<ReadonlySet<string>> {
  const closed = running.filter(({ instance }) => (rows.get(instance.id)?.state ?? 'running') !== 'running');
  const places = closed.map(({ place }) => place);
  const found = await instancesByIds(reader, places);
  const ids = places.map(({ instanceId }) => instanceId);
  return new Set(
    ids.filter((id) => {
      const instance = found.get(id);
      return instance === undefined || instance === 'gone' || instance.status !== 'InProgress';
    }),
  );
}

export function isUncounted(running: Running, row: ReviewRow | undefined): boolean {
  const before = goingOn(running, row);
  return before === undefined || running.changed || aboutOf(before).total < 0;
}

/** Undefined: the people are asked something new, for the first time or again. */
function goingOn({ place }: Running, row: ReviewRow | undefined): ReviewRow | undefined {
  return row?.state === 'running' && row.stage_id === (place.stageId ?? '') ? row : undefined;
}

interface Known {
  readonly row: ReviewRow | undefined;
  /** -1: Entra did not say. */
  readonly counts: { readonly left: number; readonly total: number };
}

/** The row as it should be; whoever has a card hears of what changed. */
export async function rowFor(
  services: HouseServices,
  reader: GraphReader,
  running: Running,
  { row, counts }: Known,
): Promise<ReviewRow> {
  const { info, instance, place, stage, changed, endsAt } = running;
  const before = goingOn(running, row);
  const total = counts.total >= 0 || before === undefined ? counts.total : aboutOf(before).total;
  const ends_at = timeOf(endsAt, row?.ends_at ?? noEnd);
  if (before?.ends_at === ends_at && aboutOf(before).total === total && !changed) return before;
  const about: About = {
    ...(await describe(services.log, reader, { info, instance, place })),
    stageNumber: stage?.number ?? 0,
    stageCount: info.stages.length,
    total,
  };
  const known = { stage_id: place.stageId ?? '', about: JSON.stringify(about), ends_at };
  const begun = { state: 'running', undecided: counts.left } as const;
  const ids = { instance_id: instance.id, definition_id: info.id };
  const fresh: ReviewRow = { ...ids, ...known, ...begun, created_at: services.clock.now().getTime() };
  // One that goes on is counted by the watch, which tells of what it finds; and closed by somebody meanwhile it stays so.
  const change = before === undefined ? { ...known, ...begun } : known;
  return services.store.write(async (tx) => {
    if (row !== undefined) await enqueue(tx, services.clock, followJob({ instance: instance.id }));
    return tx
      .insertInto('reviews')
      .values(fresh)
      .onConflict((conflict) => conflict.column('instance_id').doUpdateSet(change))
      .returningAll()
      .executeTakeFirstOrThrow();
  });
}
