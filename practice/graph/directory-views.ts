import type { PracticeContext } from '../context.js';
import { type Group, groupById, groups, ownerIds } from '../world/groups.js';
import { stableId } from '../world/ids.js';
import { type Person, people, tenantId } from '../world/people.js';
import {
  directoryPerson,
  directoryPersonByKey,
  lastSignIn,
  reviewedPeople,
} from '../world/reviewed-people.js';
import type { Role } from '../world/roles.js';
import type { Entity } from './entity.js';

// userType, accountEnabled, department and hire date come only when selected: a frequent trap.
const userDefaults = [
  ...['businessPhones', 'displayName', 'givenName', 'jobTitle', 'mail', 'mobilePhone', 'officeLocation'],
  ...['preferredLanguage', 'surname', 'userPrincipalName', 'id'],
];

export function homePeople(): readonly Person[] {
  return people.filter((person) => person.tenantId === tenantId);
}

export function userEntity(ctx: PracticeContext, person: Person): Entity {
  return {
    type: 'user',
    defaults: userDefaults,
    props: userProps(ctx, person),
    nav: {
      manager: () => managerOf(ctx, person),
      directReports: () => reportsOf(ctx, person).map((report) => userEntity(ctx, report)),
      sponsors: () => sponsorsOf(ctx, person),
      memberOf: () => ctx.tenant.groupsOf(person.id, 'direct').map((group) => groupEntity(ctx, group)),
      ownedObjects: () => ownedBy(person).map((group) => groupEntity(ctx, group)),
    },
  };
}

export function managerOf(ctx: PracticeContext, person: Person): Entity | undefined {
  const manager = directoryPersonByKey(ctx.tenant.recovery.managerKey(person));
  return manager && userEntity(ctx, manager);
}

export function sponsorsOf(ctx: PracticeContext, person: Person): Entity[] {
  const sponsor = directoryPersonByKey(person.sponsorKey ?? '');
  return sponsor ? [userEntity(ctx, sponsor)] : [];
}

export function reportsOf({ tenant }: PracticeContext, person: Person): Person[] {
  return [...homePeople(), ...reviewedPeople].filter(
    (report) => tenant.recovery.managerKey(report) === person.key,
  );
}

export function ownedBy(person: Person): Group[] {
  return groups.filter((group) => ownerIds(group).includes(person.id));
}

export function usersByIds(ctx: PracticeContext, ids: readonly string[]): Entity[] {
  return ids.flatMap((id) => directoryPerson(id) ?? []).map((person) => userEntity(ctx, person));
}

export function nestedGroups(ctx: PracticeContext, group: Group): Entity[] {
  return group.memberGroupIds.flatMap((id) => groupById(id) ?? []).map((nested) => groupEntity(ctx, nested));
}

export function groupEntity(ctx: PracticeContext, group: Group): Entity {
  return {
    type: 'group',
    props: {
      id: group.id,
      deletedDateTime: null,
      classification: null,
      createdDateTime: group.createdDateTime,
      description: group.description,
      displayName: group.displayName,
      expirationDateTime: null,
      groupTypes: [],
      isAssignableToRole: group.isAssignableToRole || null,
      mail: null,
      mailEnabled: false,
      mailNickname: group.displayName.toLowerCase().replaceAll(' ', '-'),
      membershipRule: null,
      onPremisesSyncEnabled: null,
      proxyAddresses: [],
      renewedDateTime: group.createdDateTime,
      securityEnabled: true,
      visibility: null,
    },
    nav: {
      owners: () => usersByIds(ctx, ownerIds(group)),
      members: () => [...usersByIds(ctx, ctx.tenant.directMembers(group)), ...nestedGroups(ctx, group)],
    },
  };
}

export function directoryRoleEntity(role: Role): Entity {
  return {
    type: 'directoryRole',
    props: {
      id: role.id,
      deletedDateTime: null,
      description: role.description,
      displayName: role.displayName,
      roleTemplateId: role.id,
    },
  };
}

function userProps(ctx: PracticeContext, person: Person): Readonly<Record<string, unknown>> {
  const [givenName = '', ...surname] = person.displayName.split(' ');
  const { startsInDays } = person;
  const started = ctx.tenant.startedAt().getTime();
  const planned =
    startsInDays === undefined ? null : new Date(started + startsInDays * 86_400_000).toISOString();
  const firstDay = ctx.tenant.recovery.hireDate(person.id) ?? planned;
  const guest = person.userType === 'Guest';
  return {
    id: person.id,
    deletedDateTime: null,
    accountEnabled: ctx.tenant.accounts.enabled(person),
    ageGroup: null,
    businessPhones: [],
    city: null,
    companyName: guest ? person.department : 'Contoso',
    country: null,
    createdDateTime: '2024-01-08T08:00:00Z',
    creationType: guest ? 'Invitation' : null,
    department: person.department,
    displayName: person.displayName,
    employeeHireDate: firstDay,
    employeeId: null,
    employeeType: null,
    externalUserState: guest ? 'Accepted' : null,
    givenName,
    identities: [],
    jobTitle: person.jobTitle,
    mail: person.mail,
    mailNickname: person.mail.split('@')[0],
    mobilePhone: null,
    officeLocation: null,
    onPremisesSyncEnabled: null,
    otherMails: [],
    preferredLanguage: 'en-US',
    proxyAddresses: [],
    signInActivity: signInActivity(person, started),
    signInSessionsValidFromDateTime: ctx.tenant.recovery.sessionsFrom(person.id),
    surname: surname.join(' '),
    usageLocation: null,
    userPrincipalName: person.userPrincipalName,
    userType: person.userType,
  };
}

// Null both for somebody who never signed in and for somebody of whom nothing is known.
function signInActivity({ id }: Person, worldStart: number): unknown {
  const daysAgo = lastSignIn(id);
  if (typeof daysAgo === 'string') return null;
  const at = new Date(worldStart - daysAgo * 86_400_000).toISOString();
  return {
    lastSignInDateTime: at,
    lastSignInRequestId: stableId(`last sign-in of ${id}`),
    lastNonInteractiveSignInDateTime: at,
    lastNonInteractiveSignInRequestId: stableId(`last silent sign-in of ${id}`),
    lastSuccessfulSignInDateTime: at,
    lastSuccessfulSignInRequestId: stableId(`last sign-in of ${id}`),
  };
}
