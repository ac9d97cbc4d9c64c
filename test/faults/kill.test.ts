import assert from 'node:assert/strict';
import { cardActions } from '../support/card-text.js';
import { type Match, type MortalBot, openMortalBot } from '../support/mortal-bot.js';
import { until } from '../support/until.js';

/**
 * kill -9 at every step of an action. Each step is held open from outside, by the service the bot is talking to, so
 * that the bot dies exactly there; afterwards Entra has the effect once, or not at all and the card says so.
 */

interface Step {
  readonly name: string;
  readonly hold: Match;
  readonly afterEffect: boolean;
  /** Held only once this request has been answered: the same call stands earlier in the click too. */
  readonly once?: Match;
  readonly landed: boolean;
}

const decide: readonly Step[] = [
  {
    name: 'reading the facts, before the claim',
    hold: { service: 'graph', method: 'GET', path: '/stages' },
    afterEffect: false,
    landed: false,
  },
  {
    name: 'after the claim, before the write reaches Entra',
    hold: { service: 'graph', method: 'PATCH' },
    afterEffect: false,
    landed: false,
  },
  {
    name: 'after the write, before its answer',
    hold: { service: 'graph', method: 'PATCH' },
    afterEffect: true,
    landed: true,
  },
  {
    name: 'after the answer, before the receipt',
    hold: { service: 'graph', method: 'GET', path: '/stages' },
    once: { service: 'graph', method: 'PATCH' },
    afterEffect: false,
    landed: true,
  },
  {
    name: 'after settling, before anybody’s card was changed',
    hold: { service: 'connector', method: 'PUT' },
    afterEffect: false,
    landed: true,
  },
  {
    name: 'after a card was changed, before its answer',
    hold: { service: 'connector', method: 'PUT' },
    afterEffect: true,
    landed: true,
  },
];

const ask: readonly Step[] = [
  {
    name: 'after the claim, before the request reaches Entra',
    hold: { service: 'graph', method: 'POST', path: '^[^?]*/assignmentRequests$' },
    afterEffect: false,
    landed: false,
  },
  {
    name: 'after the request was made, before its answer',
    hold: { service: 'graph', method: 'POST', path: '^[^?]*/assignmentRequests$' },
    afterEffect: true,
    landed: true,
  },
  {
    name: 'after settling, before the approver’s card was sent',
    hold: { service: 'connector', method: 'POST', path: '/activities' },
    once: { service: 'graph', method: 'POST', path: '/assignmentRequests' },
    afterEffect: false,
    landed: true,
  },
];

const reason = 'Reading the supplier contracts of project Nord';

describe('kill -9 at every step', function () {
  this.timeout(60_000);
  let bot: MortalBot;
  before(async () => {
    bot = await openMortalBot('packages');
  });
  beforeEach(() => bot.reset());
  after(() => bot.close());

  /** Held after its effect, a request has status 0; held before it, the service saw its caller die (-1). */
  const effects = async (method: string, path: string): Promise<number> =>
    (await bot.requests('graph')).filter(
      (request) =>
        request.method === method &&
        request.path.endsWith(path) &&
        request.status >= 0 &&
        request.status < 300,
    ).length;
  const dieAt = async ({ once, ...step }: Step, press: () => Promise<unknown>): Promise<void> => {
    if (once === undefined) return bot.dieAt(step, press);
    await bot.fault({ match: once, do: { delayMs: 300, afterEffect: true } });
    return bot.dieAt({ ...step, once: () => bot.held(once) }, press);
  };

  for (const step of decide) {
    it(`approving: ${step.name}`, async () => {
      await bot.say('engineer', 'I need the research assistant');
      const form = await bot.card('engineer', /research assistant - standard/);
      await bot.press('engineer', form.id, 'packages.ask', { reason });
      const asked = await bot.card('manager', /Ayumi Fernqvist/);
      await bot.card('engineer', /Olumide Castellane/);

      await dieAt(step, () => bot.press('manager', asked.id, 'packages.approve', { comment: 'Fine' }));

      if (!step.landed && step.hold.method === 'PATCH') {
        const told = await bot.card('manager', /was not recorded/);
        assert.ok(cardActions(told.card).some(({ verb }) => verb === 'packages.approve'));
      }
      if (!step.landed) await bot.press('manager', asked.id, 'packages.approve', { comment: 'Fine' });
      await until('a settled card for the approver', async () => {
        const entry = (await bot.timeline('manager')).find(({ id }) => id === asked.id);
        return !cardActions(entry?.card).some(({ verb }) => verb === 'packages.approve');
      });
      await bot.card('engineer', /approved|you have|ready/i);
      assert.equal(await effects('PATCH', ''), 1);
      await bot.assertIntact();
    });
  }

  for (const step of ask) {
    it(`asking: ${step.name}`, async () => {
      await bot.say('engineer', 'I need the research assistant');
      const form = await bot.card('engineer', /research assistant - standard/);

      await dieAt(step, () => bot.press('engineer', form.id, 'packages.ask', { reason }));

      if (!step.landed) {
        await bot.card('engineer', /did not reach Entra/);
        await bot.press('engineer', form.id, 'packages.ask', { reason });
      }
      await bot.card('manager', /Ayumi Fernqvist/);
      await bot.card('engineer', /Olumide Castellane/);
      assert.equal(await effects('POST', '/assignmentRequests'), 1);
      await bot.assertIntact();
    });
  }
});
