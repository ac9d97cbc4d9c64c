import { z } from 'zod/v4';
import { parsed } from './collect.js';
import { equal } from './equal.js';
import { id, list, text } from './fields.js';
import type { GraphReader } from './graph.js';
import { parseAs } from './parse.js';

/** One line of the audit log of Entra. */
export interface AuditRow {
  readonly id: string;
  readonly at: string;
  readonly activity: string;
  readonly category: string;
  readonly service: string;
  readonly ok: boolean;
  /** Free text; for an activation what its asker wrote, for a decision what the approver wrote. */
  readonly reason: string;
  /** A person. */
  readonly by: { readonly id: string; readonly name: string } | undefined;
  /** Name of the application, where no person did it. */
  readonly byApp: string;
  /** Address they did it from, where Entra says it. */
  readonly byIp?: string;
  readonly targets: readonly AuditTarget[];
  readonly details: Readonly<Record<string, string>>;
  readonly correlationId: string;
}

export interface AuditTarget {
  readonly id: string;
  readonly name: string;
  readonly type: string;
}

const path = '/auditLogs/directoryAudits';
const largestPage = 1000;

/** What role management wrote under either of its names. */
const spellings = ['PIM', 'Privileged Identity Management'];

/** Oldest first within a name. The log lags by minutes, so what is read up to now has to be read again later. */
export async function* pimRowsSince(
  reader: GraphReader,
  since: Date,
  upTo?: Date,
): AsyncGenerator<readonly AuditRow[]> {
  for (const service of spellings) yield* rowsOf(reader, service, since, upTo);
}

/** What became of requests for access packages, oldest first; it lags as well. */
export function entitlementRowsSince(
  reader: GraphReader,
  since: Date,
  upTo?: Date,
): AsyncGenerator<readonly AuditRow[]> {
  return rowsOf(reader, 'Entitlement Management', since, upTo);
}

/**
 * Ways to sign in that were registered, changed and removed, and passes, oldest first; it lags as well. One call a page,
 * of the five in ten seconds that all logs and reports share.
 */
export function methodRowsSince(
  reader: GraphReader,
  since: Date,
  upTo?: Date,
): AsyncGenerator<readonly AuditRow[]> {
  return rowsOf(reader, 'Authentication Methods', since, upTo);
}

function rowsOf(
  reader: GraphReader,
  service: string,
  since: Date,
  upTo: Date | undefined,
): AsyncGenerator<readonly AuditRow[]> {
  const until = upTo === undefined ? '' : ` and activityDateTime le ${upTo.toISOString()}`;
  const filter = `${equal('loggedByService', service)} and activityDateTime ge ${since.toISOString()}${until}`;
  const query = { $filter: filter, $orderby: 'activityDateTime', $top: String(largestPage) };
  return parsed(reader.pages(path, { query }), asAuditRow);
}

/** What one person did, newest last; when there is more than `atMost`, the newest of it. */
export async function rowsBy(
  reader: GraphReader,
  personId: string,
  from: Date,
  to: Date,
  atMost: number,
): Promise<readonly AuditRow[]> {
  const between = `activityDateTime ge ${from.toISOString()} and activityDateTime le ${to.toISOString()}`;
  const query = {
    $filter: `${equal('initiatedBy/user/id', personId)} and ${between}`,
    $orderby: 'activityDateTime desc',
    $top: String(Math.min(atMost, largestPage)),
  };
  const rows: AuditRow[] = [];
  for await (const page of parsed(reader.pages(path, { query }), asAuditRow)) {
    rows.push(...page);
    if (rows.length >= atMost) break;
  }
  return rows.slice(0, atMost).reverse();
}

const nobody = { id: undefined, displayName: '', userPrincipalName: '', ipAddress: '' };
const userShape = z.object({ id, displayName: text, userPrincipalName: text, ipAddress: text }).catch(nobody);
const appShape = z.object({ displayName: text, servicePrincipalName: text }).catch({
  displayName: '',
  servicePrincipalName: '',
});

const targetShape = z.object({ id: text, displayName: text, userPrincipalName: text, type: text }).transform(
  (target): AuditTarget => ({
    id: target.id.toLowerCase(),
    name: target.displayName === '' ? target.userPrincipalName : target.displayName,
    type: target.type,
  }),
);

const rowShape = z
  .object({
    id: z.string().min(1),
    activityDateTime: z.string().min(1),
    activityDisplayName: text,
    category: text,
    loggedByService: text,
    result: text,
    resultReason: text,
    correlationId: text,
    initiatedBy: z
      .object({ user: userShape, app: appShape })
      .catch({ user: nobody, app: { displayName: '', servicePrincipalName: '' } }),
    targetResources: list(targetShape),
    additionalDetails: list(z.object({ key: z.string(), value: text })),
  })
  .transform(({ initiatedBy: { user, app }, ...row }): AuditRow => {
    const userName = user.displayName === '' ? user.userPrincipalName : user.displayName;
    return {
      id: row.id,
      at: row.activityDateTime,
      activity: row.activityDisplayName,
      category: row.category,
      service: row.loggedByService,
      ok: row.result.toLowerCase() === 'success',
      reason: row.resultReason,
      by: user.id === undefined ? undefined : { id: user.id, name: userName },
      byApp: app.displayName === '' ? app.servicePrincipalName : app.displayName,
      ...(user.ipAddress === '' ? {} : { byIp: user.ipAddress }),
      targets: row.targetResources,
      details: Object.fromEntries(row.additionalDetails.map(({ key, value }) => [key, value])),
      correlationId: row.correlationId.toLowerCase(),
    };
  });

export const asAuditRow = parseAs(rowShape, 'row of the audit log');
