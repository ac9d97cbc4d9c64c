import assert from 'node:assert/strict';
import { cardActions, cardText } from '../support/card-text.js';
import { cardOf, hasButton, refOf } from '../support/on-card.js';
import { openReviewStage, type ReviewStage } from '../support/review-stage.js';

describe('reviews.bulk', () => {
  let stage: ReviewStage;
  before(async () => {
    stage = await openReviewStage(['chat-users', 'retrieval-app', 'platform-admins', 'pilot']);
  });
  after(() => stage.close());

  const ask = async (person: string, review: string, kind: 'remove' | 'keep') => {
    const message = await stage.packet(person, review);
    return cardOf(await stage.press(person, message.id, 'reviews.bulk', { ref: refOf(message.card), kind }));
  };

  it('names everybody before anybody is removed, with their last sign-in, and writes nothing', async () => {
    const text = cardText(await ask('manager', 'chat-users', 'remove'));
    assert.match(text, /Remove these 3 people\?/);
    for (const name of ['Matteo Lindqvist-Osei', 'Soraya Wetherby', 'Delphine Arrowsmith']) {
      assert.match(text, new RegExp(`${name}\\n\\{\\{DATE`));
    }
    assert.doesNotMatch(text, /Leilani Brandvold|Kofi Almqvist/);
    assert.match(text, /Entra recommends to remove them/);
    assert.match(text, /last 30 days/);
    assert.deepEqual(await stage.decisions(), []);
  });

  it('leads back without a trace', async () => {
    const card = await ask('manager', 'chat-users', 'remove');
    assert.ok(hasButton(card, 'reviews.show'));
    const message = await stage.packet('manager', 'chat-users');
    const home = cardOf(await stage.press('manager', message.id, 'reviews.show', { mode: 'home' }));
    assert.match(cardText(home), /Decided on your list: 0 of 9 people/);
  });

  it('keeps only whom Entra recommends to keep, and asks for one reason', async () => {
    const text = cardText(await ask('manager', 'chat-users', 'keep'));
    assert.match(text, /Keep these 5 people\?/);
    assert.doesNotMatch(text, /Matteo Lindqvist-Osei|Soraya Wetherby|Delphine Arrowsmith|Kofi Almqvist/);
    assert.match(text, /Why\? One reason for all of them$/m);
  });

  for (const [review, person] of [
    ['retrieval-app', 'appowner'],
    ['platform-admins', 'security'],
  ] as const) {
    it(`does not keep several at once in ${review}, where a mistake would hurt`, async () => {
      const before = (await stage.refusals()).length;
      const message = await stage.packet(person, review);
      const offered = cardActions(message.card).filter(({ data }) => data.kind === 'keep');
      assert.deepEqual(offered, []);
      const text = cardText(await ask(person, review, 'keep'));
      assert.match(text, /decided one by one/);
      assert.deepEqual((await stage.refusals()).slice(before), ['reviews.no-bulk']);
    });
  }

  it('removes on sensitive access too', async () => {
    const text = cardText(await ask('appowner', 'retrieval-app', 'remove'));
    assert.match(text, /Remove this person\?[\s\S]*Delphine Arrowsmith/);
  });

  it('says so when nobody is left whom it would be about', async () => {
    const text = cardText(await ask('security', 'platform-admins', 'remove'));
    assert.match(text, /There is nobody left whom this would decide about/);
  });

  it('is not offered to people who are asked about themselves', async () => {
    const message = await stage.packet('guest', 'pilot');
    assert.equal(hasButton(message.card, 'reviews.bulk'), false, cardText(message.card));
  });

  it('wrote nothing through all of this', async () => assert.deepEqual(await stage.decisions(), []));
});
