import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { cardOf, hasButton } from '../support/on-card.js';
import type { Entry } from '../support/remote-control.js';
import { openReviewStage, type ReviewStage } from '../support/review-stage.js';

const gone = 'Left the team in spring, the work went to project Nord';

describe('reviews.remove', () => {
  let stage: ReviewStage;
  let message: Entry;
  before(async () => {
    stage = await openReviewStage(['chat-users', 'standard-package']);
    message = await stage.packet('manager', 'chat-users');
  });
  after(() => stage.close());

  const remove = (data: object, more: object = {}) =>
    stage.press('manager', message.id, 'reviews.remove', data, more);
  const recorded = (whom: string) => stage.portal.reviewItem('manager', 'chat-users', whom);

  it('records the decision with its reason, says so, and offers the way back', async () => {
    await stage.about('manager', message, 'chat-users', 'leaver');
    const answer = cardOf(await remove({ reason: gone }));
    assert.match(cardText(answer), /You removed Soraya Wetherby/);
    assert.ok(hasButton(answer, 'reviews.undo'));
    const { decision, justification } = await recorded('leaver');
    assert.deepEqual({ decision, justification }, { decision: 'Deny', justification: gone });
  });

  it('against the recommendation takes a reason', async () => {
    const card = await stage.about('manager', message, 'chat-users', 'finance');
    assert.match(cardText(card), /Entra recommends to keep/);
    const before = (await stage.decisions()).length;
    assert.match(cardText(cardOf(await remove({}))), /Please write why/);
    assert.equal((await stage.decisions()).length, before);
    assert.deepEqual(await stage.refusals(), ['reviews.reason']);
  });

  it('needs no word on standard access where Entra recommends it and wants none', async () => {
    const own = await stage.packet('helpdesk', 'standard-package');
    const card = await stage.about('helpdesk', own, 'standard-package', 'dormant');
    assert.match(cardText(card), /Entra recommends to remove/);
    const answer = await stage.press('helpdesk', own.id, 'reviews.remove');
    assert.match(cardText(cardOf(answer)), /You removed Matteo Lindqvist-Osei/);
    assert.equal((await stage.portal.reviewItem('helpdesk', 'standard-package', 'dormant')).decision, 'Deny');
  });

  it('delivered three times at once is one PATCH', async () => {
    await stage.about('manager', message, 'chat-users', 'contractor');
    const before = (await stage.decisions()).length;
    await remove({ reason: gone }, { deliver: 3 });
    assert.equal((await stage.decisions()).length - before, 1);
    assert.equal((await recorded('contractor')).decision, 'Deny');
  });

  it('in a review that has ended is refused, and the card says why without any button to decide', async () => {
    await stage.about('manager', message, 'chat-users', 'dormant');
    const data = await stage.data('manager', message, 'reviews.remove');
    await stage.post('/reviews/chat-users/stop', {});
    const [before, refused] = [(await stage.decisions()).length, (await stage.refusals()).length];
    const answer = cardOf(await remove({ ...data, reason: gone }));
    assert.match(cardText(answer), /ended|stopped/i);
    assert.equal(hasButton(answer, 'reviews.remove'), false);
    assert.equal((await stage.decisions()).length, before);
    assert.deepEqual((await stage.refusals()).slice(refused), ['reviews.over']);
  });
});

describe('reviews.remove, whatever is under review', () => {
  // review, who reviews it, whom it is about, and what the card calls the thing
  const scopes: readonly (readonly [string, string, string, RegExp])[] = [
    ['chat-users', 'manager', 'dormant', /^Group$/m],
    ['retrieval-app', 'appowner', 'contractor', /^Application/m],
    ['standard-package', 'helpdesk', 'dormant', /^Access package/m],
    ['ai-administrators', 'security', 'dormant', /^Role/m],
    ['incident-responders', 'manager', 'dormant', /^Group, switched on when needed/m],
  ];
  let stage: ReviewStage;
  before(async () => {
    stage = await openReviewStage(scopes.map(([review]) => review));
  });
  after(() => stage.close());

  for (const [review, reviewer, whom, kind] of scopes) {
    it(`${review}: a packet that names it, and a decision that Entra takes`, async () => {
      const message = await stage.packet(reviewer, review);
      assert.match(cardText(message.card), kind);
      await stage.about(reviewer, message, review, whom);
      await stage.press(reviewer, message.id, 'reviews.remove', { reason: gone });
      const { decision, justification } = await stage.portal.reviewItem(reviewer, review, whom);
      assert.deepEqual({ decision, justification }, { decision: 'Deny', justification: gone });
    });
  }

  it('an app that holds a role is told as one, not as a person', async () => {
    const message = await stage.packet('security', 'ai-administrators');
    const items = await stage.portal.reviewItems('security', 'ai-administrators');
    const app = items.find(({ principal }) => principal.displayName === 'AI Retrieval Connector');
    const card = cardOf(await stage.show('security', message, { mode: 'person', item: app?.id ?? '' }));
    assert.match(cardText(card), /Not a person\./);
    assert.doesNotMatch(cardText(card), /no longer in the directory/);
  });
});

describe('reviews.remove about oneself', () => {
  it('is a “No” in plain words', async () => {
    const stage = await openReviewStage(['pilot']);
    try {
      const message = await stage.packet('finance', 'pilot');
      const form = cardOf(await stage.show('finance', message, { mode: 'one' }));
      assert.match(cardText(form), /No, I don't need it/);
      const reason = 'I use the new assistant instead now';
      await stage.press('finance', message.id, 'reviews.remove', { reason });
      assert.equal((await stage.portal.reviewItem('finance', 'pilot', 'finance')).decision, 'Deny');
    } finally {
      await stage.close();
    }
  });
});
