import assert from 'node:assert/strict';
import { cardText } from '../../support/card-text.js';
import { dataOf } from '../../support/on-card.js';
import { withPackages } from '../../support/one-flow.js';
import { openReviewPortal } from '../../support/review-portal.js';
import { openReviewStage, type ReviewStage } from '../../support/review-stage.js';
import { startReview } from '../../support/started-review.js';
import { until } from '../../support/until.js';

/** Longer than the first gap between reminders. */
const aWhile = 'PT5H';

describe('whom the bot writes to about reviews by itself', () => {
  let stage: ReviewStage;
  beforeEach(async () => {
    // Who lost access is led to the form of a package.
    stage = await openReviewStage([], { policy: withPackages });
  });
  afterEach(() => stage.close());

  it('who lost access reads what it was, and gets the form of the package that brings it back', async () => {
    const { id: definition, instanceId: instance } = await startReview(stage, 'chat-users');
    const portal = openReviewPortal(stage.url);
    const items = await portal.mine('manager', definition, instance);
    const id = items.find(({ principal }) => principal.displayName === 'Leilani Brandvold')?.id ?? '';
    const place = { definition, instance, id };
    await portal.decide('manager', place, { decision: 'Deny', justification: 'Changed teams in March' });
    await stage.advance('PT1M');
    await stage.card('manager', /Who still needs AI Chat Users/);
    await stage.post('/reviews/chat-users/stop', {});
    await stage.advance('PT1M');
    await stage.card('manager', /This review was stopped/);
    await stage.advance('PT1M');
    const card = await stage.card('finance', /AI Chat Users/);
    const answer = await stage.press('finance', card.id, 'packages.open', dataOf(card.card, 'packages.open'));
    assert.match(cardText(answer.value), /AI research assistant - standard/);
  });

  it('who has not finished gets one reminder for all their reviews, and opens each out of it', async () => {
    await startReview(stage, 'platform-admins');
    await startReview(stage, 'ai-administrators');
    await stage.advance('PT1M');
    await stage.card('security', /Who still needs the role AI Administrator/);
    await stage.card('security', /Who still needs AI Platform Admins/);
    await stage.advance(aWhile);
    const reminder = await stage.card('security', /2 reviews wait for you/);
    const listed = (await stage.timeline('security')).filter(({ card }) =>
      /wait for you/.test(cardText(card)),
    );
    assert.equal(listed.length, 1);
    const { ref } = dataOf(reminder.card, 'reviews.show');
    await stage.press('security', reminder.id, 'reviews.show', { ref });
    await until('the review in place of the list', async () => {
      const now = (await stage.timeline('security')).find(({ id }) => id === reminder.id);
      return /still needs?/.test(cardText(now?.card)) && !/wait for you/.test(cardText(now?.card));
    });
  });
});
