import assert from 'node:assert/strict';
import { redTeam } from '../../practice/world/packages.js';
import { cardActions, cardText } from '../support/card-text.js';
import { type MortalBot, openMortalBot } from '../support/mortal-bot.js';
import type { Entry } from '../support/remote-control.js';
import { until } from '../support/until.js';

const comment = 'I know of the project and looked at it';
const reason = 'Looking for known attacks before project Nord goes live';
const patch = { service: 'graph', method: 'PATCH', path: '/stages/' };
const submit = { service: 'graph', method: 'POST', path: '^[^?]*/assignmentRequests$' };

/** kill -9 where only the audit log, or the list of what is held, tells the bot how it went. */
describe('kill -9 at a stage in the middle, and while access is given back', function () {
  this.timeout(60_000);
  let bot: MortalBot;
  before(async () => {
    bot = await openMortalBot('packages');
  });
  beforeEach(() => bot.reset());
  after(() => bot.close());

  const withButton = (person: string, verb: string): Promise<Entry> =>
    until(`a card of ${person} with ${verb}`, async () =>
      (await bot.timeline(person)).findLast(({ card }) =>
        cardActions(card).some((each) => each.verb === verb),
      ),
    );
  const writes = async (method: string) =>
    (await bot.requests('graph')).filter(
      (each) =>
        each.method === method && /\/stages\/|assignmentRequests$/.test(each.path) && each.status >= 0,
    );
  const asked = async () => {
    await bot.say('engineer', 'I want access to something');
    const list = await withButton('engineer', 'packages.open');
    await bot.press('engineer', list.id, 'packages.open', { package: redTeam.id });
    await bot.press('engineer', list.id, 'packages.ask', { reason });
    return withButton('manager', 'packages.approve');
  };
  /** A job that looked just before the clock moved looks again later. */
  const settled = async (person: string, id: string, fits: RegExp) => {
    const text = async () => cardText((await bot.timeline(person)).find((each) => each.id === id)?.card);
    for (let look = 0; look < 5; look += 1) {
      const found = await until('it', async () => fits.test(await text()), 3_000).catch(() => false);
      if (found) return;
      await bot.advance('PT2M');
    }
    assert.match(await text(), fits);
  };

  for (const afterEffect of [false, true]) {
    it(`the first of two stages, ${afterEffect ? 'after' : 'before'} the write reached Entra`, async () => {
      const card = await asked();
      const press = () => bot.press('manager', card.id, 'packages.approve', { comment });
      await bot.dieAt({ hold: patch, afterEffect }, press);
      if (!afterEffect) await press();
      await settled('manager', card.id, /^Approved for now by you/);
      await withButton('security', 'packages.approve');
      assert.equal((await writes('PATCH')).length, 1);
      await until('every claim to be settled', async () => (await bot.openClaims()) === 0);
      await bot.assertIntact();
    });

    it(`giving back, ${afterEffect ? 'after' : 'before'} the write reached Entra`, async () => {
      const endsAt = new Date(Date.now() + 60 * 86_400_000).toISOString();
      const { assignments } = await bot.post<{ assignments: readonly { id: string; package: string }[] }>(
        '/packages/hold',
        { person: 'finance', package: 'workshop', endsAt },
      );
      const assignment = assignments.find((each) => each.package === 'workshop')?.id;
      await bot.say('finance', 'what do I have');
      const list = await withButton('finance', 'packages.give-back');
      const give = (sure: boolean) =>
        bot.press('finance', list.id, 'packages.give-back', { assignment, sure });
      await give(false);
      const press = () => give(true);
      await bot.dieAt({ hold: submit, afterEffect }, press);
      if (!afterEffect) await press();
      await settled('finance', list.id, /^Given back/);
      assert.equal((await writes('POST')).length, 1);
      await until('every claim to be settled', async () => (await bot.openClaims()) === 0);
      await bot.assertIntact();
    });
  }
});
