import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { hasButton, readIn } from '../support/on-card.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';

describe('recovery.sign-out', () => {
  let stage: RecoveryStage;
  let card: string;
  before(async () => {
    stage = await openRecoveryStage();
    card = (await stage.open('finance', 'stolen')).id;
  });
  after(() => stage.close());

  const revocations = async () =>
    (await stage.sent()).filter(({ path }) => path.includes('revokeSignInSessions'));

  it('is what a stolen phone offers before anything else', async () => {
    const text = await stage.text('finance', card);
    assert.match(text, /Do this first[\s\S]*Sign me out everywhere[\s\S]*What happens/);
    const helper = await stage.cardWith('helpdesk', 'recovery.revoke');
    assert.match(cardText(helper.card), /Before anything else\nSomebody else may be using their account/);
    assert.ok(!hasButton(helper.card, 'recovery.issue'));
    await stage.told('security', /Leilani Brandvold[\s\S]*stolen/i);
  });

  it('signs people out with their own token, and says since when', async () => {
    const { sessionsFrom: before } = await stage.staged('finance');
    const answer = await stage.press('finance', card, 'recovery.sign-out');
    assert.match(readIn(answer), /✓ You were signed out everywhere on/);
    const [sent] = await revocations();
    assert.match(sent?.path ?? '', /\/me\/revokeSignInSessions/);
    assert.equal(sent?.user, stage.idOf('finance'));
    assert.notEqual((await stage.staged('finance')).sessionsFrom, before);
    assert.ok(!hasButton((await stage.entry('finance', card)).card, 'recovery.sign-out'));
  });

  it('shows the help desk that it is done', async () => {
    await stage.told('helpdesk', /✓ Signed out everywhere, by themselves/);
  });

  it('pressed again asks nothing more of Entra', async () => {
    const row = await stage
      .store()
      .db.selectFrom('cards')
      .select('ref')
      .where('kind', '=', 'recovery.case')
      .where('person', '=', stage.idOf('finance'))
      .executeTakeFirstOrThrow();
    const answer = await stage.press('finance', card, 'recovery.sign-out', { ref: row.ref }, { deliver: 2 });
    assert.match(readIn(answer), /✓ You were signed out everywhere/);
    assert.equal((await revocations()).length, 1);
    assert.deepEqual(await stage.refusals(), []);
  });

  it('is not offered where nobody else can hold anything', async () => {
    const { id } = await stage.open('appowner', 'broken');
    assert.ok(!hasButton((await stage.entry('appowner', id)).card, 'recovery.sign-out'));
  });
});
