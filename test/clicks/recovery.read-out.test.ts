import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { readIn } from '../support/on-card.js';
import { codeIn, isPassCard } from '../support/recovery-card.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';

describe('recovery.read-out', () => {
  let stage: RecoveryStage;
  let helper: string;
  let code: string;
  before(async () => {
    stage = await openRecoveryStage();
    await stage.open('finance', 'lost');
    await stage.attest('manager', 'finance');
    const { id, answer } = await stage.issue('helpdesk', 'finance');
    helper = id;
    code = codeIn(answer);
  });
  after(() => stage.close());

  const shown = async () => (await stage.entry('helpdesk', helper)).card;

  it('is not hurried: what changes in the case leaves the code alone for five minutes', async () => {
    await stage.told('finance', /Time to sign in/);
    await stage.advance('PT2M');
    assert.ok(isPassCard(await shown()));
  });

  it('takes the code off the screen, and brings the case back', async () => {
    const answer = await stage.press('helpdesk', helper, 'recovery.read-out');
    assert.match(readIn(answer), /^Leilani Brandvold\nLost phone or computer/);
    assert.ok(!JSON.stringify(answer).includes(code));
    assert.ok(!cardText(await shown()).includes(code));
    assert.match(cardText(await shown()), /They have a pass/);
  });

  it('happens by itself after five minutes', async () => {
    const next = await stage.issue('helpdesk', 'finance');
    const second = codeIn(next.answer);
    assert.notEqual(second, code);
    await stage.advance('PT5M1S');
    await stage.says('helpdesk', next.id, /They have a pass/);
    assert.ok(!JSON.stringify(await stage.timeline('helpdesk')).includes(second));
  });
});
