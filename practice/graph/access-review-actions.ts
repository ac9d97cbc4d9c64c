import { z } from 'zod/v4';
import { servicePrincipalId } from '../sign-in/tokens.js';
import { refuse } from '../world/refusal.js';
import { applying, closeInstance, closeRound } from '../world/reviews/progress.js';
import {
  acceptRecommendations,
  decideMany,
  narrowed,
  openRound,
  refuseReviewer,
} from '../world/reviews/record.js';
import { reviewerTest } from '../world/reviews/reviewers.js';
import { stopReview } from '../world/reviews/start.js';
import { withInstance, withSeries } from '../world/reviews/state.js';
import { accessReviews as access } from './access.js';
import { administers, mustAdminister } from './access-review-authority.js';
import { definitionOf, type Found, instanceOf, stageOf } from './access-review-found.js';
import type { Call, Operation, Routes } from './call.js';
import { personOf } from './caller.js';
import { badRequest } from './odata-query.js';

/** What can be done to an instance as a whole. */
export function actionRoutes(routes: Routes, definition: string, instance: string): void {
  routes('POST', `${instance}/acceptRecommendations`, access.decide, (call) => {
    const person = personOf(call.caller);
    const found = instanceOf(call);
    acceptRecommendations(call.ctx.tenant.reviews, found.definition, found.instance, person.id);
    return { status: 204 };
  });
  routes('POST', `${instance}/batchRecordDecisions`, access.write, batchRecord);
  const byAdmin = (name: string, act: (call: Call, found: Found) => void): void =>
    routes('POST', `${instance}/${name}`, access.write, (call) => {
      const found = instanceOf(call);
      mustAdminister(call, found.definition);
      act(call, found);
      return { status: 204 };
    });
  byAdmin('resetDecisions', (call, found) => {
    decideMany(call.ctx.tenant.reviews, found.definition, found.instance, {
      by: actor(call),
      verdict: undefined,
    });
  });
  byAdmin('sendReminder', (_call, found) => {
    openRound(found.instance);
  });
  byAdmin('stop', (call, { definition: of, instance: running }) => {
    openRound(running);
    const { reviews } = call.ctx.tenant;
    reviews.change((state, now) => withInstance(state, closeInstance(of, running, now)));
  });
  byAdmin('applyDecisions', applyDecisions);
  byAdmin('stages/:stage/stop', (call, found) => {
    if (openRound(found.instance) !== stageOf(call, found)) badRequest('The stage is not in progress.');
    const { reviews } = call.ctx.tenant;
    reviews.change((state, now) => withInstance(state, closeRound(found.definition, found.instance, now)));
  });
  routes('POST', `${definition}/stop`, access.write, (call) => {
    const stopped = definitionOf(call);
    mustAdminister(call, stopped);
    const { reviews } = call.ctx.tenant;
    stopReview(reviews, stopped);
    reviews.change((state) => withSeries(state, { definitionId: stopped.id, started: true }));
    return { status: 204 };
  });
}

const wordOf = z.enum(['Approve', 'Deny', 'DontKnow', 'NotReviewed']);
const batch = z.object({
  decision: wordOf,
  justification: z.string().nullish(),
  principalId: z.string().nullish(),
  resourceId: z.string().nullish(),
});

const batchRecord: Operation = (call) => {
  const { definition, instance } = instanceOf(call);
  const { reviews, holdings } = call.ctx.tenant;
  const input = batch.safeParse(call.req.body);
  if (!input.success) {
    return badRequest("decision must be 'Approve', 'Deny', 'DontKnow' or 'NotReviewed'.");
  }
  const { decision, justification, principalId, resourceId } = input.data;
  const admin = administers(call, definition);
  const round = openRound(instance);
  const mine = reviewerTest(holdings, definition, instance, round);
  const only = narrowed(definition, instance, {
    principalId: principalId ?? undefined,
    resourceId: resourceId ?? undefined,
  });
  // As documented it is about every item that fits, those of other reviewers too.
  const takesPart = only.some((index) => mine(index, actor(call))) && reviews.state().reviewersMayReset;
  if (!admin && !takesPart) refuseReviewer();
  const verdict = decision === 'NotReviewed' ? undefined : { decision, justification: justification ?? '' };
  decideMany(reviews, definition, instance, { by: actor(call), only, verdict });
  return { status: 204 };
};

function applyDecisions(call: Call, { definition, instance }: Found): void {
  if (instance.status !== 'Completed' || definition.settings.autoApplyDecisionsEnabled) {
    refuse(400, 'InvalidRequest', 'Decisions are applied by hand only once the review is completed.');
  }
  call.ctx.tenant.reviews.change((state, now) => withInstance(state, applying(instance, now)));
}

function actor({ caller }: Call): string {
  return caller.kind === 'app' ? servicePrincipalId : caller.person.id;
}
