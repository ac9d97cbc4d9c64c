import assert from 'node:assert/strict';
import { cardActions, cardText } from '../support/card-text.js';
import { buttonOf, openStage, type Stage } from '../support/stage.js';

describe('packages.open', () => {
  let stage: Stage;
  before(async () => {
    stage = await openStage();
  });
  after(() => stage.close());

  it('shows everything a person may ask for when the words fit nothing', async () => {
    await stage.say('engineer', 'I want access to something');
    const list = await stage.card('engineer', /Prompt library/);
    assert.match(cardText(list.card), /AI research assistant - elevated connectors/);
  });

  it('refuses a package id this person may not ask for', async () => {
    const offered = buttonOf(await stage.card('engineer', /elevated connectors/), 'packages.open');
    assert.match(String(offered.package), /^[0-9a-f-]{36}$/);
    const ids = new Set(
      cardActions((await stage.card('engineer', /elevated connectors/)).card).map(({ data }) => data.package),
    );
    await stage.say('guest', 'I want access to something');
    const list = await stage.card('guest', /Prompt library/);
    assert.doesNotMatch(cardText(list.card), /elevated|research/);
    ids.delete(buttonOf(list, 'packages.open').package);
    assert.ok(ids.size > 0);
    for (const id of ids) {
      const answer = await stage.press('guest', list.id, 'packages.open', { package: id });
      assert.equal(answer.statusCode, 400);
      assert.match(JSON.stringify(answer.value), /does not offer you/);
    }
  });

  it('opens the form of the package whose button is pressed', async () => {
    const list = await stage.card('engineer', /Prompt library/);
    const { value } = await stage.press(
      'engineer',
      list.id,
      'packages.open',
      buttonOf(list, 'packages.open'),
    );
    assert.match(JSON.stringify(value), /"verb":"packages\.ask"/);
  });

  it('does not take words that are no id for an id', async () => {
    const list = await stage.card('engineer', /Prompt library|./);
    const answer = await stage.press('engineer', list.id, 'packages.open', { package: "x' or 1 eq 1" });
    assert.equal(answer.statusCode, 400);
  });
});
