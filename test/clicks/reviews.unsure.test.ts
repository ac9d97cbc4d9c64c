import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { cardOf, hasButton } from '../support/on-card.js';
import { withPackages } from '../support/one-flow.js';
import { openReviewStage, type ReviewStage } from '../support/review-stage.js';

const ownWords = 'I do not know what this person works on these days';

describe('reviews.unsure', () => {
  let stage: ReviewStage;
  before(async () => {
    stage = await openReviewStage(['chat-users', 'pilot'], { policy: withPackages });
  });
  after(() => stage.close());

  const recorded = (whom: string) => stage.portal.reviewItem('manager', 'chat-users', whom);

  it('says before the click that it removes, and how the person comes back', async () => {
    const message = await stage.packet('manager', 'chat-users');
    const text = cardText(await stage.about('manager', message, 'chat-users', 'newcomer'));
    assert.match(text, /Not sure\*\* removes the access after the review/);
    assert.match(text, /They can ask for it again: AI research assistant - standard/);
  });

  it('says so again afterwards, and records words that say what happened', async () => {
    const message = await stage.packet('manager', 'chat-users');
    await stage.about('manager', message, 'chat-users', 'newcomer');
    const answer = cardOf(await stage.press('manager', message.id, 'reviews.unsure'));
    assert.match(cardText(answer), /You were not sure about Kofi Almqvist/);
    assert.match(cardText(answer), /removed after the review/);
    assert.ok(hasButton(answer, 'reviews.undo'));
    const { decision, justification } = await recorded('newcomer');
    assert.equal(decision, 'Deny');
    assert.match(justification, /was not sure/);
  });

  it('keeps the reviewer’s own words', async () => {
    const message = await stage.packet('manager', 'chat-users');
    await stage.about('manager', message, 'chat-users', 'operator');
    await stage.press('manager', message.id, 'reviews.unsure', { reason: ownWords });
    const { decision, justification } = await recorded('operator');
    assert.deepEqual({ decision, justification }, { decision: 'Deny', justification: ownWords });
  });

  it('delivered three times at once is one PATCH', async () => {
    const message = await stage.packet('manager', 'chat-users');
    await stage.about('manager', message, 'chat-users', 'dormant');
    const before = (await stage.decisions()).length;
    await stage.press('manager', message.id, 'reviews.unsure', {}, { deliver: 3 });
    assert.equal((await stage.decisions()).length - before, 1);
  });

  it('about oneself says the same in plain words', async () => {
    const message = await stage.packet('engineer', 'pilot');
    const form = cardOf(await stage.show('engineer', message, { mode: 'one' }));
    assert.match(cardText(form), /Not sure\*\* removes the access after the review, like No/);
    await stage.press('engineer', message.id, 'reviews.unsure');
    assert.equal((await stage.portal.reviewItem('engineer', 'pilot', 'engineer')).decision, 'Deny');
  });
});

describe('reviews.unsure where the policy leaves it to Entra', () => {
  it('says so before and after the click, and removes nothing', async () => {
    const stage = await openReviewStage(['chat-users'], {
      policy: (text) => text.replace('notSure: remove', 'notSure: dont-know'),
    });
    try {
      const message = await stage.packet('manager', 'chat-users');
      const card = await stage.about('manager', message, 'chat-users', 'newcomer');
      assert.match(cardText(card), /Not sure\*\* tells Entra that you do not know/);
      assert.doesNotMatch(cardText(card), /Not sure\*\* removes/);
      const answer = cardOf(await stage.press('manager', message.id, 'reviews.unsure'));
      assert.match(cardText(answer), /You were not sure about Kofi Almqvist/);
      assert.doesNotMatch(cardText(answer), /removed after the review/);
      const { decision } = await stage.portal.reviewItem('manager', 'chat-users', 'newcomer');
      assert.equal(decision, 'DontKnow');
    } finally {
      await stage.close();
    }
  });
});
