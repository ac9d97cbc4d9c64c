import type { PracticeContext } from '../../context.js';
import type { RateLimit } from '../../teams/rate-limit.js';
import { stableId } from '../../world/ids.js';
import { personById, tenantId } from '../../world/people.js';
import type { SignIn } from '../../world/recovery/sign-in-log.js';
import { directoryPerson } from '../../world/reviewed-people.js';
import type { Routes } from '../call.js';
import { limited } from '../directory-audits.js';
import type { Entity } from '../entity.js';
import { noSuchResource } from '../error-answer.js';
import { type LogProperties, logFilter } from '../log-filter.js';
import { logPage } from '../log-page.js';
import { one } from '../odata-page.js';
import { reports } from './permissions.js';

const context = 'auditLogs/signIns';
const same = ['eq'] as const;
const start = ['eq', 'startswith'] as const;

/** Interactive sign-ins, newest first. */
export function signInRoutes(routes: Routes, limit: RateLimit): void {
  routes(
    'GET',
    `/${context}`,
    reports,
    limited(limit, (call) =>
      logPage(call, {
        context,
        rows: visible(call.ctx),
        fits: (filter) => logFilter(properties, filter),
        orderedBy: 'createdDateTime',
        entity: signInEntity,
        pageSize: call.ctx.tenant.recovery.state().settings.page,
      }),
    ),
  );
  routes(
    'GET',
    `/${context}/:id`,
    reports,
    limited(limit, (call) => {
      const { id } = call.req.params;
      const found = visible(call.ctx).find((signIn) => signIn.id === id);
      return one(call, context, found ? signInEntity(found) : noSuchResource(id));
    }),
  );
}

// Ingestion takes a while here too.
function visible({ tenant: { recovery } }: PracticeContext): readonly SignIn[] {
  const { signIns, settings } = recovery.state();
  const until = recovery.moment().now - settings.signInDelayMs;
  return signIns.filter(({ at }) => Date.parse(at) <= until);
}

const properties: LogProperties<SignIn> = {
  createdDateTime: { operators: ['eq', 'ge', 'le'], values: ({ at }) => [at], type: 'moment' },
  userId: { operators: same, values: ({ personId }) => [personId] },
  userPrincipalName: { operators: start, values: (row) => [who(row).userPrincipalName] },
  userDisplayName: { operators: start, values: (row) => [who(row).displayName] },
  appId: { operators: same, values: ({ app }) => [appIdOf(app)] },
  appDisplayName: { operators: start, values: ({ app }) => [app] },
  ipAddress: { operators: start, values: ({ ip }) => [ip] },
  'status/errorCode': { operators: same, values: ({ errorCode }) => [String(errorCode)], type: 'number' },
  conditionalAccessStatus: { operators: same, values: () => ['notApplied'] },
  correlationId: { operators: same, values: (row) => [correlation(row)] },
  clientAppUsed: { operators: same, values: () => ['Browser'] },
  riskState: { operators: same, values: ({ riskState }) => [riskState] },
  riskLevelDuringSignIn: { operators: same, values: ({ risk }) => [risk] },
};

function signInEntity(signIn: SignIn): Entity {
  const { id, at, personId, app, ip, city, country, errorCode, failure, risk, riskState } = signIn;
  const { displayName, userPrincipalName } = who(signIn);
  const events = risk === 'none' ? [] : ['unfamiliarFeatures'];
  return {
    type: 'signIn',
    props: {
      id,
      createdDateTime: at,
      userDisplayName: displayName,
      userPrincipalName,
      userId: personId,
      appId: appIdOf(app),
      appDisplayName: app,
      ipAddress: ip,
      clientAppUsed: 'Browser',
      correlationId: correlation(signIn),
      conditionalAccessStatus: 'notApplied',
      appliedConditionalAccessPolicies: [],
      isInteractive: true,
      riskDetail: 'none',
      riskLevelAggregated: risk,
      riskLevelDuringSignIn: risk,
      riskState,
      riskEventTypes: [],
      riskEventTypes_v2: events,
      resourceDisplayName: 'Microsoft Graph',
      resourceId: '00000003-0000-0000-c000-000000000000',
      homeTenantId: tenantId,
      resourceTenantId: tenantId,
      status: { errorCode, failureReason: failure === '' ? 'Other.' : failure, additionalDetails: null },
      deviceDetail: {
        ...{ deviceId: '', displayName: '', operatingSystem: '', browser: '' },
        ...{ isCompliant: false, isManaged: false, trustType: '' },
      },
      location: { city, state: '', countryOrRegion: country, geoCoordinates: null },
    },
  };
}

function who({ personId }: SignIn): { readonly displayName: string; readonly userPrincipalName: string } {
  return directoryPerson(personId) ?? personById(personId) ?? { displayName: '', userPrincipalName: '' };
}

function appIdOf(app: string): string {
  return stableId(`app ${app}`);
}

function correlation({ id }: SignIn): string {
  return stableId(`correlation of sign-in ${id}`);
}
