import { type InstanceInfo, instancesByIds, stagesOf, undecided } from '../../../graph/access-review.js';
import type { GraphReader } from '../../../graph/graph.js';
import { enqueue } from '../../../jobs/enqueue.js';
import type { ReviewRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { placeOf } from '../packets.js';
import { closeReview, isOver, lookAgain } from './close.js';
import type { Round } from './discover.js';
import { endStages } from './end-stages.js';
import { followJob } from './follow-job.js';
import { noteCount } from './note-count.js';
import { timeOf } from './time-of.js';

export interface Watching {
  /** Undefined: everything is watched. */
  readonly round: Round | undefined;
  /** Series under way; undefined: not known. */
  readonly running: ReadonlyMap<string, unknown> | undefined;
}

export interface Watched {
  readonly watched: number;
  readonly changed: number;
  /** Series in which a stage is over: the next one has begun, or will in a moment. */
  readonly moved: readonly string[];
}

/**
 * How far the reviews are that somebody has a card of: one count each. How the review itself stands is read where that
 * says something, and otherwise in every second sweep.
 */
export async function watch(
  services: HouseServices,
  reader: GraphReader,
  { round, running }: Watching,
): Promise<Watched> {
  const now = services.clock.now().getTime();
  const rows = await watchedRows(services, now);
  if (rows.length === 0) return { watched: 0, changed: 0, moved: [] };
  const counts = await undecided(reader, rows.map(placeOf));
  const closer = rows.filter(
    (row) =>
      (counts.get(row.instance_id) ?? -1) !== row.undecided ||
      row.ends_at <= now ||
      running?.has(row.definition_id) === false ||
      isTurn(row, round),
  );
  const instances = await instancesByIds(reader, closer.map(placeOf));
  const news: (News & { readonly row: ReviewRow })[] = [];
  for (const row of closer) {
    const seen = { count: counts.get(row.instance_id), instance: instances.get(row.instance_id) };
    const found = await attempt(services, row, () => compare(services, reader, row, seen));
    news.push({ row, ...found });
  }
  const moved = news.flatMap(({ row, stageOver }) => (stageOver ? [row.definition_id] : []));
  return { watched: rows.length, changed: news.filter(({ changed }) => changed).length, moved };
}

/** Reviews with a card that is not final, and those whose time has come. */
function watchedRows({ store }: HouseServices, now: number): Promise<readonly ReviewRow[]> {
  return store.db
    .selectFrom('reviews')
    .selectAll()
    .where('state', '=', 'running')
    .where((row) =>
      row.or([
        row('ends_at', '<=', now),
        row.exists(
          row
            .selectFrom('packets')
            .innerJoin('cards', 'cards.ref', 'packets.ref')
            .select('packets.ref')
            .whereRef('packets.instance_id', '=', 'reviews.instance_id')
            .where('cards.state', '=', 'open'),
        ),
      ]),
    )
    .execute();
}

interface Seen {
  readonly count: number | undefined;
  /** Undefined: it could not be read, which says nothing. */
  readonly instance: InstanceInfo | 'gone' | undefined;
}

interface News {
  /** Something is not as it was. */
  readonly changed: boolean;
  readonly stageOver: boolean;
}

const nothing: News = { changed: false, stageOver: false };

async function compare(
  services: HouseServices,
  reader: GraphReader,
  row: ReviewRow,
  { count, instance }: Seen,
): Promise<News> {
  if (isOver(instance)) {
    await closeReview(services, row);
    return { changed: true, stageOver: false };
  }
  if (row.stage_id !== '' && (await stageIsOver(reader, row))) {
    await endStages(services, row.instance_id, [row.stage_id]);
    await services.store.write((tx) => lookAgain(tx, row.definition_id));
    return { changed: true, stageOver: true };
  }
  const endsAt = endOf(row, instance);
  const left = count ?? row.undecided;
  if (left === row.undecided && endsAt === row.ends_at) return nothing;
  return { changed: await note(services, row, { left, endsAt }), stageOver: false };
}

function note(
  services: HouseServices,
  row: ReviewRow,
  seen: { readonly left: number; readonly endsAt: number },
): Promise<boolean> {
  const { instance_id: instance } = row;
  return services.store.write(async (tx) => {
    if (!(await noteCount(tx, row, seen))) return false;
    await enqueue(tx, services.clock, followJob({ instance, elsewhere: true }));
    return true;
  });
}

function endOf(row: ReviewRow, instance: Seen['instance']): number {
  if (row.stage_id !== '' || instance === undefined || instance === 'gone') return row.ends_at;
  return timeOf(instance.endsAt, row.ends_at);
}

async function stageIsOver(reader: GraphReader, row: ReviewRow): Promise<boolean> {
  const { stageId: _, ...place } = placeOf(row);
  const stage = (await stagesOf(reader, place)).find(({ id }) => id === row.stage_id);
  return stage !== undefined && stage.status !== 'InProgress';
}

/** What cannot be read of one review is that one's trouble. */
async function attempt(services: HouseServices, row: ReviewRow, work: () => Promise<News>): Promise<News> {
  try {
    return await work();
  } catch (error) {
    services.log.warn({ error, review: row.instance_id }, 'a review could not be watched');
    return nothing;
  }
}

function isTurn({ instance_id }: ReviewRow, round: Round | undefined): boolean {
  return round === undefined || (Number.parseInt(instance_id.slice(-1), 16) || 0) % 2 === round.round % 2;
}
