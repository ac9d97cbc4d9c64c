import type { PracticeResponse } from '../http/router.js';
import type { Call } from './call.js';
import { type Entity, valueAt } from './entity.js';
import { filterPredicate } from './odata-filter.js';
import { badRequest, skipToken } from './odata-query.js';
import { noSuchProperty, shaped } from './odata-shape.js';

/** A list whose entities are made one by one, and only those that are shown. */
export interface Rows {
  readonly context: string;
  /** What `entity` is called with, in the order of the list. */
  readonly indexes: readonly number[];
  entity(index: number): Entity;
  /** Answers a plain `name eq 'text'` without making the entity. */
  readonly quick?: (name: string, text: string) => ((index: number) => boolean) | undefined;
}

const graphBase = 'https://graph.microsoft.com';
const largestPage = 100;

/** Pages of access reviews: at most 100, with a count of all that fit, asked for or not. */
export function rowsPage(call: Call, rows: Rows): PracticeResponse {
  const { odata } = call;
  const found = ordered(rows, matching(rows, odata.filter), odata.orderby);
  const size = Math.min(Math.max(odata.top ?? largestPage, 1), largestPage);
  const end = odata.skip + size;
  const shape = { select: odata.select, expand: odata.expand };
  return {
    status: 200,
    body: {
      '@odata.context': `${graphBase}/${call.version}/$metadata#${rows.context}`,
      '@odata.count': found.length,
      ...(end < found.length ? { '@odata.nextLink': nextLink(call, end) } : {}),
      value: found.slice(odata.skip, end).map((index) => shaped(rows.entity(index), shape)),
    },
  };
}

/** The same for a list that is small anyway. */
export function entitiesPage(call: Call, context: string, entities: readonly Entity[]): PracticeResponse {
  return rowsPage(call, {
    context,
    indexes: entities.map((_, index) => index),
    entity: (index) => entities[index] ?? badRequest('The list has changed.'),
  });
}

function matching(rows: Rows, filter: string | undefined): readonly number[] {
  if (filter === undefined) return rows.indexes;
  const tests = quickTests(rows, filter);
  if (tests) return rows.indexes.filter((index) => tests.every((test) => test(index)));
  const predicate = filterPredicate(filter);
  return rows.indexes.filter((index) => predicate(rows.entity(index)));
}

function quickTests({ quick }: Rows, filter: string): ((index: number) => boolean)[] | undefined {
  if (!quick) return undefined;
  const tests = filter.split(' and ').map((clause) => {
    const [, name = '', text = ''] = /^\s*\(?([A-Za-z/]+) eq '([^'()]*)'\)?\s*$/.exec(clause) ?? [];
    return quick(name, text);
  });
  return tests.every((test) => test !== undefined) ? tests : undefined;
}

function ordered(rows: Rows, found: readonly number[], orderby: string | undefined): readonly number[] {
  if (orderby === undefined) return found;
  const [name = '', direction = 'asc'] = orderby.trim().split(/\s+/);
  const sign = direction.toLowerCase() === 'desc' ? -1 : 1;
  const keyed = found.map((index) => {
    const entity = rows.entity(index);
    const { known, value } = valueAt(entity, name);
    return { index, key: known ? String(value ?? '') : noSuchProperty(entity, name) };
  });
  return keyed.toSorted((a, b) => sign * a.key.localeCompare(b.key)).map(({ index }) => index);
}

function nextLink(call: Call, offset: number): string {
  const query = new URLSearchParams(call.req.query);
  query.delete('$skip');
  query.set('$skiptoken', skipToken(offset));
  return `${graphBase}/${call.version}${call.req.path}?${query}`;
}
