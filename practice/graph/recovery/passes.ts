import { z } from 'zod/v4';
import { type PassWish, passDeleted, passMade } from '../../world/recovery/make-pass.js';
import { refuseMethod } from '../../world/recovery/outcome.js';
import type { Call, Routes } from '../call.js';
import { one, page } from '../odata-page.js';
import { doer, mustIssue, mustReach } from './authority.js';
import { passEntity } from './method-views.js';
import { createPass, readMethod, writeMethod } from './permissions.js';
import { type Reads, subjectOf } from './subject.js';

const read = readMethod('pass');
const write = writeMethod('pass');

/** Temporary Access Passes. */
export function passRoutes(routes: Routes, reads: Reads): void {
  for (const owner of ['/me', '/users/:owner']) {
    const path = `${owner}/authentication/temporaryAccessPassMethods`;
    routes(
      'GET',
      path,
      read,
      reads((call) => page(call, { context: contextOf(call), entities: passesOf(call) })),
    );
    routes(
      'GET',
      `${path}/:id`,
      read,
      reads((call) => {
        const found = passesOf(call).find(({ props }) => props.id === call.req.params.id?.toLowerCase());
        if (!found) return refuseMethod(404, 'resourceNotFound', 'Authentication method was not found.');
        return one(call, contextOf(call), found);
      }),
    );
    routes('DELETE', `${path}/:id`, write, (call) => {
      const about = subjectOf(call);
      mustReach(call, about, write, 'write');
      const { id = '' } = call.req.params;
      call.ctx.tenant.recovery.apply((state, moment) =>
        passDeleted(state, moment, { about, id, by: doer(call) }),
      );
      return { status: 204 };
    });
  }
  routes('POST', '/users/:owner/authentication/temporaryAccessPassMethods', createPass, (call) => {
    const about = subjectOf(call);
    mustIssue(call, about, createPass);
    const wish = wishOf(call.req.body);
    const { pass, code } = call.ctx.tenant.recovery.apply((state, moment) =>
      passMade(state, moment, { about, wish, by: doer(call) }),
    );
    return { ...one(call, contextOf(call), passEntity(call.ctx, pass, code), true), status: 201 };
  });
}

function passesOf(call: Call): readonly ReturnType<typeof passEntity>[] {
  const person = subjectOf(call);
  mustReach(call, person, read, 'read');
  return call.ctx.tenant.recovery.passes(person.id).map((pass) => passEntity(call.ctx, pass));
}

const wishShape = z.strictObject({
  '@odata.type': z.literal('#microsoft.graph.temporaryAccessPassAuthenticationMethod').optional(),
  lifetimeInMinutes: z.int().nullish(),
  isUsableOnce: z.boolean().nullish(),
  startDateTime: z.iso.datetime({ offset: true }).nullish(),
});

/** All of it may be left to the policy. */
function wishOf(body: unknown): PassWish {
  const parsed = wishShape.safeParse(body ?? {});
  if (!parsed.success) {
    const where = parsed.error.issues[0]?.path.join('.') || 'the request body';
    return refuseMethod(400, 'badRequest', `Invalid value specified for ${where}.`);
  }
  const { lifetimeInMinutes, isUsableOnce, startDateTime } = parsed.data;
  return {
    minutes: lifetimeInMinutes ?? undefined,
    once: isUsableOnce ?? undefined,
    startsAt: startDateTime ?? undefined,
  };
}

function contextOf({ req }: Call): string {
  return `users('${req.params.owner ?? 'me'}')/authentication/temporaryAccessPassMethods`;
}
