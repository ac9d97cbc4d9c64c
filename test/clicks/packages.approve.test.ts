import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { openStage, type Stage } from '../support/stage.js';

const reason = 'Reading the supplier contracts of project Nord';

describe('packages.approve', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  const asked = async (who: string, what: string): Promise<void> => {
    await stage.say(who, `I need ${what}`);
    const form = await stage.card(who, new RegExp(what));
    await stage.press(who, form.id, 'packages.ask', { reason });
  };
  const patches = async () => (await stage.writes()).filter(({ method }) => method === 'PATCH');

  it('delivered three times at once, and again after a restart, is one PATCH', async () => {
    await asked('engineer', 'research assistant');
    const card = await stage.card('manager', /Ayumi Fernqvist/);
    const [{ ref }] = await openDecideCards(stage);
    const data = { ref, comment: 'Fine' };
    const answer = await stage.press('manager', card.id, 'packages.approve', data, { deliver: 3 });
    assert.match(cardText(answer.value), /approved/i);
    assert.equal((await patches()).length, 1);
    await stage.restartBot();
    const again = await stage.press('manager', card.id, 'packages.approve', data);
    assert.match(cardText(again.value), /approved/i);
    assert.equal((await patches()).length, 1);
  });

  it('by two approvers at once is one PATCH that counts, and both cards tell the same', async () => {
    await asked('finance', 'elevated connectors');
    const one = await stage.card('security', /Leilani Brandvold/);
    const two = await stage.card('appowner', /Leilani Brandvold/);
    const before = (await patches()).length;
    await Promise.all([
      stage.press('security', one.id, 'packages.approve', { comment: 'Yes from security' }),
      stage.press('appowner', two.id, 'packages.deny', { comment: 'No from the owner' }),
    ]);
    assert.equal((await patches()).length - before, 1);
    const settled = await stage.card(
      'security',
      /Leilani Brandvold[\s\S]*(Yes from|No from)|(Yes from|No from)[\s\S]*Leilani/,
    );
    const words = /Yes from security|No from the owner/.exec(cardText(settled.card))?.[0] ?? '';
    await stage.card('appowner', new RegExp(words));
    await stage.card('finance', new RegExp(words));
  });

  it('says how it stands when somebody else decided in the portal meanwhile', async () => {
    await asked('starter', 'elevated connectors');
    const card = await stage.card('security', /Noor Achterberg/);
    await stage.fault({
      match: { service: 'graph', method: 'PATCH', path: '/stages/' },
      do: { status: 409, body: { error: { code: 'Conflict', message: 'decided' } } },
    });
    const answer = await stage.press('security', card.id, 'packages.approve', { comment: 'Yes' });
    assert.notEqual(cardText(answer.value).match(/approved/i)?.index, 0);
  });
});

async function openDecideCards(stage: Stage): Promise<readonly [{ readonly ref: string }]> {
  const row = await stage
    .store()
    .db.selectFrom('cards')
    .select('ref')
    .where('kind', '=', 'packages.decide')
    .executeTakeFirstOrThrow();
  return [row];
}
