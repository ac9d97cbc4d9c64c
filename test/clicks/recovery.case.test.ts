import assert from 'node:assert/strict';
import { cardActions } from '../support/card-text.js';
import { hasButton, readIn } from '../support/on-card.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';

describe('recovery.case', () => {
  let stage: RecoveryStage;
  before(async () => {
    stage = await openRecoveryStage();
    await stage.open('finance', 'lost');
  });
  after(() => stage.close());

  const pick = async (person: string) => {
    const { id, card } = await stage.hear(person, 'open cases');
    const [row] = cardActions(card).filter(({ verb }) => verb === 'recovery.case');
    return { id, data: row?.data ?? {} };
  };

  it('opens a card of one’s own that stays true', async () => {
    const { id, data } = await pick('security');
    const answer = await stage.press('security', id, 'recovery.case', data);
    assert.match(readIn(answer), /^Leilani Brandvold\nLost phone or computer/);
    assert.match(readIn(answer), /Somebody who knows them is asked first/);
    assert.ok(!hasButton(answer.value, 'recovery.issue'));
    await stage.attest('manager', 'finance');
    await stage.says('security', id, /Vouched\n1 of 1/);
    assert.ok(hasButton((await stage.entry('security', id)).card, 'recovery.issue'));
  });

  it('is not for whoever it is about, nor for anybody else', async () => {
    const { data } = await pick('helpdesk');
    const { id } = await stage.hear('manager', 'I cannot sign in');
    const answer = await stage.press('manager', id, 'recovery.case', data);
    assert.match(readIn(answer), /Open cases are for those who may help/);
    await stage.open('helpdesk', 'key-lost');
    const board = await stage.hear('helpdesk', 'open cases');
    const own = cardActions(board.card).filter(({ verb }) => verb === 'recovery.case');
    assert.equal(own.length, 1);
    const { id: one } = await stage.caseOf('helpdesk');
    const about = await stage.press('helpdesk', board.id, 'recovery.case', { case: one });
    assert.match(readIn(about), /This case is about you/);
  });

  it('that has ended meanwhile says so', async () => {
    const { id, data } = await pick('helpdesk');
    const [own] = (await stage.timeline('finance')).filter(({ card }) =>
      hasButton(card, 'recovery.withdraw'),
    );
    await stage.press('finance', own?.id ?? '', 'recovery.withdraw');
    const answer = await stage.press('helpdesk', id, 'recovery.case', data);
    assert.match(readIn(answer), /This case is closed/);
  });
});
