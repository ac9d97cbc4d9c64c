import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { hasButton, readIn } from '../support/on-card.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';

describe('recovery.not-me', () => {
  let stage: RecoveryStage;
  let asked: string;
  before(async () => {
    stage = await openRecoveryStage();
    await stage.does('pass', { person: 'finance', by: 'helpdesk', minutes: 60 });
    await stage.advance('PT20S');
    await stage.advance('PT20S');
    asked = (await stage.told('finance', /^Was this you\?/)).id;
  });
  after(() => stage.close());

  it('stands on the card about a pass that somebody made, with what that means', async () => {
    const text = await stage.text('finance', asked);
    assert.match(text, /A pass to sign in was added to your account\./);
    assert.match(text, /somebody can sign in as you without your phone and your password/);
    assert.match(text, /Who\nTomasz Okonjeva/);
  });

  it('tells security at once, and opens a case', async () => {
    const answer = await stage.press('finance', asked, 'recovery.not-me', {}, { deliver: 2 });
    assert.match(readIn(answer), /^That was not you[\s\S]*Security was told/);
    const incident = await stage.told('security', /^“That was not me”\nLeilani Brandvold/);
    assert.match(cardText(incident.card), /A pass to sign in was added\.[\s\S]*Who\nTomasz Okonjeva/);
    for (const verb of ['recovery.case', 'recovery.drop-passes', 'recovery.handled'])
      assert.ok(hasButton(incident.card, verb), verb);
    const cases = await stage.store().db.selectFrom('recovery_cases').selectAll().execute();
    assert.deepEqual(
      cases.map(({ kind, subject }) => [kind, subject]),
      [['not-me', stage.idOf('finance')]],
    );
  });

  it('lets its owner throw everybody out', async () => {
    const own = await stage.cardWith('finance', 'recovery.sign-out');
    assert.match(cardText(own.card), /Somebody else may be in the account/);
    assert.match(cardText(own.card), /do not tell anybody a code/);
    const answer = await stage.press('finance', own.id, 'recovery.sign-out');
    assert.match(readIn(answer), /✓ You were signed out everywhere/);
  });

  it('gives whoever made the change no card of the incident', async () => {
    const cards = await stage.timeline('helpdesk');
    assert.ok(!cards.some(({ card }) => hasButton(card, 'recovery.handled')));
  });

  it('stands on the board as what security looks into: nobody is waited for to vouch', async () => {
    const { card } = await stage.hear('security', 'open cases');
    assert.match(cardText(card), /“That was not me”[\s\S]*Security looks into it/);
    assert.doesNotMatch(cardText(card), /has to vouch/);
  });

  it('lets security take away what was added, before anybody has vouched', async () => {
    const incident = await stage.told('security', /^“That was not me”/);
    const opened = await stage.press('security', incident.id, 'recovery.case');
    assert.ok(hasButton(opened.value, 'recovery.revoke'));
    assert.ok(hasButton(opened.value, 'recovery.remove'));
    assert.ok(!hasButton(opened.value, 'recovery.issue'));
  });
});

describe('recovery.not-me about a pass that security made', () => {
  it('is for others to look into: whoever made it has no card of it', async () => {
    const stage = await openRecoveryStage();
    try {
      await stage.does('pass', { person: 'finance', by: 'security', minutes: 60 });
      await stage.advance('PT20S');
      await stage.advance('PT20S');
      const { id } = await stage.told('finance', /^Was this you\?/);
      await stage.press('finance', id, 'recovery.not-me');
      await stage.cardWith('helpdesk', 'recovery.handled', /Who\nIngrid Balasuntharam/);
      const cards = await stage.timeline('security');
      assert.ok(!cards.some(({ card }) => hasButton(card, 'recovery.handled')));
    } finally {
      await stage.close();
    }
  });
});
