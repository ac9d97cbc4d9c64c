import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { cardOf, dataOf, hasButton } from '../support/on-card.js';
import type { Card, Entry } from '../support/remote-control.js';
import { openReviewStage, type ReviewStage } from '../support/review-stage.js';

const kept = 'Answers questions about the assistant every day';
const gone = 'Left the team in spring, the work went to project Nord';

describe('reviews.undo', () => {
  let stage: ReviewStage;
  let message: Entry;
  before(async () => {
    stage = await openReviewStage(['chat-users']);
    message = await stage.packet('manager', 'chat-users');
  });
  after(() => stage.close());

  const decide = async (verb: string, whom: string, reason: string): Promise<Card> => {
    await stage.about('manager', message, 'chat-users', whom);
    return cardOf(await stage.press('manager', message.id, verb, { reason }));
  };
  const undo = (data: object = {}, more: object = {}) =>
    stage.press('manager', message.id, 'reviews.undo', data, more);
  const recorded = async (whom: string) => {
    const { decision, justification } = await stage.portal.reviewItem('manager', 'chat-users', whom);
    return { decision, justification };
  };

  it('leads back to nothing decided where there was nothing, about this one person only', async () => {
    await decide('reviews.keep', 'helpdesk', kept);
    await decide('reviews.remove', 'leaver', gone);
    const answer = cardOf(await undo());
    assert.match(cardText(answer), /Soraya Wetherby was taken back/);
    assert.deepEqual(await recorded('leaver'), { decision: 'NotReviewed', justification: '' });
    assert.deepEqual(await recorded('helpdesk'), { decision: 'Approve', justification: kept });
    const resets = (await stage.decisions()).filter(({ path }) => path.includes('batchRecordDecisions'));
    assert.equal(resets.length, 1);
    const { principalId, resourceId } = { ...(resets[0]?.body as Record<string, string> | undefined) };
    assert.ok(principalId);
    assert.ok(resourceId);
  });

  it('shows the person again, to be decided anew, and counts on', async () => {
    await decide('reviews.keep', 'finance', kept);
    const answer = cardOf(await undo());
    assert.match(cardText(answer), /Does Leilani Brandvold still need/);
    assert.ok(hasButton(answer, 'reviews.keep'));
    const again = cardOf(await stage.press('manager', message.id, 'reviews.remove', { reason: gone }));
    assert.match(cardText(again), /You removed Leilani Brandvold/);
    assert.deepEqual(await recorded('finance'), { decision: 'Deny', justification: gone });
  });

  it('leads back to the earlier answer and its reason', async () => {
    await decide('reviews.keep', 'librarian', kept);
    await decide('reviews.remove', 'librarian', gone);
    const answer = cardOf(await undo());
    assert.deepEqual(await recorded('librarian'), { decision: 'Approve', justification: kept });
    assert.match(cardText(answer), /You kept Hana Petrossian/);
  });

  it('delivered three times at once is one request', async () => {
    const card = await decide('reviews.remove', 'contractor', gone);
    const before = (await stage.decisions()).length;
    await undo(dataOf(card, 'reviews.undo'), { deliver: 3 });
    assert.equal((await stage.decisions()).length - before, 1);
    assert.deepEqual(await recorded('contractor'), { decision: 'NotReviewed', justification: '' });
  });

  it('of an older card, after another decision, changes nothing and shows what stands', async () => {
    const card = await decide('reviews.keep', 'operator', kept);
    const old = dataOf(card, 'reviews.undo');
    await decide('reviews.remove', 'operator', gone);
    const before = (await stage.decisions()).length;
    const answer = cardOf(await undo(old));
    assert.equal((await stage.decisions()).length, before);
    assert.match(cardText(answer), /You removed (Emeka Straand|this)/);
    assert.deepEqual(await recorded('operator'), { decision: 'Deny', justification: gone });
  });

  it('of what was taken back already is told as such', async () => {
    const card = await decide('reviews.remove', 'dormant', gone);
    const data = dataOf(card, 'reviews.undo');
    await undo(data);
    const [before, refused] = [(await stage.decisions()).length, (await stage.refusals()).length];
    const answer = await undo(data);
    assert.match(cardText(cardOf(answer)), /no decision of yours to take back|was taken back/);
    assert.equal((await stage.decisions()).length, before);
    assert.ok((await stage.refusals()).length - refused <= 1);
  });

  it('is in reach until the review ends, not only on the next card', async () => {
    await decide('reviews.keep', 'appowner', kept);
    await stage.show('manager', message, { mode: 'home' });
    const later = await stage.about('manager', message, 'chat-users', 'appowner');
    assert.ok(hasButton(later, 'reviews.undo'), cardText(later));
    await undo(dataOf(later, 'reviews.undo'));
    assert.deepEqual(await recorded('appowner'), { decision: 'NotReviewed', justification: '' });
  });

  it('is in reach after the last decision too', async () => {
    for (const whom of ['helpdesk', 'leaver', 'contractor', 'dormant', 'appowner']) {
      const { decision } = await recorded(whom);
      if (decision === 'NotReviewed') await decide('reviews.remove', whom, gone);
    }
    const last = await decide('reviews.remove', 'newcomer', gone);
    assert.ok(hasButton(last, 'reviews.undo'), cardText(last));
  });
});

describe('reviews.undo past one’s own word', () => {
  it('is refused where another reviewer decided meanwhile', async () => {
    const stage = await openReviewStage(['platform-admins']);
    try {
      const message = await stage.packet('manager', 'platform-admins');
      await stage.about('manager', message, 'platform-admins', 'security');
      const reason = 'Runs the monthly change of keys and quotas together with us';
      await stage.press('manager', message.id, 'reviews.keep', { reason });
      const data = await stage.data('manager', message, 'reviews.undo');
      await stage.portal.decideReview('security', 'platform-admins', 'security', 'Deny', 'I leave the team');
      const before = (await stage.decisions()).length;
      const answer = cardOf(await stage.press('manager', message.id, 'reviews.undo', data));
      assert.match(cardText(answer), /Ingrid Balasuntharam removed this/);
      assert.equal((await stage.decisions()).length, before);
      assert.deepEqual(await stage.refusals(), ['reviews.nothing-to-undo']);
    } finally {
      await stage.close();
    }
  });
});

describe('reviews.undo of a decision that replaced somebody else’s', () => {
  it('never records their answer as one’s own without a reason', async () => {
    const stage = await openReviewStage(['platform-admins']);
    try {
      const message = await stage.packet('manager', 'platform-admins');
      const theirs = 'Keeps the keys of the platform until the end of the year';
      await stage.portal.decideReview('security', 'platform-admins', 'security', 'Approve', theirs);
      await stage.about('manager', message, 'platform-admins', 'security');
      const reason = 'Somebody else looks after the keys of the platform now';
      await stage.press('manager', message.id, 'reviews.remove', { reason });
      const answer = cardOf(await stage.press('manager', message.id, 'reviews.undo'));
      assert.doesNotMatch(cardText(answer), /went wrong/i);
      const now = await stage.portal.reviewItem('manager', 'platform-admins', 'security');
      assert.ok(now.decision === 'NotReviewed' || now.justification !== '', JSON.stringify(now));
    } finally {
      await stage.close();
    }
  });
});

describe('reviews.undo where Entra takes nothing back', () => {
  it('says so, leaves the decision as it is, and offers another answer', async () => {
    const stage = await openReviewStage(['chat-users']);
    try {
      await stage.post('/reviews/settings', { reviewersMayReset: false });
      const message = await stage.packet('manager', 'chat-users');
      await stage.about('manager', message, 'chat-users', 'leaver');
      await stage.press('manager', message.id, 'reviews.remove', { reason: gone });
      const answer = cardOf(await stage.press('manager', message.id, 'reviews.undo'));
      assert.match(cardText(answer), /Entra does not take this decision back/);
      assert.match(cardText(answer), /Choose another answer instead/);
      assert.ok(hasButton(answer, 'reviews.keep'));
      assert.deepEqual(await stage.refusals(), ['reviews.no-way-back']);
      const { decision } = await stage.portal.reviewItem('manager', 'chat-users', 'leaver');
      assert.equal(decision, 'Deny');

      const changed = cardOf(await stage.press('manager', message.id, 'reviews.keep', { reason: kept }));
      assert.match(cardText(changed), /You kept Soraya Wetherby/);
      const back = cardOf(await stage.press('manager', message.id, 'reviews.undo'));
      assert.match(cardText(back), /You removed Soraya Wetherby/);
      const now = await stage.portal.reviewItem('manager', 'chat-users', 'leaver');
      assert.deepEqual([now.decision, now.justification], ['Deny', gone]);
    } finally {
      await stage.close();
    }
  });
});
