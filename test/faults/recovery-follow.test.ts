import assert from 'node:assert/strict';
import { verifyRecord } from '../../src/audit/verify.js';
import { cardText } from '../support/card-text.js';
import { hasButton, readIn } from '../support/on-card.js';
import { newPasskey } from '../support/recovery-card.js';
import { cardRef, newWorld } from '../support/recovery-rows.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';
import { noNonsense } from './packages-trouble.js';

const audits = { service: 'graph', method: 'GET', path: '/auditLogs/directoryAudits' };
const methods = { service: 'graph', method: 'GET', path: '/authentication/' };

/** What the bot follows by itself in trouble: it is late, and never wrong or twice. */
describe('following a recovery in trouble', () => {
  let stage: RecoveryStage;
  before(async () => {
    stage = await openRecoveryStage();
  });
  beforeEach(() => newWorld(stage));
  after(async () => {
    const verdict = await verifyRecord(stage.store());
    await stage.close();
    assert.equal(verdict.kind, 'intact');
  });

  const withPass = async (about = 'finance', what = 'new-phone'): Promise<string> => {
    await stage.open(about, what);
    await stage.attest('manager', about);
    return stage.pass('helpdesk', about);
  };
  const asks = async () =>
    (await stage.timeline('finance')).filter(({ card }) => hasButton(card, 'recovery.not-me'));

  it('reading methods is limited too: the new passkey is seen all the same', async () => {
    const code = await withPass();
    await stage.does('settings', { methodsLimited: true });
    assert.equal(await stage.signIn('finance', code, newPasskey()), '');
    await stage.reaches('finance', 'clean-up');
  });

  it('methods cannot be read for a while: it is seen when they can be', async () => {
    const code = await withPass();
    assert.equal(await stage.signIn('finance', code, newPasskey()), '');
    await stage.fault({ match: methods, do: { status: 503 }, times: 10_000 });
    await stage.advance('PT1M');
    assert.equal((await stage.caseOf('finance')).state, 'sign-in');
    await stage.clearFaults();
    await stage.reaches('finance', 'clean-up');
  });

  it('a change is told once: read many times, with the log down between, and over two restarts', async () => {
    await stage.fault({ match: audits, do: { status: 503 }, times: 30 });
    await stage.does('register-method', { person: 'finance', by: 'security', method: newPasskey() });
    await stage.advance('PT40S');
    assert.deepEqual(await asks(), []);
    await stage.clearFaults();
    await stage.inTime('the question', async () => (await asks()).length > 0);
    for (let round = 0; round < 2; round += 1) {
      await stage.restartBot();
      for (let sweep = 0; sweep < 3; sweep += 1) await stage.advance('PT21S');
    }
    await stage.advance('PT11M');
    assert.equal((await asks()).length, 1);
  });

  it('a restart in the middle: cards are not doubled, and still work', async () => {
    await stage.open('finance', 'new-phone');
    await stage.restartBot();
    await stage.attest('manager', 'finance');
    await stage.restartBot();
    const { id } = await stage.issueCard('helpdesk', 'finance');
    await stage.advance('PT1M');
    const cards = (await stage.timeline('helpdesk')).filter(({ card }) => hasButton(card, 'recovery.issue'));
    assert.equal(cards.length, 1);
    assert.match(readIn(await stage.press('helpdesk', id, 'recovery.issue')), /^Read this out/);
  });

  it('a call of the clean-up fails: what went is gone, what did not is named, and pressing again ends it', async () => {
    await withPass('finance', 'lost');
    const ref = await cardRef(stage, 'helpdesk', 'recovery.issue', 'finance');
    const kinds = ['authenticator', 'phone'];
    const lost = (await stage.staged('finance')).methods.filter(({ kind }) => kinds.includes(kind));
    assert.equal(lost.length, 2);
    const { id } = await stage.cardWith('helpdesk', 'recovery.close', /Leilani/);
    const remove = async () => {
      await stage.advance('PT11S');
      const picked = lost.map((method) => method.id).join(',');
      return stage.press('helpdesk', id, 'recovery.remove', { ref, step: 'remove', methods: picked });
    };
    await stage.fault({
      match: { service: 'graph', method: 'DELETE', path: 'phoneMethods' },
      do: { status: 403 },
      times: 6,
    });
    const first = await remove();
    assert.match(readIn(first), /Not removed/);
    assert.doesNotMatch(readIn(first), noNonsense);
    assert.equal((await stage.caseOf('finance')).cleaned, 0);
    await stage.clearFaults();
    await remove();
    const left = (await stage.staged('finance')).methods.filter(({ kind }) => kinds.includes(kind));
    assert.deepEqual(left, []);
    assert.equal((await stage.caseOf('finance')).cleaned, 1);
    const gone = (await stage.sent()).filter(({ method, status }) => method === 'DELETE' && status === 204);
    assert.equal(gone.length, 2);
  });

  it('signing out is lost on the way, or its answer is: in the end it is done, and said once', async () => {
    await stage.open('finance', 'stolen');
    const revoke = { service: 'graph', method: 'POST', path: '/revokeSignInSessions' };
    await stage.fault({ match: revoke, do: { drop: true, afterEffect: true } });
    const { id } = await stage.cardWith('helpdesk', 'recovery.revoke', /Leilani/);
    const answer = await stage.press('helpdesk', id, 'recovery.revoke');
    assert.doesNotMatch(readIn(answer), noNonsense);
    await stage.says('helpdesk', id, /Signed out everywhere/);
    const from = (await stage.staged('finance')).sessionsFrom;
    assert.notEqual(from, null);
    const told = (await stage.timeline('finance')).map(({ card }) => cardText(card)).join('\n');
    assert.doesNotMatch(told, noNonsense);
  });
});
