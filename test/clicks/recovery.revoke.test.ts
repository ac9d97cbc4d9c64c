import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { readIn } from '../support/on-card.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';

describe('recovery.revoke', () => {
  let stage: RecoveryStage;
  let helper: string;
  before(async () => {
    stage = await openRecoveryStage();
    await stage.open('finance', 'stolen');
    helper = (await stage.cardWith('helpdesk', 'recovery.revoke')).id;
  });
  after(() => stage.close());

  const sessions = async () =>
    (await stage.sent()).filter(({ path }) => path.includes('revokeSignInSessions'));

  it('of a stolen phone comes first, before anybody has vouched', async () => {
    const { sessionsFrom: before } = await stage.staged('finance');
    const answer = await stage.press('helpdesk', helper, 'recovery.revoke');
    assert.match(readIn(answer), /✓ Signed out everywhere, by Tomasz Okonjeva|Signed out everywhere/);
    const [sent] = await sessions();
    assert.equal(sent?.user, stage.idOf('helpdesk'));
    assert.ok(sent?.path.includes(stage.idOf('finance')));
    assert.notEqual((await stage.staged('finance')).sessionsFrom, before);
    assert.equal((await stage.caseOf('finance')).state, 'attest');
  });

  it('is seen by everybody who helps', async () => {
    await stage.says('helpdesk', helper, /✓ Signed out everywhere, by Tomasz Okonjeva/);
  });

  it('can be done again, because a thief may have signed in since', async () => {
    await stage.advance('PT15M');
    const text = cardText((await stage.entry('helpdesk', helper)).card);
    assert.match(text, /Sign out everywhere again/);
    await stage.press('helpdesk', helper, 'recovery.revoke');
    assert.equal((await sessions()).length, 2);
  });

  it('delivered three times is once', async () => {
    await stage.advance('PT15M');
    await stage.press('helpdesk', helper, 'recovery.revoke', {}, { deliver: 3 });
    assert.equal((await sessions()).length, 3);
  });

  it('takes a role, as of now', async () => {
    await stage.advance('PT15M');
    await stage.does('role', { person: 'helpdesk', role: 'Authentication Administrator', held: false });
    const answer = await stage.press('helpdesk', helper, 'recovery.revoke');
    assert.match(readIn(answer), /You do not have the role that this takes just now/);
    assert.deepEqual(await stage.refusals(), ['recovery.no-role']);
    assert.equal((await sessions()).length, 3);
  });
});
