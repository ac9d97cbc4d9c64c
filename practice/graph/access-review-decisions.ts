import { z } from 'zod/v4';
import type { PracticeResponse } from '../http/router.js';
import { indexesOf, lastRound, type Place, type Round } from '../world/reviews/instance.js';
import { outcomeOf } from '../world/reviews/outcome.js';
import { recommendation } from '../world/reviews/recommendation.js';
import { decideItem, refuseReviewer } from '../world/reviews/record.js';
import { indexOf, principalAt } from '../world/reviews/subjects.js';
import { accessReviews as access } from './access.js';
import { ownIndexes, readsEverything } from './access-review-authority.js';
import {
  type Found,
  instanceOf,
  itemOf,
  mayReadItem,
  readableInstance,
  stageOf,
} from './access-review-found.js';
import { entitiesPage, rowsPage } from './access-review-page.js';
import { decisionEntity, insightEntities } from './access-review-views.js';
import type { Call, Operation, Routes } from './call.js';
import { personOf } from './caller.js';
import { one } from './odata-page.js';
import { badRequest } from './odata-query.js';

const collection = 'Collection(accessReviewInstanceDecisionItem)';

/** Decisions of an instance and of each of its stages: the same operations at two places. */
export function decisionRoutes(routes: Routes, instance: string): void {
  for (const base of [`${instance}/decisions`, `${instance}/stages/:stage/decisions`]) {
    routes('GET', base, access.read, all);
    routes('GET', `${base}/filterByCurrentUser(on=':on')`, access.own, mine);
    routes('GET', `${base}/:decision`, access.read, (call) => {
      const { found, place } = readable(call);
      return one(call, collection, decisionEntity(found.definition, place));
    });
    routes('GET', `${base}/:decision/insights`, access.read, (call) => {
      const { found, place } = readable(call);
      return entitiesPage(call, 'Collection(governanceInsight)', insightEntities(found.definition, place));
    });
    routes('PATCH', `${base}/:decision`, access.decide, decide);
  }
}

const all: Operation = (call) => {
  const found = readableInstance(call);
  if (readsEverything(call)) return decisionPage(call, found, () => true);
  const { definition, instance } = found;
  const own = ownByRound(call, found, instance.rounds);
  const shown = definition.settings.decisionHistoriesForReviewersEnabled !== false;
  return decisionPage(call, found, ({ round, index }) => {
    if (own(round, index)) return true;
    const later = lastRound(instance, index);
    return shown && later !== undefined && own(later, index);
  });
};

const mine: Operation = (call) => {
  if (call.req.params.on !== 'reviewer') return badRequest(`Unknown option '${call.req.params.on}'.`);
  const found = instanceOf(call);
  const own = ownByRound(call, found, roundsOf(call, found));
  return decisionPage(call, found, ({ round, index }) => own(round, index));
};

// Worked out once a round, not once an item.
function ownByRound(
  call: Call,
  { definition, instance }: Found,
  rounds: readonly Round[],
): (round: Round, index: number) => boolean {
  const own = new Map(rounds.map((each) => [each, new Set(ownIndexes(call, definition, instance, each))]));
  return (round, index) => own.get(round)?.has(index) ?? false;
}

const decision = z.object({ decision: z.string(), justification: z.string().nullish() });
const words = ['Approve', 'Deny', 'DontKnow'] as const;

const decide: Operation = (call) => {
  const person = personOf(call.caller);
  const found = instanceOf(call);
  const place = itemOf(call, found);
  const input = decision.safeParse(call.req.body);
  const word = words.find((each) => each === input.data?.decision);
  if (!input.success || !word) {
    return badRequest("decision must be 'Approve', 'Deny' or 'DontKnow'.");
  }
  decideItem(call.ctx.tenant.reviews, found.definition, place, person.id, {
    decision: word,
    justification: input.data.justification ?? '',
  });
  return { status: 204 };
};

function readable(call: Call): { readonly found: Found; readonly place: Place } {
  const found = instanceOf(call);
  const place = itemOf(call, found);
  if (!mayReadItem(call, found.definition, place)) refuseReviewer();
  return { found, place };
}

function decisionPage(call: Call, found: Found, shows: (place: Place) => boolean): PracticeResponse {
  const { definition, instance } = found;
  const wanted = call.req.params.stage === undefined ? undefined : stageOf(call, found);
  // Without a stage each item is shown as it stands in the newest stage that it reached.
  const [first] = instance.rounds;
  const round = (index: number): Round | undefined => wanted ?? lastRound(instance, index);
  const place = (index: number): Place => ({ instance, index, round: round(index) ?? badRound() });
  const list = wanted ?? first;
  const indexes = list && instance.status !== 'Initializing' ? indexesOf(instance, list) : [];
  return rowsPage(call, {
    context: collection,
    indexes: indexes.filter((index) => shows(place(index))),
    entity: (index) => decisionEntity(definition, place(index)),
    quick: (name, text) => {
      if (name === 'decision') return (index) => outcomeOf(definition, place(index)).decision === text;
      if (name === 'recommendation') return (index) => recommendation(definition, place(index)) === text;
      if (name === 'applyResult') return (index) => outcomeOf(definition, place(index)).applyResult === text;
      if (name !== 'principal/id') return undefined;
      const only = indexOf(instance.subjects, text.toLowerCase());
      return (index) => index === only && principalAt(instance.subjects, index).id !== '';
    },
  });
}

function roundsOf(call: Call, found: Found): readonly Round[] {
  return call.req.params.stage === undefined ? found.instance.rounds : [stageOf(call, found)];
}

function badRound(): never {
  return badRequest('The access review has no decisions yet.');
}
