import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { hasButton, readIn } from '../support/on-card.js';
import { dataTitled, newPasskey } from '../support/recovery-card.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';

describe('the first day of somebody who starts', () => {
  let stage: RecoveryStage;
  before(async () => {
    stage = await openRecoveryStage();
  });
  after(() => stage.close());

  it('is opened by their manager, by name', async () => {
    const { id } = await stage.hear('manager', 'Somebody new starts next week');
    const found = await stage.press('manager', id, 'recovery.find', {
      what: 'starter',
      name: 'Noor',
      note: '',
    });
    assert.match(readIn(found), /Noor Achterberg/);
    await stage.room();
    const answer = await stage.press('manager', id, 'recovery.open', dataTitled(found.value, /This one/));
    assert.match(readIn(answer), /^Help is on its way\nFirst day · Noor Achterberg/);
    assert.match(readIn(answer), /I look whether it works, and say so/);
  });

  it('asks their manager as well, and says so on the case', async () => {
    await stage.cardWith('manager', 'recovery.attest', /You opened the case for them/);
    await stage.told('manager', /First day · Noor Achterberg\n.*You are asked as well; answer on the card/);
  });

  it('asks somebody who knows them, and then the help desk', async () => {
    await stage.attest('manager', 'starter', { how: 'in-person', note: 'We met for the contract on Monday' });
    const { card } = await stage.issueCard('helpdesk', 'starter');
    assert.match(cardText(card), /Do they know\?\nThey read it here as soon as they can sign in/);
    assert.ok(!hasButton(card, 'recovery.remove'));
    assert.match(cardText(card), /Noor Achterberg\nFirst day/);
    assert.doesNotMatch(cardText(card), /Somebody else opened the case/);
  });

  it('lets them in with a pass, and tells them what to set up', async () => {
    const code = await stage.pass('helpdesk', 'starter');
    await stage.advance('PT15S');
    const guide = await stage.told('starter', /How you get in for the first time/);
    assert.match(cardText(guide.card), /Everybody needs two, on two devices/);
    assert.equal(await stage.signIn('starter', code, newPasskey('Noor’s phone', 'synced')), '');
  });

  it('ends by itself: there is nothing to be taken away', async () => {
    await stage.advance('PT62M');
    await stage.advance('PT11M');
    const one = await stage.reaches('starter', 'closed');
    assert.match(one.about, /A new passkey is there: Noor’s phone/);
    const told = await stage.told('manager', /^Ready for their first day/);
    assert.ok(!hasButton(told.card, 'recovery.withdraw'));
    assert.deepEqual(await stage.refusals(), []);
  });
});
