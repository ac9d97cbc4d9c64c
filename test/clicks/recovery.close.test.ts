import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { hasButton, readIn } from '../support/on-card.js';
import { newPasskey } from '../support/recovery-card.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';

describe('recovery.close', () => {
  let stage: RecoveryStage;
  let helper: string;
  let code: string;
  before(async () => {
    stage = await openRecoveryStage();
    await stage.open('finance', 'lost');
    await stage.attest('manager', 'finance');
    code = await stage.pass('helpdesk', 'finance');
    helper = (await stage.cardWith('helpdesk', 'recovery.close')).id;
  });
  after(() => stage.close());

  it('wants a sentence that whoever it is about reads', async () => {
    const answer = await stage.press('helpdesk', helper, 'recovery.close', { note: ' done ' });
    assert.match(readIn(answer), /Please write how it ended/);
    assert.deepEqual(await stage.refusals(), ['recovery.close-note']);
    assert.ok(hasButton(answer.value, 'recovery.close'));
  });

  it('deletes the pass that nobody used, and then closes the case', async () => {
    const note = 'She found the phone under her desk';
    const answer = await stage.press('helpdesk', helper, 'recovery.close', { note });
    assert.match(readIn(answer), /^Leilani Brandvold|^Closed/);
    const one = await stage.reaches('finance', 'closed');
    assert.match(one.about, /Tomasz Okonjeva: She found the phone under her desk/);
    const [gone] = (await stage.sent()).filter(({ method }) => method === 'DELETE');
    assert.match(gone?.path ?? '', /temporaryAccessPassMethods/);
    assert.equal(gone?.user, stage.idOf('helpdesk'));
    assert.match(await stage.signIn('finance', code), /no Temporary Access Pass/);
  });

  it('tells everybody, and takes the buttons away', async () => {
    const own = await stage.told('finance', /^Case closed/);
    assert.match(cardText(own.card), /Tomasz Okonjeva: She found the phone under her desk/);
    for (const person of ['manager', 'security'])
      await stage.told(person, /^A case is over[\s\S]*She found the phone under her desk/);
    const closed = await stage.says('helpdesk', helper, /This case is closed/);
    assert.match(closed, /nothing that was made here opens the account any more/);
    assert.doesNotMatch(closed, /Good until|Still to do/);
    const { card } = await stage.entry('helpdesk', helper);
    for (const verb of ['recovery.issue', 'recovery.remove', 'recovery.revoke', 'recovery.close'])
      assert.ok(!hasButton(card, verb), verb);
  });

  it('leaves nobody on the board, and a new case can be opened', async () => {
    const { card } = await stage.hear('helpdesk', 'open cases');
    assert.match(cardText(card), /^No case is open/);
    const { answer } = await stage.open('finance', 'locked-out');
    assert.match(readIn(answer), /^Help is on its way/);
  });
});

describe('recovery.close of a case whose person is in again', () => {
  it('tells of the new passkey, and that they were signed out, beside what the help desk wrote', async () => {
    const stage = await openRecoveryStage();
    try {
      await stage.open('finance', 'stolen');
      await stage.attest('manager', 'finance');
      const code = await stage.pass('helpdesk', 'finance');
      assert.equal(await stage.signIn('finance', code, newPasskey('New phone', 'synced')), '');
      await stage.advance('PT1M');
      await stage.reaches('finance', 'clean-up');
      const { id } = await stage.cardWith('helpdesk', 'recovery.revoke');
      await stage.press('helpdesk', id, 'recovery.revoke');
      await stage.press('helpdesk', id, 'recovery.close', { note: 'Nothing else of hers was in the bag' });
      await stage.reaches('finance', 'closed');
      const own = await stage.told('finance', /^Case closed/);
      assert.match(cardText(own.card), /A new passkey is there: New phone.*Tomasz Okonjeva: Nothing else/);
      assert.match(cardText(own.card), /✓ You were signed out everywhere on/);
      await stage.told('security', /^Back on their feet/);
      await stage.told('manager', /^They are back/);
      const closed = await stage.says('helpdesk', id, /This case is closed/);
      assert.match(closed, /Not done: removing what they no longer have/);
    } finally {
      await stage.close();
    }
  });
});

describe('recovery.close of a case without a pass', () => {
  it('asks nothing of Entra', async () => {
    const stage = await openRecoveryStage();
    try {
      await stage.open('appowner', 'stolen');
      const { id } = await stage.cardWith('helpdesk', 'recovery.close');
      await stage.press('helpdesk', id, 'recovery.close', { note: 'It lay in the lost property office' });
      await stage.reaches('appowner', 'closed');
      assert.deepEqual(await stage.sent(), []);
    } finally {
      await stage.close();
    }
  });
});
