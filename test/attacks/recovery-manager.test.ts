import assert from 'node:assert/strict';
import { hasButton, readIn } from '../support/on-card.js';
import { isPassCard } from '../support/recovery-card.js';
import { caseItem, newWorld } from '../support/recovery-rows.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';
import { goodNote as note } from '../support/recovery-walk.js';
import { type Attack, smuggledCard } from './attack.js';
import { attackOnRecovery } from './recovery-attack.js';

const log = { service: 'graph', method: 'GET', path: '/auditLogs/directoryAudits' };
const signIns = { service: 'graph', method: 'GET', path: '/auditLogs/signIns' };

/** Whoever can change who is whose manager, or what the logs say, gets no further by it. */
describe('an attacker who controls what the bot reads', () => {
  let stage: RecoveryStage;
  let attack: Attack;
  before(async () => {
    stage = await openRecoveryStage();
  });
  beforeEach(async () => {
    await newWorld(stage);
    attack = attackOnRecovery(stage);
  });
  after(() => stage.close());

  const yesterday = async () => new Date((await stage.now()).getTime() - 86_400_000).toISOString();
  const smuggled = async (person: string, kind: string) =>
    smuggledCard(stage, person, { kind, item: await caseItem(stage, 'finance') });
  const signs = async () =>
    JSON.parse((await stage.caseOf('finance')).about).flags.found.map(({ name }: { name: string }) => name);

  for (const row of ['Set user manager', 'Update user'])
    it(`a manager of yesterday (“${row}”) is not asked, and cannot vouch with a card all the same`, async () => {
      await stage.does('manager', { person: 'finance', manager: 'engineer', at: await yesterday(), row });
      await stage.open('finance', 'lost');
      assert.ok((await signs()).includes('manager-changed'));
      assert.ok(!(await stage.timeline('engineer')).some(({ card }) => hasButton(card, 'recovery.attest')));
      const ref = await smuggled('engineer', 'recovery.attest');
      const { code, text } = await attack('engineer', 'recovery.attest', { ref, how: 'video', note });
      assert.equal(code, 'recovery.new-manager');
      assert.match(text, /manager for too short a time/);
      await stage.advance('PT11S');
      // Security vouches instead; the sign stops the pass all the same.
      await stage.attest('security', 'finance');
      const { id } = await stage.issueCard('helpdesk', 'finance');
      const pass = await attack('helpdesk', 'recovery.issue', {}, id);
      assert.equal(pass.code, 'recovery.flagged');
      assert.match(pass.text, /A sign on this case stops the pass/);
    });

  it('a manager who is changed between the card and the press does not vouch', async () => {
    await stage.open('finance', 'lost');
    const { id } = await stage.cardWith('manager', 'recovery.attest');
    await stage.does('manager', { person: 'finance', manager: 'engineer' });
    await stage.advance('PT30S');
    const old = await attack('manager', 'recovery.attest', { how: 'video', note }, id);
    assert.equal(old.code, 'recovery.not-attester');
    const ref = await smuggled('engineer', 'recovery.attest');
    const fresh = await attack('engineer', 'recovery.attest', { ref, how: 'video', note });
    assert.equal(fresh.code, 'recovery.new-manager');
  });

  it('a manager who is changed after somebody vouched stops the pass at the press', async () => {
    await stage.open('finance', 'lost');
    await stage.attest('manager', 'finance');
    const { id } = await stage.issueCard('helpdesk', 'finance');
    await stage.does('manager', { person: 'finance', manager: 'engineer' });
    await stage.advance('PT3M');
    assert.equal((await attack('helpdesk', 'recovery.issue', {}, id)).code, 'recovery.flagged');
  });

  it('a risky sign-in after the card came stops the pass at the press', async () => {
    await stage.open('finance', 'lost');
    await stage.attest('manager', 'finance');
    const { id } = await stage.issueCard('helpdesk', 'finance');
    await stage.does('sign-ins', { person: 'finance', risk: 'high', city: 'Lagos', country: 'NG' });
    await stage.advance('PT3M');
    const { code, text } = await attack('helpdesk', 'recovery.issue', {}, id);
    assert.equal(code, 'recovery.flagged');
    assert.match(text, /Lagos/);
  });

  it('as long as the log of changes cannot be read nobody vouches', async () => {
    await stage.open('finance', 'lost');
    const { id } = await stage.cardWith('manager', 'recovery.attest');
    await stage.fault({ match: log, do: { status: 503 }, times: 1_000 });
    const answer = await stage.press('manager', id, 'recovery.attest', { how: 'video', note });
    assert.notEqual(answer.type, 'application/vnd.microsoft.card.adaptive', readIn(answer));
    assert.doesNotMatch(readIn(answer), /503|TypeError|undefined|\{"error"/);
    const { attested, state } = await stage.caseOf('finance');
    assert.deepEqual([attested, state], ['[]', 'attest']);
    await stage.clearFaults();
  });

  it('as long as the log of sign-ins cannot be read there is no pass', async () => {
    await stage.open('finance', 'lost');
    await stage.attest('manager', 'finance');
    const { id } = await stage.issueCard('helpdesk', 'finance');
    await stage.advance('PT3M');
    await stage.fault({ match: signIns, do: { status: 500, body: { error: {} } }, times: 1_000 });
    const before = (await stage.refusals()).length;
    const answer = await stage.press('helpdesk', id, 'recovery.issue');
    assert.ok(!isPassCard(answer.value));
    assert.match(readIn(answer), /Entra did not say whether there is a sign/);
    assert.deepEqual((await stage.refusals()).slice(before), ['recovery.unread-signs']);
    assert.deepEqual((await stage.staged('finance')).passes, []);
    await stage.clearFaults();
  });
});
