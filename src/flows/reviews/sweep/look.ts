import { hour, minute } from '../../../base/clock.js';
import {
  contactedReviewers,
  type InstanceInfo,
  instancesByIds,
  instancesOf,
  type ReviewInfo,
  type ReviewStage,
  stagesOf,
} from '../../../graph/access-review.js';
import type { GraphReader } from '../../../graph/graph.js';
import type { ReviewRow } from '../../../store/schema.js';
import type { HouseServices } from '../../turn.js';
import { placeOf } from '../packets.js';
import { bringIn, type Running } from './bring-in.js';
import { closeReview, isOver } from './close.js';
import { endStages } from './end-stages.js';
import { timeOf } from './time-of.js';

export interface Look {
  readonly info: ReviewInfo;
  /** New, or not what it was at the last look. */
  readonly changed: boolean;
}

/** What would make us look again before its time. */
export function fingerprintOf({ status, modifiedAt, name, description, stages }: ReviewInfo): string {
  return JSON.stringify([status, modifiedAt, name, description, stages.length]);
}

/** Reads series anew: which reviews of them run, and who has to be asked. Trouble with one does not touch the others. */
export async function lookAt(
  services: HouseServices,
  reader: GraphReader,
  looks: readonly Look[],
): Promise<{ readonly opened: number; readonly changed: number }> {
  if (looks.length === 0) return { opened: 0, changed: 0 };
  const instances = await instancesOf(
    reader,
    looks.map(({ info }) => info.id),
  );
  const read = looks.flatMap((look) => {
    const list = instances.get(look.info.id);
    return list === undefined ? [] : [{ look, list }];
  });
  const running = (await Promise.all(read.map((each) => runningOf(services, reader, each)))).flat();
  const reviewers = await contactedReviewers(
    reader,
    running.map(({ place }) => place),
  );
  const brought = await bringIn(services, reader, running, reviewers);
  const changed = await closeOthers(services, reader, read);
  for (const { look, list } of read) {
    const whole = list.every(({ id, status }) => status !== 'InProgress' || brought.done.has(id));
    await remember(services, look.info, { list, whole });
  }
  return { opened: brought.opened, changed };
}

interface Read {
  readonly look: Look;
  readonly list: readonly InstanceInfo[];
}

function runningOf(
  services: HouseServices,
  reader: GraphReader,
  { look, list }: Read,
): Promise<readonly Running[]> {
  const running = list.filter(({ status }) => status === 'InProgress');
  return Promise.all(running.map((instance) => withStage(services, reader, look, instance))).then((all) =>
    all.flat(),
  );
}

/** Between two stages nobody is asked: the cards of the one before say so, and the next look finds the one after. */
async function withStage(
  services: HouseServices,
  reader: GraphReader,
  { info, changed }: Look,
  instance: InstanceInfo,
): Promise<readonly Running[]> {
  const place = { definitionId: info.id, instanceId: instance.id };
  const common = { info, instance, changed };
  if (info.stages.length === 0) return [{ ...common, place, endsAt: instance.endsAt, stage: undefined }];
  const stages = await stagesOrNone(services, reader, place);
  const at = stages?.findIndex(({ status }) => status === 'InProgress') ?? -1;
  const stage = stages?.[at];
  if (stage !== undefined) {
    const of = { number: at + 1, startsAt: stage.startsAt };
    const endsAt = stage.endsAt === '' ? instance.endsAt : stage.endsAt;
    return [{ ...common, place: { ...place, stageId: stage.id }, endsAt, stage: of }];
  }
  if (stages !== undefined) {
    await endStages(
      services,
      instance.id,
      stages.map(({ id }) => id),
    );
  }
  return [];
}

async function stagesOrNone(
  services: HouseServices,
  reader: GraphReader,
  place: { readonly definitionId: string; readonly instanceId: string },
): Promise<readonly ReviewStage[] | undefined> {
  try {
    return [...(await stagesOf(reader, place))].sort((a, b) => a.startsAt.localeCompare(b.startsAt));
  } catch (error) {
    services.log.warn({ error, review: place.instanceId }, 'the stages of a review could not be read');
    return undefined;
  }
}

/** Reviews of these series that we think are running and Entra does not. What a list lacks is asked for by its id. */
async function closeOthers(
  services: HouseServices,
  reader: GraphReader,
  read: readonly Read[],
): Promise<number> {
  const listed = new Map(
    read.flatMap(({ list }) => list.map((instance) => [instance.id, instance] as const)),
  );
  const rows = await runningRows(
    services,
    read.map(({ look }) => look.info.id),
  );
  const missing = rows.filter((row) => !listed.has(row.instance_id));
  const byId = await instancesByIds(reader, missing.map(placeOf));
  const over = rows.filter(({ instance_id: id }) => isOver(listed.get(id) ?? byId.get(id)));
  for (const row of over) await closeReview(services, row);
  return over.length;
}

function runningRows(
  { store }: HouseServices,
  definitionIds: readonly string[],
): Promise<readonly ReviewRow[]> {
  if (definitionIds.length === 0) return Promise.resolve([]);
  return store.db
    .selectFrom('reviews')
    .selectAll()
    .where('definition_id', 'in', definitionIds)
    .where('state', '=', 'running')
    .execute();
}

/** Entra makes instances, and asks reviewers, some time after somebody made the series. */
const freshForMs = hour;

async function remember(
  { store, clock }: HouseServices,
  info: ReviewInfo,
  { list, whole }: { readonly list: readonly InstanceInfo[]; readonly whole: boolean },
): Promise<void> {
  const now = clock.now().getTime();
  const starting = list.some(({ status }) => ['Initializing', 'Starting'].includes(status));
  const staged = info.stages.length > 0;
  const unfinished = !whole || starting || list.length === 0;
  const begun = list.flatMap(({ status, startsAt }) =>
    status === 'InProgress' ? [timeOf(startsAt, 0)] : [],
  );
  const fresh = staged || now - Math.max(timeOf(info.modifiedAt, now), ...begun) < freshForMs;
  const starts = list
    .filter(({ status }) => status === 'NotStarted')
    .map(({ startsAt }) => timeOf(startsAt, 0))
    .filter((at) => at > now);
  const soon = fresh ? now : now + 10 * minute;
  const look_at = unfinished ? soon : Math.min(...starts, now + hour * (1 + spread(info.id)) * 0.5);
  const row = { fingerprint: fingerprintOf(info), look_at: Math.round(look_at) };
  await store.write((tx) =>
    tx
      .insertInto('review_series')
      .values({ definition_id: info.id, ...row })
      .onConflict((conflict) => conflict.column('definition_id').doUpdateSet(row))
      .execute(),
  );
}

/** 0 to 1, the same for the same id: so that a thousand series are not all due at once. */
function spread(id: string): number {
  return (Number.parseInt(id.replaceAll('-', '').slice(-4), 16) || 0) / 0xffff;
}
