import { refuse } from '../world/refusal.js';
import type { Definition } from '../world/reviews/definition.js';
import { type Instance, lastRound, type Place, placeOf, type Round } from '../world/reviews/instance.js';
import { refuseReviewer } from '../world/reviews/record.js';
import { reviewerTest } from '../world/reviews/reviewers.js';
import { definitionById, instancesOf } from '../world/reviews/state.js';
import { isAskedAbout, isAskedIn, readsEverything } from './access-review-authority.js';
import { stagesOf } from './access-review-views.js';
import type { Call } from './call.js';

export interface Found {
  readonly definition: Definition;
  readonly instance: Instance;
}

export function definitionOf({ req, ctx }: Call): Definition {
  const state = ctx.tenant.reviews.state();
  return definitionById(state, req.params.definition ?? '') ?? missing('access review');
}

export function readableDefinition(call: Call): Definition {
  const definition = definitionOf(call);
  if (!readsEverything(call) && !isAskedAbout(call, definition)) refuseReviewer();
  return definition;
}

export function instanceOf(call: Call): Found {
  const definition = definitionOf(call);
  const wanted = call.req.params.instance?.toLowerCase();
  const own = instancesOf(call.ctx.tenant.reviews.state(), definition.id);
  const instance = own.find(({ id }) => id === wanted) ?? missing('access review instance');
  return { definition, instance };
}

export function readableInstance(call: Call): Found {
  const found = instanceOf(call);
  if (!readsEverything(call) && !isAskedIn(call, found.definition, found.instance)) refuseReviewer();
  return found;
}

export function stageOf(call: Call, { definition, instance }: Found): Round {
  const wanted = call.req.params.stage?.toLowerCase();
  return stagesOf(definition, instance).find(({ id }) => id === wanted) ?? missing('access review stage');
}

/** The item that the path names; below a stage only an item of that stage. */
export function itemOf(call: Call, found: Found): Place {
  const place = placeOf(found.instance, call.req.params.decision ?? '');
  if (!place) return missing('decision');
  if (call.req.params.stage !== undefined && place.round !== stageOf(call, found)) return missing('decision');
  return place;
}

/** A reviewer reads own items, and what earlier stages said about them where the definition shows that. */
export function mayReadItem(call: Call, definition: Definition, { instance, round, index }: Place): boolean {
  if (readsEverything(call)) return true;
  const { caller, ctx } = call;
  if (caller.kind === 'app' || instance.status === 'Initializing') return false;
  const asked = (each: Round): boolean =>
    reviewerTest(ctx.tenant.holdings, definition, instance, each)(index, caller.person.id);
  if (asked(round)) return true;
  const later = lastRound(instance, index);
  const shown = definition.settings.decisionHistoriesForReviewersEnabled !== false;
  return shown && later !== undefined && later !== round && asked(later);
}

export function missing(what: string): never {
  return refuse(404, 'ResourceNotFound', `The ${what} does not exist.`);
}
