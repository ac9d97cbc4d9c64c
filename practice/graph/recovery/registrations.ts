import type { PracticeContext } from '../../context.js';
import type { RateLimit } from '../../teams/rate-limit.js';
import type { Person } from '../../world/people.js';
import { registrationOf } from '../../world/recovery/registration.js';
import { archivePersonId, directoryPerson, reviewedPeople } from '../../world/reviewed-people.js';
import { roles } from '../../world/roles.js';
import type { Routes } from '../call.js';
import { limited } from '../directory-audits.js';
import { homePeople } from '../directory-views.js';
import type { Entity } from '../entity.js';
import { noSuchResource } from '../error-answer.js';
import { one, page } from '../odata-page.js';
import { badRequest } from '../odata-query.js';
import { reports } from './permissions.js';

const context = 'reports/authenticationMethods/userRegistrationDetails';

/** Who has registered what: a report that lags behind, and knows nothing of disabled accounts. */
export function registrationRoutes(routes: Routes, limit: RateLimit): void {
  routes(
    'GET',
    `/${context}`,
    reports,
    limited(limit, (call) => {
      if (call.req.query.has('$skip')) badRequest("The query parameter '$skip' is not supported.");
      const entities = everybody(call.ctx).map((person) => registrationEntity(call.ctx, person));
      const size = call.ctx.tenant.recovery.state().settings.page;
      const top = Math.min(call.odata.top ?? size, size);
      return page({ ...call, odata: { ...call.odata, top } }, { context, entities });
    }),
  );
  routes(
    'GET',
    `/${context}/:id`,
    reports,
    limited(limit, (call) => {
      const { id = '' } = call.req.params;
      const person = directoryPerson(id);
      if (!person || !call.ctx.tenant.accounts.enabled(person)) return noSuchResource(id);
      return one(call, context, registrationEntity(call.ctx, person));
    }),
  );
}

// The people of the archive are in the report when that was asked for: they are a thousand or more.
function everybody({ tenant }: PracticeContext): readonly Person[] {
  const { settings } = tenant.recovery.state();
  const archived = Array.from({ length: settings.archived }, (_, index) => archivePersonId(index));
  return [...homePeople(), ...reviewedPeople, ...archived.flatMap((id) => directoryPerson(id) ?? [])].filter(
    (person) => tenant.accounts.enabled(person),
  );
}

const proofs = /^(mobilePhone|alternateMobilePhone|officePhone|microsoftAuthenticator|softwareOneTime)/;
const passwordless = /^(passKey|windowsHello|macOsSecureEnclave)/;
const resets = /^(mobilePhone|alternateMobilePhone|officePhone|email|microsoftAuthenticator|softwareOneTime)/;

function registrationEntity({ tenant }: PracticeContext, person: Person): Entity {
  const { recovery, holdings } = tenant;
  const { registered, preferred, updatedAt } = registrationOf(recovery.state(), recovery.moment(), person);
  const has = (what: RegExp): boolean => registered.some((name) => what.test(name));
  const strong = has(proofs) || has(passwordless);
  return {
    type: 'userRegistrationDetails',
    props: {
      id: person.id,
      userPrincipalName: person.userPrincipalName,
      userDisplayName: person.displayName,
      userType: person.userType.toLowerCase(),
      // Roles that are held now: whoever is only eligible is no administrator to this report.
      isAdmin: roles.some(({ id }) => holdings.hasRole(id, person.id)),
      isSsprRegistered: has(resets),
      isSsprEnabled: person.userType === 'Member',
      isSsprCapable: person.userType === 'Member' && has(resets),
      isMfaRegistered: strong,
      isMfaCapable: strong,
      isPasswordlessCapable: has(passwordless),
      methodsRegistered: registered,
      isSystemPreferredAuthenticationMethodEnabled: false,
      systemPreferredAuthenticationMethods: [],
      userPreferredMethodForSecondaryAuthentication: preferred,
      lastUpdatedDateTime: updatedAt,
    },
  };
}
