import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { hasButton, readIn } from '../support/on-card.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';

describe('recovery.report', () => {
  let stage: RecoveryStage;
  before(async () => {
    stage = await openRecoveryStage();
  });
  after(() => stage.close());

  it('is for those who look after how everybody signs in', async () => {
    await stage.say('finance', 'passkey report');
    await stage.inTime('a refusal', async () =>
      (await stage.timeline('finance')).some((entry) =>
        /for those who look after/.test(JSON.stringify(entry)),
      ),
    );
  });

  it('says who has what and what should be put right, in numbers and in bars', async () => {
    for (let round = 0; round < 6; round += 1) await stage.advance('PT40S');
    const { card } = await stage.hear('security', 'passkey report');
    const text = cardText(card);
    assert.match(text, /^Who signs in with a passkey/);
    assert.match(text, /Everybody\n[■□]{10}\n +\d+ % \(\d+ of \d+\)/);
    assert.match(text, /Administrators/);
    assert.match(text, /By department[\s\S]*Finance/);
    assert.match(text, /By model[\s\S]*YubiKey/);
    assert.match(text, /In advisory YSA-2024-03/);
    assert.match(
      text,
      /Keys to be replaced, firmware in advisory YSA-2024-03: 1 person\nIngrid Balasuntharam/,
    );
    assert.match(text, /Only one passkey, so one loss away from being locked out: \d+\n.*Tomasz Okonjeva/);
    assert.match(text, /Text message or call: \d+ have it registered/);
  });

  it('counts cases and passes', async () => {
    await stage.open('finance', 'lost');
    await stage.attest('manager', 'finance');
    await stage.pass('helpdesk', 'finance');
    const { id, card } = await stage.hear('helpdesk', 'passkey report');
    assert.match(cardText(card), /Cases\n1\nPasses made\n1\nBack in with one\n0/);
    assert.ok(hasButton(card, 'recovery.board'));
    const board = await stage.press('helpdesk', id, 'recovery.board');
    assert.match(readIn(board), /^1 case is open/);
  });
});
