import type { PracticeContext } from '../context.js';
import type { PracticeResponse } from '../http/router.js';
import type { Person } from '../world/people.js';
import { directoryPerson, reviewedPeople } from '../world/reviewed-people.js';
import { roles } from '../world/roles.js';
import { people as access } from './access.js';
import type { Call, Operation, Routes } from './call.js';
import { type Access, type Caller, denied } from './caller.js';
import {
  directoryRoleEntity,
  groupEntity,
  homePeople,
  managerOf,
  ownedBy,
  reportsOf,
  sponsorsOf,
  userEntity,
} from './directory-views.js';
import type { Entity } from './entity.js';
import { noSuchResource } from './error-answer.js';
import { one, page } from './odata-page.js';
import { badRequest } from './odata-query.js';

export function userRoutes(routes: Routes): void {
  routes('GET', '/users', access.list, listUsers);
  const about = (
    suffix: string,
    needed: Access,
    operation: (call: Call, person: Person) => PracticeResponse,
  ): void => {
    routes('GET', `/me${suffix}`, needed, (call) => operation(call, myself(call.caller)));
    routes('GET', `/users/:id${suffix}`, needed, (call) => operation(call, subject(call)));
  };
  about('', access.read, (call, person) => {
    mustReadSignIns(call);
    return one(call, 'users', userEntity(call.ctx, person));
  });
  about('/manager', access.manager, readManager);
  about('/directReports', access.reports, (call, person) =>
    objects(
      call,
      reportsOf(call.ctx, person).map((report) => userEntity(call.ctx, report)),
    ),
  );
  about('/sponsors', access.manager, (call, person) => objects(call, sponsorsOf(call.ctx, person)));
  about('/ownedObjects', access.reports, (call, person) =>
    objects(
      call,
      ownedBy(person).map((group) => groupEntity(call.ctx, group)),
    ),
  );
  for (const how of ['memberOf', 'transitiveMemberOf'] as const) {
    const depth = how === 'memberOf' ? 'direct' : 'transitive';
    about(`/${how}`, access.memberOf, (call, person) =>
      objects(call, [...groupsOf(call.ctx, person, depth), ...rolesOf(call.ctx, person)]),
    );
    for (const cast of ['microsoft.graph.group', 'graph.group']) {
      about(`/${how}/${cast}`, access.memberOf, (call, person) =>
        page(call, {
          context: 'groups',
          entities: groupsOf(call.ctx, person, depth),
          directory: true,
          cast: true,
        }),
      );
    }
  }
}

const listUsers: Operation = (call) => {
  notForGuests(call.caller);
  mustReadSignIns(call);
  const entities = [...homePeople(), ...namedIn(call.odata.filter ?? '')].map((person) =>
    userEntity(call.ctx, person),
  );
  return page(call, { context: 'users', entities, directory: true });
};

// The list shows those who chat here; whoever is only reviewed is found by an id that the filter names.
function namedIn(filter: string): readonly Person[] {
  const ids = new Set([...filter.matchAll(/'([0-9a-f-]{36})'/gi)].map(([, id = '']) => id.toLowerCase()));
  const cast = new Set(homePeople());
  return [...ids].flatMap((id) => directoryPerson(id) ?? []).filter((person) => !cast.has(person));
}

function readManager(call: Call, person: Person): PracticeResponse {
  const manager = managerOf(call.ctx, person) ?? noSuchResource('manager');
  return one(call, 'directoryObjects', manager, true);
}

function objects(call: Call, entities: readonly Entity[]): PracticeResponse {
  return page(call, { context: 'directoryObjects', entities, directory: true, typed: true });
}

function groupsOf(ctx: PracticeContext, person: Person, how: 'direct' | 'transitive'): Entity[] {
  return ctx.tenant.groupsOf(person.id, how).map((group) => groupEntity(ctx, group));
}

function rolesOf({ tenant }: PracticeContext, person: Person): Entity[] {
  const holds = (roleId: string): boolean =>
    tenant.holdings.roleHolders(roleId).some(({ id }) => id === person.id);
  return roles.filter(({ id }) => holds(id)).map(directoryRoleEntity);
}

function myself(caller: Caller): Person {
  return caller.kind === 'user'
    ? caller.person
    : badRequest('/me request is only valid with delegated authentication flow.');
}

function subject(call: Call): Person {
  const wanted = (call.req.params.id ?? '').toLowerCase();
  const person =
    directoryPerson(wanted) ??
    [...homePeople(), ...reviewedPeople].find(({ userPrincipalName: name }) => name.toLowerCase() === wanted);
  const own = call.caller.kind === 'user' && call.caller.person === person;
  if (!own && hasOnlyUserRead(call.caller)) denied();
  return person ?? noSuchResource(call.req.params.id);
}

// User.Read is about the signed-in person alone, although several operations on other people accept its name.
function hasOnlyUserRead(caller: Caller): boolean {
  if (caller.kind === 'app') return false;
  return !caller.scopes.some((scope) => /^(User|Directory|Group|GroupMember)\.Read(\w*)\.All$/.test(scope));
}

// When somebody signed in last is part of the logs, and takes their permission on top.
function mustReadSignIns({ caller, odata }: Call): void {
  const held = caller.kind === 'user' ? caller.scopes : caller.roles;
  if (odata.select.includes('signInActivity') && !held.includes('AuditLog.Read.All')) denied();
}

/** By default a guest may look people up but not list the directory. */
export function notForGuests(caller: Caller): void {
  if (caller.kind === 'user' && caller.person.userType === 'Guest') denied();
}
