import type { PracticeContext } from '../context.js';
import { faultAnswer } from '../http/fault-answer.js';
import type { PracticeResponse } from '../http/router.js';
import { createRateLimit, type RateLimit } from '../teams/rate-limit.js';
import type { AuditActor, AuditRow, AuditTarget } from '../world/audits.js';
import { appId } from '../world/people.js';
import { roles } from '../world/roles.js';
import { auditLog } from './access.js';
import { auditFilter } from './audit-filter.js';
import type { Call, Operation, Routes } from './call.js';
import { denied } from './caller.js';
import type { Entity } from './entity.js';
import { noSuchResource } from './error-answer.js';
import { one } from './odata-page.js';
import { badRequest, skipToken } from './odata-query.js';
import { shaped } from './odata-shape.js';

const context = 'auditLogs/directoryAudits';
const path = `/${context}`;
const options = new Set(['$filter', '$orderby', '$top', '$skiptoken', '$select']);
const readers = [
  ...['Reports Reader', 'Security Reader', 'Security Operator', 'Security Administrator'],
  'Global Reader',
];

/** All of the log's versions count together: the limit is one of the app. */
export function auditLimit({ clock, events }: PracticeContext): RateLimit {
  const limit = createRateLimit([{ ms: 10_000, most: 5 }], clock.now);
  events.subscribe(({ kind }) => {
    if (kind === 'reset') limit.clear();
  });
  return limit;
}

export function directoryAuditRoutes(routes: Routes, limit: RateLimit): void {
  const on = (pattern: string, operation: Operation): void =>
    routes('GET', pattern, auditLog, (call) => {
      const wait = limit.take(appId);
      if (wait !== undefined) return faultAnswer('graph', { status: 429, retryAfter: wait });
      mustReadReports(call);
      return operation(call);
    });
  on(path, auditPage);
  on(`${path}/:id`, (call) => {
    const { id } = call.req.params;
    const row = call.ctx.tenant.audits.visible().find((each) => each.id === id);
    return one(call, context, row ? auditEntity(row) : noSuchResource(id));
  });
}

// The permission is not enough for a person: a role of the directory must let them read reports.
function mustReadReports({ caller, ctx }: Call): void {
  if (caller.kind === 'app') return;
  const holds = roles
    .filter(({ displayName }) => readers.includes(displayName))
    .some(({ id }) => ctx.tenant.holdings.hasRole(id, caller.person.id));
  if (!holds) denied();
}

function auditPage(call: Call): PracticeResponse {
  const { audits } = call.ctx.tenant;
  const { filter, orderby, select, skip, top } = call.odata;
  for (const name of call.req.query.keys())
    if (name.startsWith('$') && !options.has(name)) badRequest(`'${name}' is not supported for this log.`);
  if (top !== undefined && (top < 1 || top > 1_000))
    badRequest(`Invalid page size specified: '${top}'. Must be between 1 and 1000 inclusive.`);
  const fits = filter === undefined ? () => true : auditFilter(filter);
  const found = inOrder(audits.visible().filter(fits), orderby);
  const size = Math.min(top ?? 1_000, audits.pageSize());
  const head = { '@odata.context': `https://graph.microsoft.com/${call.version}/$metadata#${context}` };
  const next = skip + size < found.length ? { '@odata.nextLink': nextLink(call, skip + size) } : {};
  const shown = found.slice(skip, skip + size).map((row) => shaped(auditEntity(row), { select, expand: [] }));
  return { status: 200, body: { ...head, ...next, value: shown } };
}

function inOrder(rows: readonly AuditRow[], orderby: string | undefined): readonly AuditRow[] {
  const [, direction = 'asc'] =
    /^activityDateTime(?:\s+(asc|desc))?$/i.exec((orderby ?? 'activityDateTime desc').trim()) ??
    badRequest(`The log cannot be ordered by '${orderby}'.`);
  return direction.toLowerCase() === 'asc' ? rows : rows.toReversed();
}

function nextLink({ req, version }: Call, offset: number): string {
  const query = new URLSearchParams(req.query);
  query.set('$skiptoken', skipToken(offset));
  return `https://graph.microsoft.com/${version}${req.path}?${query}`;
}

function auditEntity(row: AuditRow): Entity {
  const props = {
    id: row.id,
    category: row.category,
    correlationId: row.correlationId,
    result: row.result,
    resultReason: row.reason,
    activityDisplayName: row.activity,
    activityDateTime: row.at,
    loggedByService: row.service,
    operationType: null,
    initiatedBy: initiator(row.by),
    targetResources: row.targets.map(target),
    additionalDetails: row.details,
  };
  return { type: 'directoryAudit', props };
}

function initiator(by: AuditActor): unknown {
  if (by.kind === 'user') {
    const { id, name: displayName, userPrincipalName, ip: ipAddress } = by;
    return { user: { id, displayName, userPrincipalName, ipAddress }, app: null };
  }
  const { id: servicePrincipalId, name: displayName } = by;
  return { user: null, app: { appId: null, displayName, servicePrincipalId, servicePrincipalName: null } };
}

function target({ id, name, type, userPrincipalName }: AuditTarget): unknown {
  const groupType = type === 'Group' ? 'azureAD' : null;
  return {
    ...{ id, displayName: name, type, userPrincipalName: userPrincipalName ?? null },
    ...{ groupType, modifiedProperties: [] },
  };
}
