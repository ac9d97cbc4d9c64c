import type { PracticeContext } from '../context.js';
import { faultAnswer } from '../http/fault-answer.js';
import type { PracticeResponse } from '../http/router.js';
import { createRateLimit, type RateLimit } from '../teams/rate-limit.js';
import type { AuditActor, AuditRow, AuditTarget } from '../world/audits.js';
import { appId } from '../world/people.js';
import { auditLog } from './access.js';
import { auditFilter } from './audit-filter.js';
import type { Call, Operation, Routes } from './call.js';
import type { Entity } from './entity.js';
import { noSuchResource } from './error-answer.js';
import { logPage } from './log-page.js';
import { one } from './odata-page.js';
import { mustReadReports } from './report-readers.js';

type Changed = NonNullable<AuditTarget['changed']>[number];

const context = 'auditLogs/directoryAudits';
const path = `/${context}`;

/** Logs and reports, in all versions, count together: the limit is one of the app. */
export function auditLimit({ clock, events }: PracticeContext): RateLimit {
  const limit = createRateLimit([{ ms: 10_000, most: 5 }], clock.now);
  events.subscribe(({ kind }) => {
    if (kind === 'reset') limit.clear();
  });
  return limit;
}

export function directoryAuditRoutes(routes: Routes, limit: RateLimit): void {
  const on = (pattern: string, operation: Operation): void =>
    routes('GET', pattern, auditLog, limited(limit, operation));
  on(path, auditPage);
  on(`${path}/:id`, (call) => {
    const { id } = call.req.params;
    const row = call.ctx.tenant.audits.visible().find((each) => each.id === id);
    return one(call, context, row ? auditEntity(row) : noSuchResource(id));
  });
}

/** Counted before anybody looks whether the person may read it at all. */
export function limited(limit: RateLimit, operation: Operation): Operation {
  return (call) => {
    const wait = limit.take(appId);
    if (wait !== undefined) return faultAnswer('graph', { status: 429, retryAfter: wait });
    mustReadReports(call);
    return operation(call);
  };
}

function auditPage(call: Call): PracticeResponse {
  const { audits } = call.ctx.tenant;
  return logPage(call, {
    context,
    rows: audits.visible(),
    fits: auditFilter,
    orderedBy: 'activityDateTime',
    entity: auditEntity,
    pageSize: audits.pageSize(),
  });
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

function target({ id, name, type, userPrincipalName, changed = [] }: AuditTarget): unknown {
  const groupType = type === 'Group' ? 'azureAD' : null;
  return {
    ...{ id, displayName: name, type, userPrincipalName: userPrincipalName ?? null },
    ...{ groupType, modifiedProperties: changed.map(modified) },
  };
}

function modified({ name: displayName, before: oldValue, after: newValue }: Changed): unknown {
  return { displayName, oldValue, newValue };
}
