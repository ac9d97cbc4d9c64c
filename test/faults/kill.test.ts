import assert from 'node:assert/strict';
import { startPractice } from '../../practice/practice.js';
import { verifyRecord } from '../../src/audit/verify.js';
import { openStore } from '../../src/store/open-store.js';
import { type BotProcess, startBotProcess } from '../support/bot-process.js';
import { cardActions, cardText } from '../support/card-text.js';
import { freePort } from '../support/free-port.js';
import { type Entry, type FaultOrder, remoteControl } from '../support/remote-control.js';
import { tempFolder } from '../support/temp-folder.js';
import { until } from '../support/until.js';

/**
 * kill -9 at every step of an action. Each step is held open from outside, by the service the bot is talking to, so
 * that the bot dies exactly there; afterwards Entra has the effect once, or not at all and the card says so.
 */

type Match = FaultOrder['match'];
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
  const folder = tempFolder();
  let places: { practiceUrl: string; botPort: number; data: string };
  let practice: Awaited<ReturnType<typeof startPractice>>;
  let remote: ReturnType<typeof remoteControl>;
  let bot: BotProcess;

  before(async () => {
    const botPort = await freePort();
    practice = await startPractice({ port: 0, botUrl: `http://127.0.0.1:${botPort}`, dataDir: folder.path });
    places = { practiceUrl: practice.url, botPort, data: folder.path };
    remote = remoteControl(practice.url);
    bot = await startBotProcess(places);
    await practice.announce();
  });
  after(async () => {
    await bot.kill();
    await practice.close();
    folder.remove();
  });

  const card = (person: string, fits: RegExp): Promise<Entry> =>
    until(`a card for ${person} that says ${fits}`, async () =>
      (await remote.timeline(person)).findLast((entry) => fits.test(cardText(entry.card))),
    );
  /** Held after its effect, a request has status 0; held before it, the service saw its caller die (-1). */
  const effects = async (method: string, path: string): Promise<number> =>
    (await remote.requests('graph')).filter(
      (request) =>
        request.method === method &&
        request.path.endsWith(path) &&
        request.status >= 0 &&
        request.status < 300,
    ).length;

  /** Presses, waits until the bot hangs at that step, kills it there, and starts another an hour of leases later. */
  const dieAt = async (step: Step, press: () => Promise<unknown>): Promise<void> => {
    const hold = { match: step.hold, do: { delayMs: 30_000, afterEffect: step.afterEffect } };
    if (step.once === undefined) await remote.fault(hold);
    else await remote.fault({ match: step.once, do: { delayMs: 300, afterEffect: true } });
    const pressed = press().catch(() => undefined);
    if (step.once !== undefined) {
      await waiting(step.once);
      await remote.fault(hold);
    }
    await waiting(step.hold);
    await bot.kill();
    await remote.clearFaults();
    await pressed;
    bot = await startBotProcess(places);
    await remote.advance('PT2M');
  };
  const waiting = (match: Match): Promise<unknown> =>
    until(`a held ${match.method} ${match.path ?? ''}`, async () =>
      (await remote.requests(match.service)).some(
        ({ method, path, status }) =>
          status === 0 && method === match.method && (match.path === undefined || fits(path, match.path)),
      ),
    );

  const intact = async (): Promise<void> => {
    const store = await openStore({ dataDir: folder.path });
    const verdict = await verifyRecord(store);
    const open = await store.db.selectFrom('claims').selectAll().where('state', '=', 'claimed').execute();
    await store.close();
    assert.equal(verdict.kind, 'intact');
    assert.deepEqual(open, [], 'a claim was left open');
  };

  for (const step of decide) {
    it(`approving: ${step.name}`, async () => {
      await remote.reset();
      await remote.say('engineer', 'I need the research assistant');
      const form = await card('engineer', /research assistant - standard/);
      await remote.press('engineer', form.id, 'packages.ask', { reason });
      const asked = await card('manager', /Ayumi Fernqvist/);
      await card('engineer', /Olumide Castellane/);

      await dieAt(step, () => remote.press('manager', asked.id, 'packages.approve', { comment: 'Fine' }));

      if (!step.landed && step.hold.method === 'PATCH') {
        const told = await card('manager', /was not recorded/);
        assert.ok(cardActions(told.card).some(({ verb }) => verb === 'packages.approve'));
      }
      if (!step.landed) await remote.press('manager', asked.id, 'packages.approve', { comment: 'Fine' });
      await until('a settled card for the approver', async () => {
        const entry = (await remote.timeline('manager')).find(({ id }) => id === asked.id);
        return !cardActions(entry?.card).some(({ verb }) => verb === 'packages.approve');
      });
      await card('engineer', /approved|you have|ready/i);
      assert.equal(await effects('PATCH', ''), 1);
      await intact();
    });
  }

  for (const step of ask) {
    it(`asking: ${step.name}`, async () => {
      await remote.reset();
      await remote.say('engineer', 'I need the research assistant');
      const form = await card('engineer', /research assistant - standard/);

      await dieAt(step, () => remote.press('engineer', form.id, 'packages.ask', { reason }));

      if (!step.landed) {
        await card('engineer', /did not reach Entra/);
        await remote.press('engineer', form.id, 'packages.ask', { reason });
      }
      await card('manager', /Ayumi Fernqvist/);
      await card('engineer', /Olumide Castellane/);
      assert.equal(await effects('POST', '/assignmentRequests'), 1);
      await intact();
    });
  }
});

function fits(path: string, pattern: string): boolean {
  return pattern.startsWith('^') ? new RegExp(pattern).test(path) : path.includes(pattern);
}
