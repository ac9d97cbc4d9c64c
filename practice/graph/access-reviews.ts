import { newId } from '../world/ids.js';
import { refuse } from '../world/refusal.js';
import { definitionInput } from '../world/reviews/definition.js';
import { pauseMs } from '../world/reviews/progress.js';
import { refuseReviewer } from '../world/reviews/record.js';
import { contactedIn } from '../world/reviews/reviewers.js';
import { scopeOf } from '../world/reviews/scope.js';
import { definitionsOf, instancesOf } from '../world/reviews/state.js';
import { accessReviews as access } from './access.js';
import { actionRoutes } from './access-review-actions.js';
import {
  isAsked,
  isAskedAbout,
  isAskedIn,
  mustAdminister,
  readsEverything,
} from './access-review-authority.js';
import { decisionRoutes } from './access-review-decisions.js';
import {
  definitionOf,
  instanceOf,
  readableDefinition,
  readableInstance,
  stageOf,
} from './access-review-found.js';
import { entitiesPage } from './access-review-page.js';
import {
  definitionEntity,
  instanceEntity,
  reviewerEntity,
  stageEntity,
  stagesOf,
} from './access-review-views.js';
import type { Operation, Routes } from './call.js';
import { personOf } from './caller.js';
import { one } from './odata-page.js';
import { badRequest } from './odata-query.js';

const base = '/identityGovernance/accessReviews/definitions';
const definition = `${base}/:definition`;
const instance = `${definition}/instances/:instance`;
const context = 'identityGovernance/accessReviews/definitions';
const me = `filterByCurrentUser(on=':on')`;

/** Access reviews: definitions, their instances, the stages of those, and who is asked. */
export function accessReviewRoutes(routes: Routes): void {
  routes('GET', base, access.read, listDefinitions);
  routes('POST', base, access.write, createDefinition);
  routes('GET', `${base}/${me}`, access.own, myDefinitions);
  routes('GET', definition, access.read, (call) =>
    one(call, context, definitionEntity(call.ctx, readableDefinition(call))),
  );
  routes('GET', `${definition}/instances`, access.read, listInstances);
  routes('GET', `${definition}/instances/${me}`, access.own, myInstances);
  routes('GET', instance, access.read, (call) => {
    const found = readableInstance(call);
    return one(
      call,
      `${context}('${found.definition.id}')/instances`,
      instanceEntity(found.definition, found.instance),
    );
  });
  routes('GET', `${instance}/contactedReviewers`, access.read, contacted);
  routes('GET', `${instance}/stages`, access.read, listStages);
  routes('GET', `${instance}/stages/${me}`, access.own, myStages);
  decisionRoutes(routes, instance);
  routes('GET', `${instance}/stages/:stage`, access.read, (call) => {
    const found = readableInstance(call);
    return one(
      call,
      'Collection(accessReviewStage)',
      stageEntity(found.definition, found.instance, stageOf(call, found)),
    );
  });
  actionRoutes(routes, definition, instance);
}

const listDefinitions: Operation = (call) => {
  if (!readsEverything(call)) return refuseReviewer();
  const all = definitionsOf(call.ctx.tenant.reviews.state());
  return entitiesPage(
    call,
    context,
    all.map((each) => definitionEntity(call.ctx, each)),
  );
};

const myDefinitions: Operation = (call) => {
  onlyReviewer(call);
  const mine = definitionsOf(call.ctx.tenant.reviews.state()).filter((each) => isAskedAbout(call, each));
  const entities = mine.map((each) => definitionEntity(call.ctx, each));
  return entitiesPage(call, 'Collection(accessReviewScheduleDefinition)', entities);
};

const createDefinition: Operation = (call) => {
  const person = personOf(call.caller);
  const input = definitionInput.safeParse(call.req.body);
  if (!input.success) {
    const [issue] = input.error.issues;
    return badRequest(`The access review cannot be read: ${issue?.path.join('.')}: ${issue?.message}.`);
  }
  mustAdminister(call, input.data);
  if (!scopeOf(input.data)) refuse(400, 'InvalidRequest', 'The query of the scope is not supported.');
  const { reviews } = call.ctx.tenant;
  const now = reviews.now();
  const { recurrence } = input.data.settings;
  const starts = Date.parse(recurrence?.range.startDate ?? '') || now;
  const made = { ...input.data, id: newId(), createdById: person.id, createdAt: new Date(now).toISOString() };
  reviews.change((state) => ({
    ...state,
    made: [...state.made, made],
    series: [
      ...state.series,
      { definitionId: made.id, started: false, nextAt: Math.max(starts, now + pauseMs.beforeInstance) },
    ],
  }));
  return { ...one(call, context, definitionEntity(call.ctx, made)), status: 201 };
};

const listInstances: Operation = (call) => {
  const found = readableDefinition(call);
  const own = instancesOf(call.ctx.tenant.reviews.state(), found.id);
  const shown = readsEverything(call) ? own : own.filter((each) => isAskedIn(call, found, each));
  return entitiesPage(
    call,
    `${context}('${found.id}')/instances`,
    shown.map((each) => instanceEntity(found, each)),
  );
};

const myInstances: Operation = (call) => {
  onlyReviewer(call);
  const found = definitionOf(call);
  const own = instancesOf(call.ctx.tenant.reviews.state(), found.id);
  const mine = own.filter((each) => isAskedIn(call, found, each));
  return entitiesPage(
    call,
    'Collection(accessReviewInstance)',
    mine.map((each) => instanceEntity(found, each)),
  );
};

const contacted: Operation = (call) => {
  const found = readableInstance(call);
  const { holdings } = call.ctx.tenant;
  const since = new Map<string, string>();
  for (const round of found.instance.status === 'Initializing' ? [] : found.instance.rounds) {
    for (const id of contactedIn(holdings, found.definition, found.instance, round)) {
      if (!since.has(id)) since.set(id, round.startsAt);
    }
  }
  const entities = [...since].map(([id, at]) => reviewerEntity(id, at));
  return entitiesPage(call, 'Collection(accessReviewReviewer)', entities);
};

const listStages: Operation = (call) => {
  const found = readableInstance(call);
  const entities = stagesOf(found.definition, found.instance).map((round) =>
    stageEntity(found.definition, found.instance, round),
  );
  return entitiesPage(call, 'Collection(accessReviewStage)', entities);
};

const myStages: Operation = (call) => {
  onlyReviewer(call);
  const found = instanceOf(call);
  const mine = stagesOf(found.definition, found.instance).filter((round) =>
    isAsked(call, found.definition, found.instance, round),
  );
  const entities = mine.map((round) => stageEntity(found.definition, found.instance, round));
  return entitiesPage(call, 'Collection(accessReviewStage)', entities);
};

function onlyReviewer({ req, caller }: Parameters<Operation>[0]): void {
  personOf(caller);
  if (req.params.on !== 'reviewer') badRequest(`Unknown option '${req.params.on}'.`);
}
