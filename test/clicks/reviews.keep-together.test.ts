import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { cardOf, hasButton } from '../support/on-card.js';
import { openReviewStage, type ReviewStage } from '../support/review-stage.js';
import { until } from '../support/until.js';

const longWhy = 'Runs the monthly change of keys and quotas together with the platform team';

describe('reviews.keep with several reviewers', () => {
  let stage: ReviewStage;
  before(async () => {
    stage = await openReviewStage(['platform-admins']);
  });
  after(() => stage.close());

  const recorded = (whom: string) => stage.portal.reviewItem('security', 'platform-admins', whom);

  it('is not there for the own access, and refused to whoever sends it anyway', async () => {
    const message = await stage.packet('manager', 'platform-admins');
    const card = await stage.about('manager', message, 'platform-admins', 'manager');
    assert.match(cardText(card), /Your own access/);
    assert.equal(hasButton(card, 'reviews.keep'), false);
    const data = await stage.data('manager', message, 'reviews.remove');
    const answer = await stage.press('manager', message.id, 'reviews.keep', { ...data, reason: longWhy });
    assert.match(cardText(cardOf(answer)), /Nobody keeps their own access/);
    assert.deepEqual(await stage.refusals(), ['reviews.own-access']);
    assert.deepEqual(await stage.decisions(), []);
  });

  it('says who decided already, when and why, and that another word will replace it', async () => {
    const message = await stage.packet('security', 'platform-admins');
    await stage.portal.decideReview('manager', 'platform-admins', 'manager', 'Deny', 'Others do this now');
    const text = cardText(await stage.about('security', message, 'platform-admins', 'manager'));
    assert.match(text, /Olumide Castellane removed this on \{\{DATE/);
    assert.match(text, /Because: \nOthers do this now/);
    assert.match(text, /Your decision will replace it/);
  });

  it('shows who decided while one was looking, and asks before it is overwritten', async () => {
    const message = await stage.packet('manager', 'platform-admins');
    await stage.about('manager', message, 'platform-admins', 'security');
    const gone = 'I leave the platform team at the end of this month, as agreed';
    await stage.portal.decideReview('security', 'platform-admins', 'security', 'Deny', gone);

    const asked = cardOf(await stage.press('manager', message.id, 'reviews.keep', { reason: longWhy }));
    assert.match(cardText(asked), /Somebody decided while you were looking/);
    assert.match(cardText(asked), /Ingrid Balasuntharam removed this on \{\{DATE/);
    assert.match(cardText(asked), new RegExp(gone));
    assert.match(cardText(asked), /Your decision will replace it/);
    assert.equal((await recorded('security')).decision, 'Deny');
    assert.deepEqual((await stage.refusals()).slice(1), ['reviews.changed']);

    const answer = cardOf(await stage.press('manager', message.id, 'reviews.keep', { reason: longWhy }));
    assert.doesNotMatch(cardText(answer), /while you were looking/);
    const { decision, justification } = await recorded('security');
    assert.deepEqual({ decision, justification }, { decision: 'Approve', justification: longWhy });
  });

  it('in place of somebody else’s word leaves as many undecided as before', async () => {
    const own = await openReviewStage(['platform-admins']);
    try {
      const message = await own.packet('manager', 'platform-admins');
      await own.portal.decideReview('security', 'platform-admins', 'security', 'Deny', 'Others do this now');
      await own.advance('PT20S');
      const left = async () =>
        (await own.store().db.selectFrom('reviews').select('undecided').executeTakeFirstOrThrow()).undecided;
      await until('the sweep that counts', async () => (await left()) === 1);
      await own.about('manager', message, 'platform-admins', 'security');
      await own.press('manager', message.id, 'reviews.keep', { reason: longWhy });
      assert.equal(
        (await own.portal.reviewItem('manager', 'platform-admins', 'security')).decision,
        'Approve',
      );
      assert.equal(await left(), 1);
    } finally {
      await own.close();
    }
  });

  it('by two reviewers at once is one decision; the other one is shown it and asked', async () => {
    const one = await stage.packet('manager', 'platform-admins');
    const two = await stage.packet('security', 'platform-admins');
    const before = (await stage.decisions()).length;
    await stage.about('manager', one, 'platform-admins', 'manager');
    await stage.about('security', two, 'platform-admins', 'manager');
    const [given, kept] = await Promise.all([
      stage.press('manager', one.id, 'reviews.remove', { reason: `${longWhy} no more, since today` }),
      stage.press('security', two.id, 'reviews.keep', { reason: longWhy }),
    ]);
    assert.equal((await stage.decisions()).length - before, 1);
    const { decision } = await recorded('manager');
    const loser = decision === 'Approve' ? given : kept;
    assert.match(cardText(cardOf(loser)), /Somebody decided while you were looking/);
    const words =
      decision === 'Approve' ? /Ingrid Balasuntharam kept this/ : /Olumide Castellane removed this/;
    assert.match(cardText(cardOf(loser)), words);
  });
});
