import assert from 'node:assert/strict';
import { cardActions, cardText } from '../support/card-text.js';
import { cardOf } from '../support/on-card.js';
import type { Entry } from '../support/remote-control.js';
import { openReviewStage, type ReviewStage } from '../support/review-stage.js';
import { until } from '../support/until.js';

/** What stands there until the bot has this person's own token. */
function isSignIn(card: unknown): boolean {
  return cardText(card).includes('Let me check that it is you');
}

describe('reviews.list', () => {
  let stage: ReviewStage;
  before(async () => {
    stage = await openReviewStage([
      'chat-users',
      'platform-admins',
      'incident-responders',
      'connector-operators',
    ]);
  });
  after(() => stage.close());

  /** The newest card after this person wrote these words. */
  const said = async (person: string, text: string): Promise<Entry> => {
    const before = new Set((await stage.timeline(person)).map(({ id }) => id));
    await stage.say(person, text);
    return until(`an answer to “${text}”`, async () =>
      (await stage.timeline(person)).findLast(
        ({ id, card }) => !before.has(id) && /wait|Nothing/.test(cardText(card)) && !isSignIn(card),
      ),
    );
  };

  it('shows what waits, what is due first before the rest, with how many are left', async () => {
    await Promise.all(
      ['chat-users', 'platform-admins', 'incident-responders'].map((review) =>
        stage.packet('manager', review),
      ),
    );
    const text = cardText((await said('manager', 'my reviews')).card);
    assert.match(text, /3 reviews wait for you/);
    assert.match(
      text,
      /AI Platform Admins[\s\S]*Due in 7 days · 2 left[\s\S]*AI Incident Responders[\s\S]*Due in 10 days · 2 left[\s\S]*AI Chat Users[\s\S]*Due in 14 days · 9 left/,
    );
  });

  it('opens the review whose button is pressed', async () => {
    const list = await said('manager', 'show my access reviews');
    const open = cardActions(list.card).filter(({ verb }) => verb === 'reviews.show');
    assert.equal(open.length, 3);
    const answer = await stage.press('manager', list.id, 'reviews.show', { ...open[0]?.data });
    assert.match(cardText(cardOf(answer)), /Who still needs AI Platform Admins\?/);
    assert.match(cardText(cardOf(answer)), /Decided on your list: 0 of 2 people/);
  });

  it('counts on, whether it was decided here or in the portal', async () => {
    await stage.portal.decideReview('manager', 'incident-responders', 'dormant', 'Deny');
    const message = await stage.packet('manager', 'incident-responders');
    await stage.about('manager', message, 'incident-responders', 'engineer');
    const reason = 'On the rota for incidents of the models';
    await stage.press('manager', message.id, 'reviews.keep', { reason });
    const text = cardText((await said('manager', 'my reviews')).card);
    assert.match(text, /AI Incident Responders[\s\S]{0,120}(all decided|0 left)/);
  });

  it('leaves out a stage that is not the reader’s', async () => {
    const text = cardText((await said('security', 'my reviews')).card);
    assert.match(text, /AI Platform Admins/);
    assert.doesNotMatch(text, /Retrieval Connector/);
    await stage.packet('appowner', 'connector-operators');
    assert.match(cardText((await said('appowner', 'my reviews')).card), /AI Retrieval Connector Operators/);
  });

  it('moves on to the reviewer of the next stage', async () => {
    await stage.portal.stopStage('security', 'connector-operators');
    await stage.advance('PT20S');
    await stage.advance('PT20S');
    await stage.packet('security', 'connector-operators');
    assert.match(
      cardText((await said('security', 'my reviews')).card),
      /AI Retrieval Connector Operators[\s\S]*3 left/,
    );
    assert.match(cardText((await said('appowner', 'my reviews')).card), /Nothing waits for you/);
  });

  it('says kindly that nothing waits', async () => {
    assert.match(cardText((await said('starter', 'my reviews')).card), /Nothing waits for you/);
  });

  it('leaves out a review that has ended', async () => {
    await stage.post('/reviews/platform-admins/stop', {});
    const text = cardText((await said('security', 'my reviews')).card);
    assert.doesNotMatch(text, /AI Platform Admins/);
  });
});
