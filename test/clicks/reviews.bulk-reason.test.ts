import assert from 'node:assert/strict';
import { chatUsers, researchArchive } from '../../practice/world/groups.js';
import { removedFromArchive } from '../support/archive-review.js';
import { cardText } from '../support/card-text.js';
import { cardOf } from '../support/on-card.js';
import type { Entry } from '../support/remote-control.js';
import { openReviewStage, type ReviewStage } from '../support/review-stage.js';

const reason = 'None of them has worked with the assistant since the spring';

describe('reviews.bulk-remove where every decision needs a reason', () => {
  let stage: ReviewStage;
  let message: Entry;
  before(async () => {
    // A review for which Entra itself asks for no reason.
    stage = await openReviewStage(['archive'], {
      policy: (text) => text.replace(chatUsers.id, `${researchArchive.id}: privileged\n    ${chatUsers.id}`),
    });
    message = await stage.packet('appowner', 'archive');
  });
  after(() => stage.close());

  const press = async (verb: string, data: object = {}) =>
    cardOf(await stage.press('appowner', message.id, verb, data));

  it('says so before the press', async () => {
    const text = cardText(await press('reviews.bulk', { kind: 'remove' }));
    assert.match(text, /Remove these \d+ people/);
    assert.doesNotMatch(text, /you may leave this empty/);
    assert.match(text, /40 characters or more/);
  });

  it('asks for one, the same for all, and refuses what says nothing', async () => {
    assert.match(cardText(await press('reviews.bulk-remove')), /Please write why/);
    assert.match(
      cardText(await press('reviews.bulk-remove', { reason: 'Not used' })),
      /at least 40 characters/,
    );
    assert.deepEqual(await stage.refusals(), ['reviews.reason', 'reviews.reason']);
    assert.deepEqual(await stage.decisions(), []);
  });

  it('records it with each of them', async () => {
    await press('reviews.bulk-remove', { reason });
    await stage.card('appowner', /You removed \d+ people/);
    const removed = await removedFromArchive(stage);
    assert.ok(removed.length > 1);
    assert.ok(removed.every(({ justification }) => justification === reason));
  });
});
