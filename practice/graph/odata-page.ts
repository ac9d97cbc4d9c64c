import type { PracticeResponse } from '../http/router.js';
import { refuse } from '../world/refusal.js';
import type { Call } from './call.js';
import { type Entity, valueAt } from './entity.js';
import { filterPredicate } from './odata-filter.js';
import { badRequest, type ODataQuery, skipToken } from './odata-query.js';
import { noSuchProperty, shaped } from './odata-shape.js';

export interface Collection {
  readonly context: string;
  readonly entities: readonly Entity[];
  /** Objects of the directory, where some queries need `ConsistencyLevel: eventual` and `$count=true`. */
  readonly directory?: boolean;
  /** A cast such as `/microsoft.graph.group`: always an advanced query once it is filtered. */
  readonly cast?: boolean;
  readonly typed?: boolean;
}

const graphBase = 'https://graph.microsoft.com';
const defaultPage = 100;
const largestPage = 999;

export function one(call: Call, context: string, entity: Entity, typed = false): PracticeResponse {
  const { select, expand } = call.odata;
  const head = { '@odata.context': `${graphBase}/${call.version}/$metadata#${context}/$entity` };
  return { status: 200, body: { ...head, ...shaped(entity, { select, expand, typed }) } };
}

export function page(call: Call, collection: Collection): PracticeResponse {
  const { odata } = call;
  const advanced = isAdvanced(call);
  if (collection.directory) checkDirectoryQuery(odata, advanced, collection.cast ?? false);
  const found = ordered(searched(filtered(collection.entities, odata), odata), odata);
  const size = pageSize(call);
  const shown = found.slice(odata.skip, odata.skip + size);
  const shape = { select: odata.select, expand: odata.expand, typed: collection.typed ?? false };
  // The directory keeps quiet about counts unless it was asked the advanced way.
  const counted = odata.count && (!collection.directory || advanced) ? { '@odata.count': found.length } : {};
  const next =
    odata.skip + size < found.length ? { '@odata.nextLink': nextLink(call, odata.skip + size) } : {};
  return {
    status: 200,
    body: {
      '@odata.context': `${graphBase}/${call.version}/$metadata#${collection.context}`,
      ...counted,
      ...next,
      value: shown.map((entity) => shaped(entity, shape)),
    },
  };
}

function isAdvanced(call: Call): boolean {
  return call.odata.count && String(call.req.headers.consistencylevel ?? '').toLowerCase() === 'eventual';
}

function checkDirectoryQuery(odata: ODataQuery, advanced: boolean, cast: boolean): void {
  if ((odata.top ?? 1) > largestPage || odata.top === 0) {
    refuse(
      400,
      'Request_BadRequest',
      `Invalid page size specified: '${odata.top}'. Must be between 1 and 999 inclusive.`,
    );
  }
  const filter = odata.filter ?? '';
  const needsAdvanced =
    odata.search !== undefined ||
    / ne |\bnot\b|endswith\(|isAssignableToRole/i.test(filter) ||
    (filter !== '' && (odata.orderby !== undefined || cast)) ||
    odata.expand.some(({ levels }) => levels > 1);
  if (needsAdvanced && !advanced) {
    const how =
      "This request needs the header 'ConsistencyLevel: eventual' and the query parameter '$count=true'.";
    refuse(400, 'Request_UnsupportedQuery', `Unsupported or invalid query. ${how}`);
  }
}

function filtered(entities: readonly Entity[], { filter }: ODataQuery): readonly Entity[] {
  return filter === undefined ? entities : entities.filter(filterPredicate(filter));
}

function searched(entities: readonly Entity[], { search }: ODataQuery): readonly Entity[] {
  if (search === undefined) return entities;
  const found =
    /^"(\w+):([^"]*)"$/.exec(search) ?? badRequest('Syntax error in $search: write "property:text".');
  const [, name = '', text = ''] = found;
  return entities.filter((entity) =>
    String(entity.props[name] ?? '')
      .toLowerCase()
      .includes(text.toLowerCase()),
  );
}

function ordered(entities: readonly Entity[], { orderby }: ODataQuery): readonly Entity[] {
  if (orderby === undefined) return entities;
  const [name = '', direction = 'asc'] = orderby.trim().split(/\s+/);
  const sign = direction.toLowerCase() === 'desc' ? -1 : 1;
  const key = (entity: Entity): string => {
    const { known, value } = valueAt(entity, name);
    return known ? String(value ?? '') : noSuchProperty(entity, name);
  };
  return entities.toSorted((a, b) => sign * key(a).localeCompare(key(b)));
}

function pageSize(call: Call): number {
  const preferred = /odata\.maxpagesize=(\d+)/i.exec(String(call.req.headers.prefer ?? ''))?.[1];
  const wanted = call.odata.top ?? (preferred === undefined ? defaultPage : Number(preferred));
  return Math.min(Math.max(wanted, 1), largestPage);
}

// The link names the real host, as Graph's does: who follows it goes through the same door as for the first page.
function nextLink(call: Call, offset: number): string {
  const query = new URLSearchParams(call.req.query);
  query.delete('$skip');
  query.set('$skiptoken', skipToken(offset));
  return `${graphBase}/${call.version}${call.req.path}?${query}`;
}
