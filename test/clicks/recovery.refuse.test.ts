import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { hasButton, readIn } from '../support/on-card.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';

describe('recovery.refuse', () => {
  let stage: RecoveryStage;
  let card: string;
  before(async () => {
    stage = await openRecoveryStage();
    await stage.open('finance', 'stolen');
    card = (await stage.cardWith('manager', 'recovery.refuse')).id;
  });
  after(() => stage.close());

  it('wants a sentence on what makes them doubt', async () => {
    const answer = await stage.press('manager', card, 'recovery.refuse', { how: '', note: 'no' });
    assert.match(readIn(answer), /what makes you doubt/);
    assert.ok(hasButton(answer.value, 'recovery.refuse'));
    assert.deepEqual(await stage.refusals(), ['recovery.refuse-note']);
    assert.equal((await stage.caseOf('finance')).state, 'attest');
  });

  it('ends the case: nobody gets a pass, and whoever asked reads it', async () => {
    const note = 'I called her, and she has her phone in her hand';
    const answer = await stage.press('manager', card, 'recovery.refuse', { how: '', note });
    assert.match(readIn(answer), /^Not confirmed/);
    const one = await stage.reaches('finance', 'refused');
    assert.notEqual(one.closed_at, 0);
    const own = await stage.told('finance', /Not gone on with/);
    assert.match(cardText(own.card), /could not say that it is you. No code was made/);
    assert.ok(!hasButton(own.card, 'recovery.sign-out'));
  });

  it('tells security, and takes the buttons off the cards of the help desk', async () => {
    const told = await stage.told('security', /Nobody could confirm who it is/);
    assert.match(cardText(told.card), /Find out whether somebody tried to take over the account/);
    const helper = await stage.told('helpdesk', /No pass is made, and the security team was told/);
    for (const verb of ['recovery.issue', 'recovery.revoke', 'recovery.remove', 'recovery.close'])
      assert.ok(!hasButton(helper.card, verb), verb);
    assert.equal((await stage.sent()).length, 0);
  });

  it('is over for good: a yes afterwards changes nothing', async () => {
    const row = await stage
      .store()
      .db.selectFrom('cards')
      .select('ref')
      .where('kind', '=', 'recovery.attest')
      .where('person', '=', stage.idOf('manager'))
      .executeTakeFirstOrThrow();
    const pressed = { ref: row.ref, how: 'video', note: 'I was wrong, it is her after all' };
    await stage.advance('PT11S');
    const answer = await stage.press('manager', card, 'recovery.attest', pressed);
    assert.match(readIn(answer), /Not confirmed|closed/);
    assert.equal((await stage.caseOf('finance')).state, 'refused');
    assert.equal((await stage.refusals()).at(-1), 'recovery.closed');
  });
});
