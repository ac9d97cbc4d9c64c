import assert from 'node:assert/strict';
import { readIn, refOf } from '../support/on-card.js';
import { openPackagesStage, type PackagesStage } from '../support/packages-stage.js';
import { callsIn, noNonsense } from './packages-trouble.js';

interface Look {
  readonly verb: string;
  readonly person: string;
  readonly message: string;
  readonly data: object;
  readonly says: RegExp;
}

/** Whatever is only shown: each call behind it fails once, and what is read is a sentence or the card itself. */
describe('every call of a look in trouble', () => {
  let stage: PackagesStage;
  let looks: readonly Look[];
  before(async () => {
    stage = await openPackagesStage();
    looks = await looksAt(stage);
  });
  after(() => stage.close());

  it('all are turned away for a minute, or stumble once: no nonsense, and all is there afterwards', async () => {
    const writes = (await stage.sent()).length;
    for (const { verb, person, message, data, says } of looks) {
      const press = async () => readIn(await stage.press(person, message, verb, data));
      const before = (await stage.requests()).length;
      assert.match(await press(), says, verb);
      const calls = callsIn((await stage.requests()).slice(before));
      for (const match of calls) await stage.fault({ match, do: { status: 429, retryAfter: 60 }, times: 10 });
      const text = await press();
      assert.ok(text.trim() !== '', verb);
      assert.doesNotMatch(text, noNonsense, verb);
      await stage.clearFaults();
      for (const [index, match] of calls.entries()) {
        await stage.fault({ match, do: { status: index % 2 === 0 ? 429 : 503 } });
      }
      assert.match(await press(), says, verb);
      await stage.clearFaults();
    }
    assert.equal((await stage.sent()).length, writes, 'looking changes nothing');
    assert.deepEqual(await stage.refusals(), []);
  });
});

/** Something of everything there is to look at. */
async function looksAt(stage: PackagesStage): Promise<readonly Look[]> {
  const held = (await stage.hold('finance', 'workshop', 5)).id;
  const { id: mine } = await stage.ask('engineer', 'standard');
  await stage.says('engineer', mine, /^Waiting/);
  const status = refOf((await stage.entry('engineer', mine)).card);
  const decide = await stage.decideCard('manager');
  const request = (await stage.portal.newest('engineer')).id;
  const [workshop, elevated] = [await stage.packageOf('workshop'), await stage.packageOf('elevated')];
  const [own, hers] = [await stage.hear('engineer'), await stage.hear('finance')];
  const [his, owners] = [await stage.hear('manager'), await stage.hear('security')];
  const at = (person: string, { id: message }: { readonly id: string }) => ({ person, message });
  return [
    { verb: 'packages.open', ...at('engineer', own), data: { query: '', skip: 0 }, says: /Prompt library/ },
    { verb: 'packages.open', ...at('engineer', own), data: { package: elevated.id }, says: /Who decides/ },
    {
      verb: 'packages.open',
      ...at('engineer', own),
      data: { package: workshop.id },
      says: /For two weeks/,
    },
    { verb: 'packages.reports', ...at('manager', his), data: {}, says: /Leilani Brandvold/ },
    { verb: 'packages.mine', ...at('finance', hers), data: {}, says: /AI agent workshop/ },
    {
      verb: 'packages.show',
      ...at('finance', hers),
      data: { assignment: held },
      says: /AI agent workshop/,
    },
    {
      verb: 'packages.extend',
      ...at('finance', hers),
      data: { assignment: held },
      says: /AI agent workshop/,
    },
    {
      verb: 'packages.give-back',
      ...at('finance', hers),
      data: { assignment: held, sure: false },
      says: /AI agent workshop/,
    },
    { verb: 'packages.show', ...at('engineer', { id: mine }), data: { ref: status }, says: /^Waiting/ },
    {
      verb: 'packages.show',
      ...at('manager', decide),
      data: { ref: refOf(decide.card) },
      says: /Ayumi Fernqvist asks/,
    },
    { verb: 'packages.approvals', ...at('manager', his), data: {}, says: /1 request waits/ },
    { verb: 'packages.approval', ...at('manager', his), data: { request }, says: /Ayumi Fernqvist asks/ },
    { verb: 'packages.owned', ...at('security', owners), data: {}, says: /AI agent workshop/ },
    {
      verb: 'packages.owned',
      ...at('security', owners),
      data: { package: workshop.id },
      says: /Leilani Brandvold/,
    },
  ];
}
