import assert from 'node:assert/strict';
import { seedByKey } from '../../practice/world/reviews/seeds.js';
import { removedFromArchive } from '../support/archive-review.js';
import { cardActions, cardText } from '../support/card-text.js';
import { type Death, type MortalBot, openMortalBot } from '../support/mortal-bot.js';
import { cardOf, dataOf, refOf } from '../support/on-card.js';
import { openPortal } from '../support/portal.js';
import type { Entry, LoggedRequest, RemoteControl } from '../support/remote-control.js';
import { until } from '../support/until.js';

/** kill -9 while reviews are decided: afterwards Entra has each decision once, or not at all and the card says so. */

const reason = 'Prepares the quarterly figures with it, I asked her yesterday';
const oneItem = '^[^?]*/decisions/[0-9a-f-]{36}(\\?|$)';
const patch = { service: 'graph', method: 'PATCH', path: '/decisions/' };
const batch = { service: 'graph', method: 'POST', path: '/$batch' };

/** Held after its effect a request has status 0; held before it, the service saw its caller die (-1). */
const effectsIn = (requests: readonly LoggedRequest[]) =>
  requests.filter(
    ({ method, path, status }) =>
      method === 'PATCH' && path.includes('/decisions/') && status >= 0 && status < 300,
  );
const decided = (many: number) => async (remote: RemoteControl) =>
  until(`${many} decisions`, async () => effectsIn(await remote.requests('graph')).length >= many);

const steps: readonly (Death & { readonly name: string; readonly landed: boolean; readonly slow?: true })[] =
  [
    {
      name: 'reading the facts, before the claim',
      hold: { service: 'graph', method: 'GET', path: oneItem },
      afterEffect: false,
      landed: false,
    },
    {
      name: 'after the claim, before the write reaches Entra',
      hold: patch,
      afterEffect: false,
      landed: false,
    },
    { name: 'after the write, before its answer', hold: patch, afterEffect: true, landed: true },
    {
      name: 'after the answer, before the receipt',
      hold: { service: 'graph', method: 'GET', path: oneItem },
      once: decided(1),
      slow: true,
      afterEffect: false,
      landed: true,
    },
    {
      name: 'after settling, before the next person was shown',
      hold: { service: 'graph', method: 'GET', path: 'filterByCurrentUser' },
      once: decided(1),
      slow: true,
      afterEffect: false,
      landed: true,
    },
  ];

const bulkSteps: readonly (Death & { readonly name: string })[] = [
  { name: 'after the claim, before anything was looked at', hold: batch, afterEffect: false },
  { name: 'after the first handful', hold: batch, once: decided(20), afterEffect: false },
  { name: 'after some handfuls, before their answer', hold: batch, once: decided(60), afterEffect: true },
];

describe('kill -9 while a review is decided', function () {
  this.timeout(60_000);
  let bot: MortalBot;
  before(async () => {
    bot = await openMortalBot('reviews');
  });
  after(() => bot.close());

  /** The reviewer's own picture of the review, once their client has asked for it. */
  const packet = (person: string, review: string): Promise<Entry> => {
    const name = seedByKey(review)?.definition.displayName ?? '';
    return until(`the card of ${person} for ${review}`, async () =>
      (await bot.timeline(person)).findLast(
        ({ card }) => card !== undefined && card.refresh === undefined && cardText(card).includes(name),
      ),
    );
  };
  const start = async (review: string): Promise<void> => {
    await bot.reset();
    await bot.post('/reviews/start', { reviews: [review] });
    await bot.advance('PT20S');
  };
  const effects = async () => effectsIn(await bot.requests('graph'));

  for (const step of steps) {
    it(`one decision: ${step.name}`, async () => {
      await start('chat-users');
      const message = await packet('manager', 'chat-users');
      const portal = openPortal(bot.url);
      const { id } = await portal.reviewItem('manager', 'chat-users', 'finance');
      const place = { ref: refOf(message.card), mode: 'person', item: id };
      const shown = cardOf(await bot.press('manager', message.id, 'reviews.show', place));
      const data = { ...dataOf(shown, 'reviews.keep'), reason };
      // Long enough to see the write land before the next call is made.
      if (step.slow) await bot.fault({ match: patch, do: { delayMs: 400, afterEffect: true } });

      await bot.dieAt(step, () => bot.press('manager', message.id, 'reviews.keep', data));

      assert.equal((await effects()).length, step.landed ? 1 : 0);
      if (!step.landed && step.hold.method === 'PATCH') {
        const told = await bot.card('manager', /was not recorded/);
        assert.ok(cardActions(told.card).some(({ verb }) => verb === 'reviews.show'));
      }
      const again = await bot.press('manager', message.id, 'reviews.keep', data);
      assert.equal(again.statusCode, 200, JSON.stringify(again.value));
      assert.equal((await effects()).length, 1);
      const item = await portal.reviewItem('manager', 'chat-users', 'finance');
      assert.deepEqual([item.decision, item.justification], ['Approve', reason]);
      await bot.assertIntact();
    });
  }

  for (const step of bulkSteps) {
    it(`many at once: ${step.name}`, async () => {
      await start('archive');
      const message = await packet('appowner', 'archive');
      const { data, count } = await ask(message);
      // Each request a little slow: the bot is to die between two of them.
      if (step.once) await bot.fault({ match: batch, do: { delayMs: 60, afterEffect: true }, times: 8 });

      await bot.dieAt(step, () => bot.press('appowner', message.id, 'reviews.bulk-remove', data));

      await until('the claim to be healed', async () => (await bot.openClaims()) === 0);
      const recorded = (await removedFromArchive(bot)).length;
      assert.ok(recorded < count);
      const says =
        recorded === 0
          ? /^Nothing was recorded/
          : new RegExp(`Entra did not take ${count - recorded} decisions`);
      const told = await bot.card('appowner', says);
      assert.ok(
        cardActions(told.card).some(({ data: sent }) => 'ref' in sent),
        'there is a way on',
      );
      await assertOneLineEach(recorded);

      const rest = await ask(told);
      assert.equal(rest.count, count - recorded);
      const done = await bot.press('appowner', told.id, 'reviews.bulk-remove', rest.data);
      assert.match(cardText(done.value), new RegExp(`^You removed ${count - recorded} people`));
      assert.equal((await removedFromArchive(bot)).length, count);
      const each = new Map<string, number>();
      for (const { path } of await effects()) each.set(path, (each.get(path) ?? 0) + 1);
      assert.equal(each.size, count);
      assert.deepEqual(
        [...each].filter(([, times]) => times > 1),
        [],
      );
      await assertOneLineEach(count);
      await bot.assertIntact();
    });
  }

  async function ask(message: Entry) {
    const sent = { ref: refOf(message.card), kind: 'remove' };
    const card = cardOf(await bot.press('appowner', message.id, 'reviews.bulk', sent));
    const count = Number(/\b(\d+) people\b/.exec(cardText(card))?.[1]);
    return { data: dataOf(card, 'reviews.bulk-remove'), count };
  }

  /** Of this review; the record of the ones before it stays. */
  async function assertOneLineEach(people: number): Promise<void> {
    const reviews = await bot.get<readonly { key: string; instanceId: string }[]>('/reviews');
    const instance = reviews.find(({ key }) => key === 'archive')?.instanceId ?? '';
    const lines = await bot.read((store) =>
      store.db
        .selectFrom('audit')
        .select('item')
        .where('kind', '=', 'item.changed')
        .where('item', 'like', `reviewDecision:${instance}:%`)
        .execute(),
    );
    assert.equal(lines.length, people);
    assert.equal(new Set(lines.map(({ item }) => item)).size, people);
  }
});
