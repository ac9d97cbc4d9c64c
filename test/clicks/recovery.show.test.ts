import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { readIn, refOf } from '../support/on-card.js';
import { codeIn, isPassCard } from '../support/recovery-card.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';

describe('recovery.show', () => {
  let stage: RecoveryStage;
  let mine: string;
  before(async () => {
    stage = await openRecoveryStage();
    mine = (await stage.open('finance', 'lost')).id;
  });
  after(() => stage.close());

  const look = async (person: string, id: string) => {
    const { card } = await stage.entry(person, id);
    return stage.press(person, id, 'recovery.show', { ref: refOf(card) });
  };

  it('shows whoever it is about each step as it comes', async () => {
    assert.match(readIn(await look('finance', mine)), /^Help is on its way[\s\S]*● Somebody makes sure/);
    await stage.attest('manager', 'finance');
    assert.match(
      readIn(await look('finance', mine)),
      /^The help desk is next[\s\S]*✓ Somebody[\s\S]*● The help desk/,
    );
    await stage.pass('helpdesk', 'finance');
    assert.match(readIn(await look('finance', mine)), /^Time to sign in[\s\S]*● You sign in/);
  });

  it('shows attesters that there is nothing left to do', async () => {
    const card = await stage.told('manager', /You vouched for them/);
    assert.match(cardText(card.card), /you need not do anything/);
  });

  it('shows the help desk a pass that ran out unused, and offers a new one', async () => {
    await stage.advance('PT62M');
    await stage.advance('PT2M');
    const helper = await stage.cardWith('helpdesk', 'recovery.issue');
    assert.match(cardText(helper.card), /The last pass is over/);
    await stage.told('finance', /The help desk is next/);
  });

  it('never brings a code back, for whoever made it neither', async () => {
    const { id, answer } = await stage.issue('helpdesk', 'finance');
    const code = codeIn(answer);
    const ref = refOf(answer.value);
    const again = await stage.press('helpdesk', id, 'recovery.show', { ref });
    assert.ok(!JSON.stringify(again).includes(code));
    assert.ok(!isPassCard(again.value));
    assert.match(readIn(again), /The pass was shown once, where the button was pressed/);
  });
});
