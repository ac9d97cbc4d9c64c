import { z } from 'zod/v4';
import { hour, second } from '../../../base/clock.js';
import { type ReviewInfo, reviewDefinitions } from '../../../graph/access-review.js';
import type { GraphReader } from '../../../graph/graph.js';
import type { JobHandler, NewJob } from '../../../jobs/job.js';
import type { ReviewSeriesRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { type Checked, checkShown } from './check-shown.js';
import { type Calls, countCalls } from './count-calls.js';
import { fingerprintOf, type Look, lookAt } from './look.js';
import { watch } from './watch.js';

const everyMs = 20 * second;

/** Queued when the bot starts. */
export const starts: readonly NewJob[] = [{ kind: 'reviews.sweep', key: 'reviews.sweep', payload: {} }];

const roundShape = z.object({ round: z.number(), after: z.string() });
/** Queued anew (the bot starts, or its clock was moved) it has no round, and reads everything. */
const payload = z.object({ next: roundShape.optional() });

/** Where the sweeps are: not everything is read in each, and the next one goes on. */
export type Round = z.infer<typeof roundShape>;

export interface SweepCount extends Calls {
  /** Series that are under way. */
  readonly definitions: number;
  /** Of those: read anew, because they changed or are due. */
  readonly looked: number;
  /** Reviews that were asked how far they are. */
  readonly watched: number;
  /** Of those: decided elsewhere, over, or at another stage. */
  readonly changed: number;
  /** Cards to reviewers who had none. */
  readonly opened: number;
  /** How far it came with what cards show: the next one goes on there. */
  readonly after: string;
}

/** Finds reviews that began, and what happened to them elsewhere. */
export function sweep(services: HouseServices): JobHandler {
  return async (job) => {
    const { next: round } = payload.parse(job.payload);
    const after = await afterSweep(services, round);
    return {
      kind: 'again',
      at: new Date(services.clock.now().getTime() + everyMs),
      payload: { next: { round: 1 - ((round?.round ?? 0) % 2), after } },
    };
  };
}

/** Where the next one goes on with what cards show. */
async function afterSweep(services: HouseServices, round: Round | undefined): Promise<string> {
  if (services.policy.flows.reviews === 'off') return '';
  try {
    return (await sweepOnce(services, round)).after;
  } catch (error) {
    // A sweep that failed is only late; it must never end for good.
    services.log.warn({ error }, 'the reviews sweep failed and will be tried again');
    return round?.after ?? '';
  }
}

/** Without a round it watches everything. */
export async function sweepOnce(services: HouseServices, round?: Round): Promise<SweepCount> {
  const { reader, counted } = countCalls(services.graph.reader(services.ids.guid()));
  const found = await discover(services, reader);
  const seen = await watch(services, reader, { round, running: found.running });
  const next = await lookAt(services, reader, looksAt(seen.moved, found.running));
  const shown = await shownIn(services, reader, round);
  const { definitions, looked } = found;
  const opened = found.opened + next.opened;
  const { watched } = seen;
  const changed = seen.changed + found.changed + next.changed + shown.changed;
  const count: SweepCount = {
    ...counted(),
    definitions,
    looked,
    opened,
    watched,
    changed,
    after: shown.after,
  };
  if (changed + opened + looked === 0) {
    services.log.debug(count, 'a reviews sweep');
    return count;
  }
  services.log.info(count, 'a reviews sweep');
  services.wake();
  return count;
}

/** Whom the next stage asks is to hear of it in the same sweep. */
function looksAt(moved: readonly string[], running: Found['running']): readonly Look[] {
  return [...new Set(moved)].flatMap((id) => {
    const info = running?.get(id);
    return info === undefined ? [] : [{ info, changed: false }];
  });
}

/** Every second sweep is enough. */
async function shownIn(
  services: HouseServices,
  reader: GraphReader,
  round: Round | undefined,
): Promise<Checked> {
  if (round !== undefined && round.round % 2 === 0) return { after: round.after, changed: 0 };
  return checkShown(services, reader, round?.after ?? '');
}

interface Found {
  readonly definitions: number;
  readonly looked: number;
  readonly opened: number;
  readonly changed: number;
  /** The series that are under way; undefined: they could not be listed, and nothing follows from that. */
  readonly running: ReadonlyMap<string, ReviewInfo> | undefined;
}

/** Trouble with the list must not keep us from watching what we know. */
async function discover(services: HouseServices, reader: GraphReader): Promise<Found> {
  const none = { definitions: 0, looked: 0, opened: 0, changed: 0, running: undefined };
  try {
    const known = new Map((await allSeries(services)).map((row) => [row.definition_id, row]));
    const running = new Map<string, ReviewInfo>();
    let total = { looked: 0, opened: 0, changed: 0 };
    for await (const page of reviewDefinitions(reader, 'InProgress')) {
      for (const info of page) running.set(info.id, info);
      const due = looksAmong(services, page, known);
      const { opened, changed } = await lookAt(services, reader, due);
      total = {
        looked: total.looked + due.length,
        opened: total.opened + opened,
        changed: total.changed + changed,
      };
    }
    await forget(
      services,
      [...known.keys()].filter((id) => !running.has(id)),
    );
    return { ...total, definitions: running.size, running };
  } catch (error) {
    services.log.warn({ error }, 'the running reviews could not be listed whole');
    return none;
  }
}

function looksAmong(
  { clock }: HouseServices,
  page: readonly ReviewInfo[],
  known: ReadonlyMap<string, ReviewSeriesRow>,
): readonly Look[] {
  const now = clock.now().getTime();
  return page.flatMap((info) => {
    const row = known.get(info.id);
    const changed = row?.fingerprint !== fingerprintOf(info);
    // One that is due in a far future was planned before the clock was put back.
    const rests = row !== undefined && row.look_at > now && row.look_at <= now + 2 * hour;
    return rests && !changed ? [] : [{ info, changed }];
  });
}

function allSeries({ store }: HouseServices): Promise<readonly ReviewSeriesRow[]> {
  return store.db.selectFrom('review_series').selectAll().execute();
}

const idsAtATime = 500;

/** What is not under way any more is read anew should it come back. */
async function forget({ store }: HouseServices, ids: readonly string[]): Promise<void> {
  for (let start = 0; start < ids.length; start += idsAtATime) {
    const some = ids.slice(start, start + idsAtATime);
    await store.write((tx) => tx.deleteFrom('review_series').where('definition_id', 'in', some).execute());
  }
}
