import assert from 'node:assert/strict';
import { cardActions, cardText } from '../support/card-text.js';
import { cardOf } from '../support/on-card.js';
import type { Entry } from '../support/remote-control.js';
import { openReviewStage, type ReviewStage } from '../support/review-stage.js';

/** Titles of the buttons that a person sees. */
const titles = (card: unknown): string =>
  cardActions(card)
    .map(({ title }) => title)
    .join('\n');

/** What one look asks of Graph, the bot's own sweeps left out; an envelope of many questions counts as those. */
async function lookOf(stage: ReviewStage, message: Entry, where: object) {
  const known = new Set((await stage.requests('graph')).map(({ id }) => id));
  const card = cardOf(await stage.show('appowner', message, where));
  const calls = (await stage.requests('graph')).filter(
    ({ id, user, path }) =>
      !known.has(id) && !path.includes('$batch') && (user !== undefined || !path.includes('/accessReviews/')),
  );
  const bytes = Buffer.byteLength(JSON.stringify(card));
  assert.ok(bytes < 25_000, `${bytes} bytes for a card`);
  return { calls: calls.length, text: cardText(card) };
}

describe('reviews.show: a page of several', () => {
  let stage: ReviewStage;
  let message: Entry;
  before(async () => {
    stage = await openReviewStage(['chat-users']);
    message = await stage.packet('manager', 'chat-users');
  });
  after(() => stage.close());

  it('shows five people with what Entra says about each, and leads on and back', async () => {
    const first = cardOf(await stage.show('manager', message, { mode: 'list' }));
    assert.match(cardText(first), /People 1 to 5 of 9/);
    assert.match(titles(first), /Next/);
    assert.doesNotMatch(titles(first), /Previous/);
    assert.match(
      cardText(first),
      /Leilani Brandvold[\s\S]*Delphine Arrowsmith[\s\S]*Entra recommends to remove/,
    );
    const second = cardOf(await stage.show('manager', message, { mode: 'list', skip: 5 }));
    assert.match(cardText(second), /People 6 to 9 of 9/);
    assert.match(titles(second), /Previous/);
    assert.doesNotMatch(titles(second), /Next/);
  });

  it('keeps its place over a restart of the bot, and for another device', async () => {
    await stage.show('manager', message, { mode: 'list', skip: 5 });
    const elsewhere = cardOf(await stage.otherDevice('manager', message));
    assert.match(cardText(elsewhere), /People 6 to 9 of 9/);
    await stage.restartBot();
    const afterwards = cardOf(await stage.otherDevice('manager', message));
    assert.match(cardText(afterwards), /People 6 to 9 of 9/);
  });

  it('goes on one by one from where its reader was', async () => {
    await stage.show('manager', message, { mode: 'one', skip: 2 });
    const again = cardOf(await stage.otherDevice('manager', message));
    const third = cardOf(await stage.show('manager', message, { mode: 'one', skip: 2 }));
    const heading = /Does (.+) still need/;
    assert.equal(heading.exec(cardText(again))?.[1], heading.exec(cardText(third))?.[1]);
  });
});

describe('reviews.show: large reviews', () => {
  const sizes = [
    { size: 1_000, all: '1,?000' },
    { size: 10_000, all: '10,?000' },
  ];
  const seen = new Map<number, readonly number[]>();

  for (const { size, all } of sizes) {
    describe(`of ${size} people`, () => {
      let stage: ReviewStage;
      let message: Entry;
      before(async () => {
        stage = await openReviewStage(['archive'], { size });
        message = await stage.packet('appowner', 'archive');
      });
      after(() => stage.close());

      it('count them all', () => assert.match(cardText(message.card), new RegExp(`0 of ${all} people`)));

      it('ask as much of Graph on the first page as on the last', async () => {
        const first = await lookOf(stage, message, { mode: 'list' });
        const last = await lookOf(stage, message, { mode: 'list', skip: size - 5 });
        assert.match(first.text, new RegExp(`People 1 to 5 of ${all}`));
        assert.match(last.text, new RegExp(`to ${all} of ${all}`));
        assert.equal(last.calls, first.calls);
        seen.set(size, [...(seen.get(size) ?? []), first.calls]);
      });

      it('ask as much of Graph for the first person as for the last', async () => {
        const first = await lookOf(stage, message, { mode: 'one', skip: 0 });
        const last = await lookOf(stage, message, { mode: 'one', skip: size - 1 });
        assert.match(first.text, /Does Ada Abara 1 still need Research Archive\?/);
        assert.match(last.text, new RegExp(`Does .+ ${size} still need Research Archive`));
        assert.equal(last.calls, first.calls);
        seen.set(size, [...(seen.get(size) ?? []), first.calls]);
      });
    });
  }

  describe('of whatever size', () => {
    it('ask the same of Graph', () => {
      assert.equal(seen.size, sizes.length);
      assert.deepEqual(seen.get(1_000), seen.get(10_000));
    });
  });
});
