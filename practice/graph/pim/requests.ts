import type { PimRequest } from '../../world/pim/records.js';
import type { Asker } from '../../world/pim/submit.js';
import type { Call, Operation, Routes } from '../call.js';
import { denied, personOf } from '../caller.js';
import { one, page } from '../odata-page.js';
import { badRequest } from '../odata-query.js';
import { readsEverybody } from './authority.js';
import { invalidFilter, inWireForm, notFound } from './refusals.js';
import { wishIn } from './request-input.js';
import { requestEntity } from './request-views.js';
import { plainList } from './schedules.js';
import type { Words } from './words.js';

/** Activations and their ends: ask, look, take back. */
export function requestRoutes(routes: Routes, words: Words): void {
  const { access, names } = words;
  const base = `${words.base}/${names.requests}`;
  const context = base.slice(1);
  const mine = `filterByCurrentUser(on=':on')`;
  routes('POST', base, access.submit, (call) => inWireForm(call, () => submit(call, words, context)));
  routes('GET', base, access.requests, (call) => inWireForm(call, () => everybodys(call, words, context)));
  routes('GET', `${base}/${mine}`, access.requests, (call) => {
    const belongs = belonging(call);
    const found = newestFirst(call, words).filter(belongs);
    return page(call, { context, entities: found.map((each) => requestEntity(call.ctx, words, each)) });
  });
  routes('GET', `${base}/:id`, access.requests, (call) =>
    one(call, context, requestEntity(call.ctx, words, readable(call, words))),
  );
  routes('POST', `${base}/:id/cancel`, access.submit, (call) =>
    inWireForm(call, () => {
      call.ctx.tenant.pim.cancel(personOf(call.caller), words.kind, call.req.params.id ?? '');
      return { status: 204 };
    }),
  );
  // Nobody was made eligible by a request in this tenant, and an extension is asked for in the portal.
  const eligible = `${words.base}/${names.eligibleRequests}`;
  const none: Operation = (call) => page(call, { context: eligible.slice(1), entities: [] });
  routes('GET', eligible, access.eligibleRequests, none);
  routes('GET', `${eligible}/${mine}`, access.eligibleRequests, none);
}

function submit(call: Call, words: Words, context: string): ReturnType<Operation> {
  const wish = wishIn(call.req.body, words);
  const request = call.ctx.tenant.pim.submit(askerOf(call), wish);
  const entity = requestEntity(call.ctx, words, request, wish.validationOnly);
  return { ...one(call, context, entity), status: 201 };
}

function askerOf({ caller, req }: Call): Asker {
  if (caller.kind === 'app') return denied();
  const { person, acrs, cp1 } = caller;
  return { person, acrs, cp1, ip: req.raw.socket.remoteAddress ?? '' };
}

// The plain list cannot be searched by status nor put in order.
function everybodys(call: Call, words: Words, context: string): ReturnType<Operation> {
  const { filter = '', orderby } = call.odata;
  if (/\bstatus\b/i.test(filter) || orderby !== undefined) invalidFilter();
  const entities = newestFirst(call, words).map((each) => requestEntity(call.ctx, words, each));
  return plainList(call, words, context, entities);
}

function belonging(call: Call): (request: PimRequest) => boolean {
  const { id } = personOf(call.caller);
  const { pim } = call.ctx.tenant;
  switch (call.req.params.on) {
    case 'principal':
      return ({ principalId }) => principalId === id;
    case 'approver':
      return (request) => request.step !== undefined && pim.mayDecide(id, request);
    default:
      return badRequest(`Unknown option '${call.req.params.on}'.`);
  }
}

/** Whoever asked, whoever may decide, and whoever did; and those whose role lets them read all. */
export function readable(call: Call, { kind }: Words): PimRequest {
  const { pim } = call.ctx.tenant;
  const request = pim.request(kind, call.req.params.id ?? '') ?? notFound(call.req.params.id);
  const { id } = personOf(call.caller);
  const involved = [request.principalId, request.step?.reviewedById].includes(id);
  return involved || pim.mayDecide(id, request) || readsEverybody(call) ? request : denied();
}

function newestFirst({ ctx }: Call, { kind }: Words): readonly PimRequest[] {
  return ctx.tenant.pim
    .state()
    .requests.filter(({ target }) => target.kind === kind)
    .toReversed();
}
