import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { starterText } from '../../policy/starter-policy.js';
import { cardText } from '../../support/card-text.js';
import { openReviewPortal } from '../../support/review-portal.js';
import { buttonOf, openStage, type Stage } from '../../support/stage.js';
import { startReview } from '../../support/started-review.js';
import { tempFolder } from '../../support/temp-folder.js';
import { until } from '../../support/until.js';

/** Longer than the first gap between reminders. */
const aWhile = 'PT5H';

describe('whom the bot writes to about reviews by itself', () => {
  let stage: Stage;
  let folder: ReturnType<typeof tempFolder>;
  beforeEach(async () => {
    // Whatever the time of day at which this runs.
    folder = tempFolder();
    const file = path.join(folder.path, 'policy.yaml');
    writeFileSync(file, starterText().replace(/^ {2}quiet:\n.*\n.*\n/m, ''));
    stage = await openStage({ LATCHKEY_POLICY: file });
  });
  afterEach(async () => {
    await stage.close();
    folder.remove();
  });

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
    const answer = await stage.press('finance', card.id, 'packages.open', buttonOf(card, 'packages.open'));
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
    const { ref } = buttonOf(reminder, 'reviews.show');
    await stage.press('security', reminder.id, 'reviews.show', { ref });
    await until('the review in place of the list', async () => {
      const now = (await stage.timeline('security')).find(({ id }) => id === reminder.id);
      return /still needs?/.test(cardText(now?.card)) && !/wait for you/.test(cardText(now?.card));
    });
  });
});
