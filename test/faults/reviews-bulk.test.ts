import assert from 'node:assert/strict';
import { verifyRecord } from '../../src/audit/verify.js';
import { keepInArchive, removedFromArchive } from '../support/archive-review.js';
import { cardText } from '../support/card-text.js';
import { cardOf, dataOf, refOf } from '../support/on-card.js';
import type { Card, Entry, FaultOrder } from '../support/remote-control.js';
import { openReviewStage, type ReviewStage } from '../support/review-stage.js';
import { until } from '../support/until.js';

const patch = { service: 'graph', method: 'PATCH', path: '/decisions/' };
const batch = { service: 'graph', method: 'POST', path: '/$batch' };

/** Many decisions with one press, and Graph in trouble in the middle: each is recorded once, and the card says which. */
describe('a bulk that goes wrong on its way to Entra', function () {
  this.timeout(60_000);
  let stage: ReviewStage;
  let message: Entry;
  let people: number;
  before(async () => {
    stage = await openReviewStage([]);
  });
  beforeEach(() => stage.reset());
  afterEach(async () => {
    assert.ok((await stage.writes()).every(({ token }) => token === 'user'));
  });
  after(async () => {
    const verdict = await verifyRecord(stage.store());
    await stage.close();
    assert.equal(verdict.kind, 'intact');
  });

  const open = async (more: { readonly size?: number } = {}): Promise<void> => {
    await stage.start(['archive'], more);
    message = await stage.packet('appowner', 'archive');
  };
  /** The question, and what its button sends. */
  const ask = async () => {
    const sent = { ref: refOf(message.card), kind: 'remove' };
    const card = cardOf(await stage.press('appowner', message.id, 'reviews.bulk', sent));
    return {
      data: dataOf(card, 'reviews.bulk-remove'),
      count: Number(/\b(\d+) people\b/.exec(cardText(card))?.[1]),
    };
  };
  const removeAll = async (): Promise<Card> => {
    const { data, count } = await ask();
    people = count;
    return cardOf(await stage.press('appowner', message.id, 'reviews.bulk-remove', data));
  };
  /** What the card becomes when it goes on after its answer. */
  const resultOf = async (card: Card): Promise<string> => {
    if (!/^Being recorded/.test(cardText(card))) return cardText(card);
    return until(
      'the result',
      async () => {
        const text = cardText((await stage.entry('appowner', message.id)).card);
        return /^(You removed|Nothing)/.test(text) && text;
      },
      25_000,
    );
  };
  const denied = () => removedFromArchive(stage);
  /** How often a decision about somebody took effect, by item. */
  const effects = async (withEffect: readonly number[] = [204]): Promise<ReadonlyMap<string, number>> => {
    const counts = new Map<string, number>();
    for (const { path, status } of await stage.decisions()) {
      const id = path.split('/').at(-1) ?? '';
      if (withEffect.includes(status)) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return counts;
  };
  const audited = async (kind: string) =>
    (await stage.audited(kind)).map(({ item }) => item.split(':').at(-1) ?? '');

  const allOnce = async (withEffect?: readonly number[]): Promise<void> => {
    const found = await denied();
    assert.equal(found.length, people);
    assert.ok(found.every(({ reviewedBy }) => reviewedBy.displayName === 'Wanjiru Halvorsen'));
    assert.equal(new Set(found.map(({ justification }) => justification)).size, 1);
    const counts = await effects(withEffect);
    assert.deepEqual([...counts.keys()].sort(), found.map(({ id }) => id).sort());
    assert.ok([...counts.values()].every((count) => count === 1));
    assert.deepEqual((await audited('item.changed')).sort(), [...counts.keys()].sort(), 'one line a person');
    assert.equal((await audited('action.recorded')).length, 1);
  };

  /** Strikes once the first handfuls are through. */
  const inTheMiddle = async (order: FaultOrder): Promise<Card> => {
    const { data, count } = await ask();
    people = count;
    const pressed = await begin(data);
    await stage.clearFaults();
    await stage.fault(order);
    const card = cardOf(await pressed.answer);
    assert.deepEqual(await stage.get('/faults'), [], 'it struck');
    return card;
  };
  /** Pressed, and the first handful is through. */
  const begin = async (data: object) => {
    await stage.fault({ match: batch, do: { delayMs: 40 }, times: 1_000 });
    const answer = stage.press('appowner', message.id, 'reviews.bulk-remove', data);
    await until('the first decisions', async () => (await effects()).size >= 20);
    return { answer };
  };

  it('two hundred of ten thousand, throttled one by one, with and without a time to come back', async () => {
    await open({ size: 10_000 });
    await stage.fault({ match: patch, do: { status: 429, retryAfter: 1 }, times: 30 });
    await stage.fault({ match: patch, do: { status: 429 }, times: 30 });
    const text = await resultOf(await removeAll());
    assert.match(text, /^You removed 200 people/);
    assert.equal(people, 200);
    await allOnce();
  });

  for (const retryAfter of [1, undefined]) {
    it(`the whole request is throttled in the middle, Retry-After ${retryAfter ?? 'missing'}`, async () => {
      await open();
      const busy = { status: 429, ...(retryAfter === undefined ? {} : { retryAfter }) };
      const card = await inTheMiddle({ match: batch, do: busy, times: 2 });
      assert.match(await resultOf(card), new RegExp(`^You removed ${people} people`));
      await allOnce();
    });
  }

  for (const [what, order] of [
    ['the connection is lost after the effect', { match: batch, do: { drop: true, afterEffect: true } }],
    ['503 after the effect', { match: batch, do: { status: 503, afterEffect: true } }],
    ['an answer that cannot be read', { match: batch, do: { status: 200, body: {}, afterEffect: true } }],
  ] as const) {
    it(`${what}, for a whole request in the middle`, async () => {
      await open();
      const card = await inTheMiddle(order);
      assert.match(await resultOf(card), new RegExp(`^You removed ${people} people`));
      await allOnce();
    });
  }

  it('503 after the effect, for some of the decisions', async () => {
    await open();
    await stage.fault({ match: patch, do: { status: 503, afterEffect: true }, times: 7 });
    assert.match(await resultOf(await removeAll()), new RegExp(`^You removed ${people} people`));
    await allOnce([204, 503]);
  });

  it('some are refused: the card says who, and “try again” is about those only', async () => {
    await open();
    const no = { error: { code: 'UnAuthorized', message: 'Reason: Unauthorized' } };
    await stage.fault({ match: patch, do: { status: 403, body: no }, times: 3 });
    const first = await removeAll();
    const all = people;
    assert.match(cardText(first), new RegExp(`^You removed ${all - 3} people`));
    assert.match(cardText(first), /did not take 3 decisions\. You can try again for just those/);
    const missing = (await stage.decisions()).filter(({ status }) => status === 403).map(({ path }) => path);
    assert.equal((await denied()).length, all - 3);
    assert.equal((await audited('item.changed')).length, all - 3);

    const before = (await stage.decisions()).length;
    const again = await removeAll();
    assert.equal(people, 3);
    assert.match(cardText(again), /^You removed 3 people/);
    const sent = (await stage.decisions()).slice(before).map(({ path }) => path);
    assert.deepEqual([...sent].sort(), [...missing].sort());
    const counts = await effects();
    assert.equal(counts.size, all);
    assert.ok([...counts.values()].every((count) => count === 1));
    assert.equal((await audited('item.changed')).length, all);
  });

  it('three deliveries of the same press decide once about each', async () => {
    await open();
    const { data, count } = await ask();
    people = count;
    const answer = await stage.press('appowner', message.id, 'reviews.bulk-remove', data, { deliver: 3 });
    assert.match(await resultOf(cardOf(answer)), new RegExp(`^You removed ${people} people`));
    await allOnce();
  });

  it('the same press once more, after it was recorded, shows what came of it and sends nothing', async () => {
    await open();
    const { data, count } = await ask();
    people = count;
    const press = async () =>
      cardText((await stage.press('appowner', message.id, 'reviews.bulk-remove', data)).value);
    assert.match(await press(), new RegExp(`^You removed ${people} people`));
    assert.match(await press(), new RegExp(`^You removed ${people} people`));
    await allOnce();
    assert.deepEqual(await stage.refusals(), []);
  });

  it('whoever is decided about elsewhere meanwhile is left as they are', async () => {
    await open();
    const { data, count } = await ask();
    const { answer } = await begin(data);
    await stage.clearFaults();
    await keepInArchive(stage, 995);
    const text = cardText((await answer).value);
    assert.match(text, new RegExp(`^You removed ${count - 1} people`));
    assert.match(text, /1 was decided by somebody else meanwhile/);
    assert.equal((await denied()).length, count - 1);
  });

  it('the review is stopped in the middle: what was recorded is told, the rest is not claimed', async () => {
    await open();
    const { data, count } = await ask();
    const { answer } = await begin(data);
    await stage.post('/reviews/archive/stop', {});
    const text = await resultOf(cardOf(await answer));
    const recorded = (await effects()).size;
    assert.ok(recorded >= 20 && recorded < count, `${recorded} of ${count}`);
    assert.equal((await audited('item.changed')).length, recorded);
    assert.ok(
      /stopped|ended/i.test(text) || text.startsWith(`You removed ${recorded} people`),
      text.slice(0, 300),
    );
  });

  it('slow: the press is answered in time, and the message then becomes the result', async () => {
    await open();
    const { data, count } = await ask();
    people = count;
    await stage.fault({ match: batch, do: { delayMs: 150 }, times: 20 });
    const pressed = await timeFlies('$skip=100', 'PT7S', data);
    const answer = cardOf(await pressed.answer);
    assert.match(cardText(answer), /^Being recorded/);
    assert.match(await resultOf(answer), new RegExp(`^You removed ${people} people`));
    await allOnce();
  });

  it('the list takes too long to read: nobody is told that somebody else decided', async () => {
    await open();
    const { data } = await ask();
    const pressed = await timeFlies("recommendation eq 'Deny'", 'PT6S', data);
    const text = cardText((await pressed.answer).value);
    assert.doesNotMatch(text, /Somebody decided/);
    assert.deepEqual(await stage.refusals(), []);
  });

  /** Presses; while this is read, most of the time that there is for an answer goes by. */
  async function timeFlies(path: string, duration: string, data: object) {
    await stage.fault({ match: { service: 'graph', method: 'GET', path }, do: { delayMs: 400 } });
    const answer = stage.press('appowner', message.id, 'reviews.bulk-remove', data);
    await until('the list to be read', async () =>
      (await stage.requests('graph')).some((request) => request.path.includes(path) && request.status === 0),
    );
    await stage.jump(duration);
    return { answer };
  }
});
