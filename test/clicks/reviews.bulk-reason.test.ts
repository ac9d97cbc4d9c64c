import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chatUsers, researchArchive } from '../../practice/world/groups.js';
import { projectRoot } from '../../src/base/project-root.js';
import { removedFromArchive } from '../support/archive-review.js';
import { cardText } from '../support/card-text.js';
import type { Entry } from '../support/remote-control.js';
import { cardOf, openReviewStage, type ReviewStage } from '../support/review-stage.js';
import { tempFolder } from '../support/temp-folder.js';

const reason = 'None of them has worked with the assistant since the spring';

describe('reviews.bulk-remove where every decision needs a reason', () => {
  const folder = tempFolder();
  let stage: ReviewStage;
  let message: Entry;
  before(async () => {
    const policy = path.join(folder.path, 'policy.yaml');
    const text = readFileSync(path.join(projectRoot(), 'policy.yaml'), 'utf8');
    writeFileSync(
      policy,
      text.replace(chatUsers.id, `${researchArchive.id}: privileged\n    ${chatUsers.id}`),
    );
    // A review for which Entra itself asks for no reason.
    stage = await openReviewStage(['archive'], { env: { LATCHKEY_POLICY: policy } });
    message = await stage.packet('appowner', 'archive');
  });
  after(async () => {
    await stage.close();
    folder.remove();
  });

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
