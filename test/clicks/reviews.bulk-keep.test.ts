import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { cardOf, dataOf, refOf } from '../support/on-card.js';
import type { Card, Entry } from '../support/remote-control.js';
import { openReviewStage, type ReviewStage } from '../support/review-stage.js';

const reason = 'All of them answer customers with it every week';

describe('reviews.bulk-keep', () => {
  let stage: ReviewStage;
  let message: Entry;
  before(async () => {
    stage = await openReviewStage(['chat-users', 'retrieval-app', 'platform-admins']);
    message = await stage.packet('manager', 'chat-users');
  });
  after(() => stage.close());

  const ask = async (): Promise<Card> => {
    await stage.show('manager', message, { mode: 'home' });
    return cardOf(await stage.press('manager', message.id, 'reviews.bulk', { kind: 'keep' }));
  };
  const recorded = (whom: string) => stage.portal.reviewItem('manager', 'chat-users', whom);

  for (const [review, person] of [
    ['retrieval-app', 'appowner'],
    ['platform-admins', 'security'],
  ] as const) {
    it(`is refused in ${review} to whoever sends it anyway`, async () => {
      const before = (await stage.refusals()).length;
      const own = await stage.packet(person, review);
      const data = { ref: refOf(own.card), seen: 'made up', reason };
      const answer = await stage.press(person, own.id, 'reviews.bulk-keep', data);
      assert.match(cardText(cardOf(answer)), /decided one by one/);
      assert.deepEqual((await stage.refusals()).slice(before), ['reviews.no-bulk']);
      assert.deepEqual(await stage.decisions(), []);
    });
  }

  it('takes one reason, and says what is missing', async () => {
    const before = (await stage.refusals()).length;
    await ask();
    const none = cardOf(await stage.press('manager', message.id, 'reviews.bulk-keep'));
    assert.match(cardText(none), /Please write why/);
    const short = cardOf(await stage.press('manager', message.id, 'reviews.bulk-keep', { reason: 'Useful' }));
    assert.match(cardText(short), /at least 10 characters/);
    assert.deepEqual((await stage.refusals()).slice(before), ['reviews.reason', 'reviews.reason']);
    assert.deepEqual(await stage.decisions(), []);
  });

  it('keeps each of those who were named, with that reason, and nobody against the recommendation', async () => {
    await ask();
    const press = () => stage.press('manager', message.id, 'reviews.bulk-keep', { reason }, { deliver: 3 });
    const text = cardText(cardOf(await press()));
    assert.match(text, /You kept 5 people/);
    for (const name of ['Leilani Brandvold', 'Tomasz Okonjeva', 'Emeka Straand']) {
      assert.match(text, new RegExp(`${name}\\nKept`));
    }
    assert.equal((await stage.decisions()).length, 5);
    for (const whom of ['finance', 'helpdesk', 'operator', 'librarian', 'appowner']) {
      const { decision, justification } = await recorded(whom);
      assert.deepEqual({ decision, justification }, { decision: 'Approve', justification: reason });
    }
    for (const whom of ['dormant', 'leaver', 'contractor', 'newcomer']) {
      assert.equal((await recorded(whom)).decision, 'NotReviewed');
    }
  });

  it('cannot be sent for whom Entra recommends to remove', async () => {
    const before = (await stage.decisions()).length;
    await stage.show('manager', message, { mode: 'home' });
    const asked = cardOf(await stage.press('manager', message.id, 'reviews.bulk', { kind: 'remove' }));
    const data = { ...dataOf(asked, 'reviews.bulk-remove'), reason };
    const answer = await stage.press('manager', message.id, 'reviews.bulk-keep', data);
    assert.match(cardText(cardOf(answer)), /nobody left|Keep/);
    assert.equal((await stage.decisions()).length, before);
    assert.equal((await recorded('leaver')).decision, 'NotReviewed');
  });

  it('holds no list of people: whoever adds one is turned away', async () => {
    const before = (await stage.refusals()).length;
    const { id } = await recorded('leaver');
    const data = { ref: refOf(message.card), seen: 'x', reason, items: [id] };
    const answer = await stage.press('manager', message.id, 'reviews.bulk-keep', data);
    assert.match(JSON.stringify(answer.value), /does not fit the card/);
    assert.deepEqual((await stage.refusals()).slice(before), ['flows.bad-input']);
    assert.equal((await recorded('leaver')).decision, 'NotReviewed');
  });
});
