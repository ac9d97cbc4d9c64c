import assert from 'node:assert/strict';
import { cardActions, cardText } from '../support/card-text.js';
import { readIn } from '../support/on-card.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';

describe('recovery.board', () => {
  let stage: RecoveryStage;
  before(async () => {
    stage = await openRecoveryStage();
  });
  after(() => stage.close());

  it('says that there is nothing to do where no case is open', async () => {
    const { card } = await stage.hear('helpdesk', 'open cases');
    assert.match(cardText(card), /^No case is open/);
  });

  it('is for those who may help people sign in', async () => {
    await stage.say('finance', 'open cases');
    await stage.inTime('a refusal', async () =>
      (await stage.timeline('finance')).some((entry) =>
        /for those who may help people sign in/.test(JSON.stringify(entry)),
      ),
    );
  });

  it('shows for whom each waits and since when, those that want eyes first at the top', async () => {
    await stage.open('appowner', 'broken');
    await stage.advance('PT10M');
    await stage.open('finance', 'stolen');
    await stage.cardWith('manager', 'recovery.attest', /Leilani/);
    const { id, card } = await stage.hear('helpdesk', 'show me the open cases');
    const text = cardText(card);
    assert.match(text, /^2 cases are open\n1 wants your eyes first/);
    assert.ok(text.indexOf('Leilani Brandvold') < text.indexOf('Wanjiru Halvorsen'), text);
    assert.match(text, /Stolen device[\s\S]*Look first[\s\S]*Somebody has to vouch: .*Olumide Castellane/);
    assert.match(text, /Open for 1\d minutes, nothing new for/);
    const rows = cardActions(card).filter(({ verb }) => verb === 'recovery.case');
    assert.equal(rows.length, 2);
    await stage.attest('manager', 'finance');
    const after = await stage.press('helpdesk', id, 'recovery.board', { skip: 0 });
    assert.match(readIn(after), /A pass has to be made/);
  });

  it('shows security the same', async () => {
    const { card } = await stage.hear('security', 'recovery board');
    assert.match(cardText(card), /^2 cases are open/);
  });
});

describe('a case that stands still', () => {
  let stage: RecoveryStage;
  before(async () => {
    stage = await openRecoveryStage();
    await stage.open('finance', 'lost');
  });
  after(() => stage.close());

  const toldOfIt = async (person: string): Promise<number> =>
    (await stage.timeline(person)).filter(({ card }) => /A case stands still/.test(cardText(card))).length;

  it('is told to the help desk after the first wait, and others are asked', async () => {
    await stage.advance('PT31M');
    const told = await stage.told('helpdesk', /A case stands still\nLeilani Brandvold/);
    assert.match(cardText(told.card), /Waits for people who vouch for them/);
    assert.equal(await toldOfIt('helpdesk'), 1);
  });

  it('is told again after the second, to security too', async () => {
    const before = await toldOfIt('security');
    await stage.advance('PT2H');
    await stage.inTime('security to be told', async () => (await toldOfIt('security')) > before);
  });

  it('stands among the first on the board', async () => {
    const { card } = await stage.hear('security', 'open cases');
    assert.match(cardText(card), /1 wants your eyes first/);
  });
});
