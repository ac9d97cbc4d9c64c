import type { PracticeResponse } from '../http/router.js';
import type { Call } from './call.js';
import type { Entity } from './entity.js';
import { badRequest, skipToken } from './odata-query.js';
import { shaped } from './odata-shape.js';

/** One of the logs of the directory. */
export interface Log<Row> {
  readonly context: string;
  /** Oldest first. */
  readonly rows: readonly Row[];
  readonly fits: (filter: string) => (row: Row) => boolean;
  /** The only property that it can be ordered by: when it was. */
  readonly orderedBy: string;
  readonly entity: (row: Row) => Entity;
  readonly pageSize: number;
}

const options = new Set(['$filter', '$orderby', '$top', '$skiptoken', '$select']);
const largestPage = 1_000;

export function logPage<Row>(call: Call, log: Log<Row>): PracticeResponse {
  const { filter, orderby, select, skip, top } = call.odata;
  for (const name of call.req.query.keys())
    if (name.startsWith('$') && !options.has(name)) badRequest(`'${name}' is not supported for this log.`);
  if (top !== undefined && (top < 1 || top > largestPage))
    badRequest(`Invalid page size specified: '${top}'. Must be between 1 and ${largestPage} inclusive.`);
  const fits = filter === undefined ? () => true : log.fits(filter);
  const found = inOrder(log.rows.filter(fits), log.orderedBy, orderby);
  const size = Math.min(top ?? largestPage, log.pageSize);
  const head = { '@odata.context': `https://graph.microsoft.com/${call.version}/$metadata#${log.context}` };
  const next = skip + size < found.length ? { '@odata.nextLink': nextLink(call, skip + size) } : {};
  const shown = found.slice(skip, skip + size).map((row) => shaped(log.entity(row), { select, expand: [] }));
  return { status: 200, body: { ...head, ...next, value: shown } };
}

function inOrder<Row>(rows: readonly Row[], property: string, orderby: string | undefined): readonly Row[] {
  const [name = '', direction = 'asc', ...more] = (orderby ?? `${property} desc`).trim().split(/\s+/);
  const known = name.toLowerCase() === property.toLowerCase() && /^(asc|desc)$/i.test(direction);
  if (!known || more.length > 0) badRequest(`The log cannot be ordered by '${orderby}'.`);
  return direction.toLowerCase() === 'asc' ? rows : rows.toReversed();
}

function nextLink({ req, version }: Call, offset: number): string {
  const query = new URLSearchParams(req.query);
  query.set('$skiptoken', skipToken(offset));
  return `https://graph.microsoft.com/${version}${req.path}?${query}`;
}
