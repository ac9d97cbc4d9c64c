import type { PracticeResponse } from '../../http/router.js';
import { sameText } from '../../world/pim/catalogue.js';
import type { Call, Routes } from '../call.js';
import { type Access, denied, personOf } from '../caller.js';
import { type Entity, valueAt } from '../entity.js';
import { one, page } from '../odata-page.js';
import { badRequest } from '../odata-query.js';
import { mustRead, readsEverybody } from './authority.js';
import { notFound } from './refusals.js';
import {
  eligibleInstance,
  eligibleSchedule,
  instance,
  plannedAhead,
  plannedFrom,
  schedule,
} from './schedule-views.js';
import type { Words } from './words.js';

/** All of one list; of one person, with what they have through groups, when they are named. */
type Source = (call: Call, words: Words, principalId?: string) => readonly Entity[];

const eligibleInstances: Source = ({ ctx }, words, principalId) =>
  ctx.tenant.pim.eligible(words.kind, principalId).map((each) => eligibleInstance(ctx, words, each));

const eligibleSchedules: Source = ({ ctx }, words, principalId) =>
  ctx.tenant.pim.eligible(words.kind, principalId).map((each) => eligibleSchedule(ctx, words, each));

const instances: Source = ({ ctx }, words, principalId) =>
  ctx.tenant.pim.held(words.kind, principalId).map((each) => instance(ctx, words, each));

// A schedule appears with its instance; one that is yet to begin is there at once.
const schedules: Source = ({ ctx }, words, principalId) => {
  const { pim } = ctx.tenant;
  const now = pim.now();
  const ahead = pim
    .scheduled(words.kind)
    .filter((each) => Date.parse(each.startsAt) > now)
    .filter((each) => principalId === undefined || each.principalId === principalId);
  const found = [...pim.held(words.kind, principalId).map(plannedFrom), ...ahead.map(plannedAhead)];
  return found.map((each) => schedule(ctx, words, each));
};

/** Who may activate what, who has what: lists of everybody's, and everybody's own. */
export function scheduleRoutes(routes: Routes, words: Words): void {
  const { names, access } = words;
  const lists: readonly (readonly [string, Access, Source])[] = [
    [names.eligibleInstances, access.eligible, eligibleInstances],
    [names.eligibleSchedules, access.eligible, eligibleSchedules],
    [names.instances, access.assigned, instances],
    [names.schedules, access.assigned, schedules],
  ];
  for (const [name, needed, source] of lists) {
    const path = `${words.base}/${name}`;
    const context = path.slice(1);
    // There is nobody whose own they could be when an app calls.
    const own = { delegated: needed.delegated, application: [] };
    routes('GET', path, needed, (call) => plainList(call, words, context, source(call, words)));
    routes('GET', `${path}/filterByCurrentUser(on=':on')`, own, (call) => {
      const { id } = personOf(call.caller);
      if (call.req.params.on !== 'principal') badRequest(`Unknown option '${call.req.params.on}'.`);
      return page(call, { context, entities: source(call, words, id) });
    });
    routes('GET', `${path}/:id`, needed, (call) => {
      const all = source(call, words);
      const { id = '' } = call.req.params;
      const found = all.find(({ props }) => sameText(String(props.id), id)) ?? notFound(id);
      mustRead(call, String(found.props.principalId));
      return one(call, context, found);
    });
  }
}

/** A list over everybody. Without a role of the directory, people may ask it about themselves only. */
export function plainList(
  call: Call,
  { listNeeds }: Words,
  context: string,
  entities: readonly Entity[],
): PracticeResponse {
  const filter = call.odata.filter ?? '';
  const named = (name: string): string | undefined =>
    new RegExp(`\\b${name} eq '([^']*)'`, 'i').exec(filter)?.[1];
  if (listNeeds.length > 0 && !listNeeds.some((name) => named(name) !== undefined))
    badRequest(`The $filter must name one of: ${listNeeds.join(', ')}.`);
  if (readsEverybody(call)) return page(call, { context, entities });
  const { id } = personOf(call.caller);
  if (!sameText(named('principalId') ?? '', id)) denied();
  const own = entities.filter((entity) => valueAt(entity, 'principalId').value === id);
  return page(call, { context, entities: own });
}
