import assert from 'node:assert/strict';
import { readIn } from '../support/on-card.js';
import { cardRef, caseItem } from '../support/recovery-rows.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';
import { type Attack, plainCardOf, smuggledCard } from './attack.js';
import { attackOnRecovery } from './recovery-attack.js';

/** Taking away and ending is for those who help with this case, and of this person alone. */
describe('what is not somebody’s to take away, or to end', () => {
  let stage: RecoveryStage;
  let attack: Attack;
  let ref: string;
  before(async () => {
    stage = await openRecoveryStage();
    attack = attackOnRecovery(stage);
    await stage.open('finance', 'new-phone');
  });
  after(() => stage.close());

  const smuggled = async (person: string) =>
    smuggledCard(stage, person, { kind: 'recovery.issue', item: await caseItem(stage, 'finance') });
  const idsOf = async (person: string) => (await stage.staged(person)).methods.map(({ id }) => id);
  const note = 'They found it again, all is well';

  it('before anybody vouched nothing is removed, and nobody is signed out where nothing was stolen', async () => {
    const early = await smuggled('helpdesk');
    const methods = (await idsOf('finance')).join(',');
    for (const data of [
      { ref: early, step: 'list' },
      { ref: early, step: 'remove', methods },
      { ref: early, step: 'none' },
    ])
      assert.equal((await attack('helpdesk', 'recovery.remove', data)).code, 'recovery.clean-up-early');
    assert.equal(
      (await attack('helpdesk', 'recovery.revoke', { ref: early })).code,
      'recovery.clean-up-early',
    );
  });

  it('what is not in the list is not removed: of somebody else, made up, a password, or a pass', async () => {
    await stage.attest('manager', 'finance');
    ref = await cardRef(stage, 'helpdesk', 'recovery.issue', 'finance');
    await stage.issue('helpdesk', 'finance');
    const plain = await plainCardOf(stage, 'helpdesk');
    const before = await idsOf('finance');
    const others = [...(await idsOf('security')), ...(await idsOf('engineer'))];
    const { passes, methods } = await stage.staged('finance');
    const password = methods.find(({ kind }) => kind === 'password')?.id;
    const tries = [
      others.filter((id) => !before.includes(id)).join(','),
      '../../security/authentication/fido2Methods/1,%2e%2e/x,00000000-0000-0000-0000-000000000000',
      String(password),
      passes.map(({ id }) => id).join(','),
      ' , ,,',
    ];
    const writes = (await stage.sent()).length;
    for (const picked of tries) {
      await stage.advance('PT11S');
      const answer = await stage.press('helpdesk', plain, 'recovery.remove', {
        ref,
        step: 'remove',
        methods: picked,
      });
      assert.doesNotMatch(readIn(answer), /TypeError|undefined|\{"error"/);
    }
    assert.equal((await stage.sent()).length, writes);
    assert.deepEqual(await idsOf('finance'), before);
    assert.ok((await idsOf('security')).length > 2);
    assert.equal((await stage.caseOf('finance')).cleaned, 0);
  });

  it('what does not fit the form is refused', async () => {
    for (const data of [
      { ref, step: 'all' },
      { ref, step: 'remove', methods: ['a'] },
      { ref, step: 'remove', methods: 'x'.repeat(8001) },
    ])
      assert.equal((await attack('helpdesk', 'recovery.remove', data)).code, 'flows.bad-input');
    assert.equal(
      (await attack('helpdesk', 'recovery.close', { ref, note, outcome: 'x' })).code,
      'flows.bad-input',
    );
  });

  it('strangers remove, revoke and close nothing, with the card of the help desk or one of their own', async () => {
    const methods = (await idsOf('finance')).join(',');
    for (const [person, code] of [
      ['engineer', 'recovery.no-role'],
      ['manager', 'recovery.no-role'],
      ['finance', 'recovery.own-case'],
      ['guest', /^recovery\.(guest-helps|guest-issues)$/],
    ] as const) {
      const own = await smuggled(person);
      assert.equal((await attack(person, 'recovery.close', { ref, note })).code, 'flows.not-your-card');
      for (const [verb, data] of [
        ['recovery.remove', { step: 'list' }],
        ['recovery.remove', { step: 'remove', methods }],
        ['recovery.remove', { step: 'none' }],
        ['recovery.revoke', {}],
        ['recovery.close', { note }],
      ] as const) {
        const { code: found, text } = await attack(person, verb, { ref: own, ...data });
        assert.match(String(found), new RegExp(code), `${person}: ${verb}`);
        assert.doesNotMatch(text, /iPhone 15|\+351/, `${person}: ${verb}`);
      }
    }
  });

  it('the list of what somebody signs in with shows no whole number', async () => {
    await stage.advance('PT11S');
    const plain = await plainCardOf(stage, 'helpdesk');
    const answer = await stage.press('helpdesk', plain, 'recovery.remove', { ref, step: 'list' });
    assert.match(readIn(answer), /iPhone/);
    assert.doesNotMatch(JSON.stringify(answer.value), /915550105/);
  });

  it('without a word on how it ended nothing is closed', async () => {
    for (const short of ['', '         ', 'done', '\n\n\n\n\n\n\n\n\n\n\n'])
      assert.equal(
        (await attack('helpdesk', 'recovery.close', { ref, note: short })).code,
        'recovery.close-note',
      );
  });

  it('whoever lost the role meanwhile removes and revokes nothing; the case they began they can close', async () => {
    const role = { person: 'helpdesk', role: 'Authentication Administrator', held: false };
    await stage.does('role', role);
    for (const [verb, data] of [
      ['recovery.remove', {}],
      ['recovery.revoke', {}],
      ['recovery.issue', { replace: 'the last one' }],
    ] as const)
      assert.equal((await attack('helpdesk', verb, { ref, ...data })).code, 'recovery.no-role', verb);
    await stage.does('role', { ...role, held: true });
  });

  it('once it is closed nothing of it can be pressed any more', async () => {
    await stage.advance('PT11S');
    const plain = await plainCardOf(stage, 'helpdesk');
    await stage.press('helpdesk', plain, 'recovery.close', { ref, note });
    assert.equal((await stage.caseOf('finance')).state, 'closed');
    assert.deepEqual((await stage.staged('finance')).passes, []);
    for (const [verb, data] of [
      ['recovery.issue', { replace: 'the last one' }],
      ['recovery.remove', { step: 'list' }],
      ['recovery.revoke', {}],
    ] as const)
      assert.equal((await attack('helpdesk', verb, { ref, ...data })).code, 'recovery.closed', verb);
    assert.doesNotMatch(await stage.text('helpdesk', plain), /A new passkey is there/);
    const old = await stage.press('helpdesk', plain, 'recovery.issue', { ref, replace: '' });
    assert.doesNotMatch(readIn(old), /make a new one/);
    const mine = await cardRef(stage, 'finance', 'recovery.case', 'finance');
    for (const verb of ['recovery.withdraw', 'recovery.sign-out'])
      assert.equal((await attack('finance', verb, { ref: mine })).code, 'recovery.closed', verb);
  });
});
