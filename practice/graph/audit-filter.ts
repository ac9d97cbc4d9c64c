import type { AuditRow } from '../world/audits.js';
import { type LogProperties, logFilter } from './log-filter.js';

const same = ['eq'] as const;
const start = ['eq', 'startswith'] as const;

/** What the log may be searched by, and how: nothing else is documented, so nothing else is answered here. */
const properties: LogProperties<AuditRow> = {
  activityDateTime: { operators: ['eq', 'ge', 'le'], values: ({ at }) => [at], type: 'moment' },
  activityDisplayName: { operators: start, values: ({ activity }) => [activity] },
  correlationId: { operators: same, values: ({ correlationId }) => [correlationId] },
  loggedByService: { operators: same, values: ({ service }) => [service] },
  'initiatedBy/user/id': { operators: same, values: ({ by }) => (by.kind === 'user' ? [by.id] : []) },
  'initiatedBy/user/displayName': {
    operators: same,
    values: ({ by }) => (by.kind === 'user' ? [by.name] : []),
  },
  'initiatedBy/user/userPrincipalName': {
    operators: start,
    values: ({ by }) => (by.kind === 'user' ? [by.userPrincipalName] : []),
  },
  // This log names apps by their service principal: there is no app id to find them by.
  'initiatedBy/app/appId': { operators: same, values: () => [] },
  'initiatedBy/app/displayName': {
    operators: same,
    values: ({ by }) => (by.kind === 'app' ? [by.name] : []),
  },
  'targetResources/any/id': { operators: same, values: ({ targets }) => targets.map(({ id }) => id) },
  'targetResources/any/displayName': {
    operators: start,
    values: ({ targets }) => targets.map(({ name }) => name),
  },
};

export function auditFilter(filter: string): (row: AuditRow) => boolean {
  return logFilter(properties, filter);
}
