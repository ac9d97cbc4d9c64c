import assert from 'node:assert/strict';
import { cardActions, cardText } from '../support/card-text.js';
import { cardOf, hasButton, readIn } from '../support/on-card.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';

describe('recovery.help', () => {
  let stage: RecoveryStage;
  before(async () => {
    stage = await openRecoveryStage();
  });
  after(() => stage.close());

  it('asks what happened where the words do not say it, and nothing else', async () => {
    const { card } = await stage.hear('engineer', 'I need help with account recovery');
    assert.match(cardText(card), /^What happened\?/);
    const verbs = cardActions(card).map(({ verb }) => verb);
    assert.deepEqual([...new Set(verbs)], ['recovery.help']);
    assert.equal(verbs.length, 7);
  });

  it('then asks for whom, in words that fit, and without words of engineers', async () => {
    const { id } = await stage.hear('engineer', 'trouble signing in');
    const answer = await stage.press('engineer', id, 'recovery.help', { what: 'new-phone' });
    const said = readIn(answer);
    assert.match(said, /^A new phone/);
    assert.match(said, /Does your old phone still work\?/);
    assert.ok(hasButton(cardOf(answer), 'recovery.open'));
    assert.ok(hasButton(cardOf(answer), 'recovery.find'));
    assert.doesNotMatch(said, /FIDO|attestation|AAGUID|credential/i);
  });

  for (const [words, heading] of [
    ['I lost my phone', /^A lost phone or computer/],
    ['Someone stole my laptop!', /^A stolen phone or computer/],
    ['my phone fell and the screen is broken', /^A broken phone or computer/],
    ['I can’t log in any more', /^You cannot sign in/],
    ['my yubikey is gone', /^A lost security key/],
  ] as const) {
    it(`understands “${words}”`, async () => {
      const { card } = await stage.hear('appowner', words);
      assert.match(cardText(card), heading);
    });
  }

  it('looks for a colleague at once where a name was said', async () => {
    const { card } = await stage.hear('appowner', 'Leilani lost her phone');
    assert.match(cardText(card), /^Who lost their phone or computer\?/);
    assert.match(cardText(card), /Leilani Brandvold\nFinancial Controller, Finance/);
  });

  it('leads somebody who starts to a search, because nobody opens their own first day', async () => {
    const { card } = await stage.hear('manager', 'we have a new starter');
    assert.match(cardText(card), /^Who starts\?/);
  });

  it('sends a guest kindly to their own help desk', async () => {
    const { card } = await stage.hear('guest', 'I lost my phone');
    assert.match(cardText(card), /Your own organisation can help you/);
    assert.deepEqual(cardActions(card), []);
  });

  it('shows whoever writes again how their case stands', async () => {
    await stage.open('appowner', 'broken');
    const { card } = await stage.hear('appowner', 'I cannot sign in!!');
    assert.match(cardText(card), /^Help is on its way\nBroken phone or computer/);
  });
});

describe('recovery.help where the policy does not open cases', () => {
  it('says whom to call', async () => {
    const stage = await openRecoveryStage({
      policy: (text) => text.replace('\n  recovery: act', '\n  recovery: notify'),
    });
    try {
      const { card } = await stage.hear('finance', 'I lost my phone');
      assert.match(cardText(card), /Call the help desk/);
      assert.deepEqual(cardActions(card), []);
    } finally {
      await stage.close();
    }
  });
});
