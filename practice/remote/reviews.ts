import type { PracticeContext } from '../context.js';
import type { PracticeResponse, Router } from '../http/router.js';
import { refuse } from '../world/refusal.js';
import { seedByKey, seeds } from '../world/reviews/seeds.js';
import { startReviews, stopReview } from '../world/reviews/start.js';
import { instancesOf, statusOf } from '../world/reviews/state.js';
import { reviewSettingsInput, reviewsToStartInput } from './inputs.js';

/** Begins and ends the access reviews that this tenant has planned. */
export function reviewRoutes({ tenant }: PracticeContext, router: Router): void {
  const { reviews, entitlement } = tenant;
  const all = (): PracticeResponse => {
    const state = reviews.state();
    const body = seeds.map(({ key, definition }) => {
      const newest = instancesOf(state, definition.id).at(-1);
      const { id, displayName: name } = definition;
      return { key, id, name, status: statusOf(state, definition), instanceId: newest?.id ?? null };
    });
    return { status: 200, body };
  };
  router.on('GET', '/reviews', all);
  router.on('POST', '/reviews/start', ({ body }) => {
    const { reviews: wanted = [], size } = reviewsToStartInput(body);
    const chosen = wanted === 'all' ? seeds : wanted.map(knownSeed);
    if (size !== undefined) reviews.change((state) => ({ ...state, archiveSize: size }));
    startReviews(reviews, entitlement, chosen);
    return all();
  });
  router.on('POST', '/reviews/settings', ({ body }) => {
    const { reviewersMayReset } = reviewSettingsInput(body);
    reviews.change((state) => ({ ...state, reviewersMayReset }));
    return { status: 200, body: { reviewersMayReset } };
  });
  router.on('POST', '/reviews/:key/stop', ({ params }) => {
    stopReview(reviews, knownSeed(params.key ?? '').definition);
    return all();
  });
}

function knownSeed(key: string): (typeof seeds)[number] {
  return seedByKey(key) ?? refuse(404, 'NotFound', `No review here has the key "${key}".`);
}
