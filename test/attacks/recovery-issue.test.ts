import assert from 'node:assert/strict';
import { readIn } from '../support/on-card.js';
import { isPassCard } from '../support/recovery-card.js';
import { cardRef, caseItem, newWorld } from '../support/recovery-rows.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';
import { type Attack, smuggledCard } from './attack.js';
import { attackOnRecovery } from './recovery-attack.js';

/** A pass is made by somebody with the role, for somebody else, for whom others vouched: nobody else gets one. */
describe('a pass for whoever should not have one, or by whoever should not make one', () => {
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

  const smuggled = async (person: string, about: string) =>
    smuggledCard(stage, person, { kind: 'recovery.issue', item: await caseItem(stage, about) });

  it('before anybody vouched', async () => {
    await stage.open('finance', 'stolen');
    const { code, text } = await attack('helpdesk', 'recovery.issue', {
      ref: await cardRef(stage, 'helpdesk', 'recovery.issue', 'finance'),
    });
    assert.equal(code, 'recovery.not-attested');
    assert.match(text, /Not enough people have vouched/);
  });

  it('for oneself, whatever the role', async () => {
    await stage.open('helpdesk', 'key-lost');
    await stage.attest('manager', 'helpdesk');
    await stage.attest('appowner', 'helpdesk');
    const { code, text, card } = await attack('helpdesk', 'recovery.issue', {
      ref: await smuggled('helpdesk', 'helpdesk'),
    });
    assert.equal(code, 'recovery.own-case');
    assert.match(text, /about you, so somebody else has to help/);
    assert.ok(!isPassCard(card));
    for (const verb of ['recovery.remove', 'recovery.revoke', 'recovery.close'])
      assert.equal(
        (await attack('helpdesk', verb, { ref: await smuggled('helpdesk', 'helpdesk'), note: 'All is well' }))
          .code,
        'recovery.own-case',
        verb,
      );
    assert.deepEqual((await stage.staged('helpdesk')).passes, []);
  });

  it('after vouching for them oneself', async () => {
    await stage.open('engineer', 'lost');
    await stage.attest('manager', 'engineer');
    await stage.attest('appowner', 'engineer');
    await stage.post('/recovery/role', {
      person: 'appowner',
      role: 'Privileged Authentication Administrator',
      held: true,
    });
    const { code, text } = await attack('appowner', 'recovery.issue', {
      ref: await smuggled('appowner', 'engineer'),
    });
    assert.equal(code, 'recovery.attester-issues');
    assert.match(text, /You vouched for them/);
  });

  it('without the role, with somebody else’s card, and as a guest', async () => {
    await stage.open('finance', 'lost');
    await stage.attest('manager', 'finance');
    for (const [person, code] of [
      ['engineer', 'recovery.no-role'],
      ['appowner', 'recovery.no-role'],
      ['guest', 'recovery.guest-issues'],
      ['finance', 'recovery.own-case'],
      ['manager', 'recovery.attester-issues'],
    ] as const) {
      const ref = await smuggled(person, 'finance');
      assert.equal((await attack(person, 'recovery.issue', { ref })).code, code, person);
      const other = await cardRef(stage, 'helpdesk', 'recovery.issue', 'finance');
      assert.equal((await attack(person, 'recovery.issue', { ref: other })).code, 'flows.not-your-card');
    }
  });

  it('with a role that was taken away after the card came', async () => {
    await stage.open('finance', 'lost');
    await stage.attest('manager', 'finance');
    const { id } = await stage.issueCard('helpdesk', 'finance');
    await stage.post('/recovery/role', {
      person: 'helpdesk',
      role: 'Authentication Administrator',
      held: false,
    });
    const { code, text } = await attack('helpdesk', 'recovery.issue', {}, id);
    assert.equal(code, 'recovery.no-role');
    assert.match(text, /do not have the role/);
  });

  it('for somebody who got a privilege after the card came', async () => {
    await stage.open('finance', 'lost');
    await stage.attest('manager', 'finance');
    const { id } = await stage.issueCard('helpdesk', 'finance');
    await stage.post('/pim/eligible', { person: 'finance', target: 'security-admin', eligible: true });
    const before = (await stage.refusals()).length;
    const answer = await stage.press('helpdesk', id, 'recovery.issue');
    assert.ok(!isPassCard(answer.value));
    assert.match(readIn(answer), /admin role now|do not have the role/);
    assert.equal((await stage.refusals()).length, before + 1);
    assert.deepEqual(await stage.sent(), []);
    assert.deepEqual((await stage.staged('finance')).passes, []);
  });
});
