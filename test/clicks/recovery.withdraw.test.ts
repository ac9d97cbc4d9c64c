import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { dataOf, hasButton, readIn } from '../support/on-card.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';

describe('recovery.withdraw', () => {
  let stage: RecoveryStage;
  before(async () => {
    stage = await openRecoveryStage();
  });
  after(() => stage.close());

  it('takes a case back, and nobody has to do anything any more', async () => {
    const { id } = await stage.open('finance', 'lost');
    const asked = await stage.cardWith('manager', 'recovery.attest');
    const answer = await stage.press('finance', id, 'recovery.withdraw');
    assert.match(readIn(answer), /^Taken back\nLost phone or computer/);
    const text = await stage.says('manager', asked.id, /^Taken back/);
    assert.match(text, /Help is not needed any more/);
    assert.ok(!hasButton((await stage.entry('manager', asked.id)).card, 'recovery.attest'));
    assert.equal((await stage.caseOf('finance')).state, 'withdrawn');
  });

  it('is open to whoever opened it for somebody else, too', async () => {
    const { id } = await stage.open('engineer', 'locked-out', 'appowner');
    const own = await stage.told('appowner', /Opened by\nAyumi Fernqvist/);
    assert.match(readIn(await stage.press('engineer', id, 'recovery.withdraw')), /^Taken back/);
    await stage.says('appowner', own.id, /^Taken back/);
  });

  it('is too late once a pass was made: the help desk has to close it', async () => {
    const { id } = await stage.open('finance', 'broken');
    await stage.attest('manager', 'finance');
    const button = dataOf((await stage.entry('finance', id)).card, 'recovery.withdraw');
    await stage.pass('helpdesk', 'finance');
    await stage.says('finance', id, /Time to sign in/);
    assert.ok(!hasButton((await stage.entry('finance', id)).card, 'recovery.withdraw'));
    const answer = await stage.press('finance', id, 'recovery.withdraw', button);
    assert.match(readIn(answer), /That did not work\nThe help desk is at it already/);
    assert.deepEqual(await stage.refusals(), ['recovery.pass-made']);
    assert.ok(cardText(answer.value).includes('Time to sign in'));
  });
});
