import type { PracticeResponse } from '../../http/router.js';
import type { Person } from '../../world/people.js';
import { methodDeleted } from '../../world/recovery/change-method.js';
import type { Method, MethodKind } from '../../world/recovery/methods.js';
import { refuseMethod } from '../../world/recovery/outcome.js';
import type { Call, Routes } from '../call.js';
import type { Entity } from '../entity.js';
import { one, page } from '../odata-page.js';
import { doer, mustReach } from './authority.js';
import { collections, methodEntity, passEntity } from './method-views.js';
import { allMethods, readMethod, writeMethod } from './permissions.js';
import { type Reads, subjectOf } from './subject.js';

const kinds = Object.keys(collections) as readonly MethodKind[];

/** What people have registered: all of it in one list, and each kind in a collection of its own. */
export function methodRoutes(routes: Routes, reads: Reads): void {
  for (const owner of ['/me', '/users/:owner']) {
    const root = `${owner}/authentication`;
    routes(
      'GET',
      `${root}/methods`,
      allMethods,
      reads((call) => listed(call, allMethodsOf(call, readable(call)), true)),
    );
    // Reading is all that the list of everything is for: whoever deletes does it in the collection of the kind.
    routes(
      'GET',
      `${root}/methods/:id`,
      allMethods,
      reads((call) => single(call, allMethodsOf(call, readable(call)), true)),
    );
    for (const kind of kinds) kindRoutes(routes, reads, root, kind);
  }
}

function kindRoutes(routes: Routes, reads: Reads, root: string, kind: MethodKind): void {
  const path = `${root}/${collections[kind]}`;
  const access = readMethod(kind);
  const found = (call: Call): readonly Entity[] => {
    const person = subjectOf(call);
    mustReach(call, person, access, 'read');
    return methodsOf(call, person)
      .filter((method) => method.kind === kind)
      .map(methodEntity);
  };
  routes(
    'GET',
    path,
    access,
    reads((call) => listed(call, found(call))),
  );
  routes(
    'GET',
    `${path}/:id`,
    access,
    reads((call) => single(call, found(call))),
  );
  if (kind === 'password') return;
  routes('DELETE', `${path}/:id`, writeMethod(kind), (call) => {
    const about = subjectOf(call);
    mustReach(call, about, writeMethod(kind), 'write');
    const { id = '' } = call.req.params;
    call.ctx.tenant.recovery.apply((state, moment) =>
      methodDeleted(state, moment, { about, by: doer(call), kind, id }),
    );
    return { status: 204 };
  });
}

function readable(call: Call): Person {
  const person = subjectOf(call);
  mustReach(call, person, allMethods, 'read');
  return person;
}

function allMethodsOf(call: Call, person: Person): readonly Entity[] {
  const passes = call.ctx.tenant.recovery.passes(person.id);
  return [...methodsOf(call, person).map(methodEntity), ...passes.map((pass) => passEntity(call.ctx, pass))];
}

function methodsOf({ ctx }: Call, person: Person): readonly Method[] {
  return ctx.tenant.recovery.methods(person.id);
}

function listed(call: Call, entities: readonly Entity[], typed = false): PracticeResponse {
  return page(call, { context: contextOf(call), entities, typed });
}

function single(call: Call, entities: readonly Entity[], typed = false): PracticeResponse {
  const found = entities.find(({ props }) => props.id === call.req.params.id);
  if (!found) return refuseMethod(404, 'resourceNotFound', 'Authentication method was not found.');
  return one(call, contextOf(call), found, typed);
}

function contextOf({ req }: Call): string {
  const collection = req.path.split('/authentication/')[1]?.split('/')[0] ?? '';
  return `users('${req.params.owner ?? 'me'}')/authentication/${collection}`;
}
