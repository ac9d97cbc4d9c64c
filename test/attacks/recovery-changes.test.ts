import assert from 'node:assert/strict';
import { hasButton, refOf } from '../support/on-card.js';
import { newPasskey } from '../support/recovery-card.js';
import { cardRef, caseItem, newWorld } from '../support/recovery-rows.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';
import { type Attack, plainCardOf, smuggledCard } from './attack.js';
import { attackOnRecovery } from './recovery-attack.js';

const note = 'I looked at the sign-ins, all is well';

/** “Was this you?” is asked of one person, and what comes of it is looked into by others. */
describe('answers about changes that are somebody else’s', () => {
  let stage: RecoveryStage;
  let attack: Attack;
  let ref: string;
  before(async () => {
    stage = await openRecoveryStage();
  });
  beforeEach(async () => {
    await newWorld(stage);
    attack = attackOnRecovery(stage);
    // The attacker is the Privileged Authentication Administrator herself.
    await stage.does('register-method', { person: 'finance', by: 'security', method: newPasskey() });
    await stage.advance('PT40S');
    ref = refOf((await stage.cardWith('finance', 'recovery.not-me')).card);
  });
  after(() => stage.close());

  const changeItem = async () => {
    const { id } = await stage
      .store()
      .db.selectFrom('method_changes')
      .select('id')
      .where('person', '=', stage.idOf('finance'))
      .executeTakeFirstOrThrow();
    return `methodChange:${id}`;
  };
  const denied = async () => {
    const { id } = await stage.cardWith('finance', 'recovery.not-me');
    await stage.press('finance', id, 'recovery.not-me');
    await stage.inTime('the incident', async () => (await stage.caseOf('finance')).kind === 'not-me');
    await stage.advance('PT11S');
  };

  it('nobody else says that it was them, or that it was not', async () => {
    for (const person of ['engineer', 'manager', 'helpdesk', 'security', 'guest']) {
      const own = await smuggledCard(stage, person, { kind: 'recovery.change', item: await changeItem() });
      for (const verb of ['recovery.mine', 'recovery.not-me']) {
        assert.equal((await attack(person, verb, { ref })).code, 'flows.not-your-card');
        assert.equal((await attack(person, verb, { ref: own })).code, 'recovery.not-yours');
      }
    }
  });

  it('whoever holds the account later cannot call it off', async () => {
    await denied();
    const { code, text } = await attack('finance', 'recovery.mine', { ref });
    assert.equal(code, 'recovery.denied-already');
    assert.doesNotMatch(text, /TypeError|undefined/);
    assert.equal((await stage.caseOf('finance')).closed_at, 0);
  });

  it('“not me” pressed three times is one incident', async () => {
    const { id } = await stage.cardWith('finance', 'recovery.not-me');
    await stage.press('finance', id, 'recovery.not-me', {}, { deliver: 3 });
    const cases = await stage.store().db.selectFrom('recovery_cases').selectAll().execute();
    assert.equal(cases.length, 1);
    assert.equal(cases[0]?.kind, 'not-me');
  });

  it('whoever made the change is not asked about it, and closes and deletes nothing', async () => {
    await denied();
    await stage.cardWith('helpdesk', 'recovery.handled');
    assert.ok(!(await stage.timeline('security')).some(({ card }) => hasButton(card, 'recovery.handled')));
    const item = await caseItem(stage, 'finance');
    for (const [person, code] of [
      ['security', 'recovery.own-change'],
      ['finance', 'recovery.own-case'],
      ['engineer', 'recovery.not-security'],
      ['guest', 'recovery.guest-helps'],
    ] as const) {
      const own = await smuggledCard(stage, person, { kind: 'recovery.incident', item });
      assert.equal((await attack(person, 'recovery.handled', { ref: own, note })).code, code, person);
      const drop = code === 'recovery.not-security' ? 'recovery.no-role' : code;
      assert.equal((await attack(person, 'recovery.drop-passes', { ref: own })).code, drop, person);
    }
  });

  it('whoever made the change does not end the incident from the board', async () => {
    await denied();
    const plain = await plainCardOf(stage, 'security');
    await stage.press('security', plain, 'recovery.case', { case: (await stage.caseOf('finance')).id });
    const own = await cardRef(stage, 'security', 'recovery.issue', 'finance');
    const closed = await attack('security', 'recovery.close', { ref: own, note });
    assert.equal(closed.code, 'recovery.own-change');
  });

  it('nobody opens an incident by words, about themselves or somebody else', async () => {
    for (const person of ['engineer', 'security'])
      assert.equal(
        (await attack('engineer', 'recovery.open', { what: 'not-me', person: stage.idOf(person) })).code,
        'flows.bad-input',
      );
  });

  it('whoever holds the account does not take the incident back', async () => {
    await denied();
    const own = await cardRef(stage, 'finance', 'recovery.case', 'finance');
    const entry = (await stage.timeline('finance')).find(({ card }) => hasButton(card, 'recovery.withdraw'));
    assert.ok(entry === undefined, 'the card offers it');
    await attack('finance', 'recovery.withdraw', { ref: own });
    assert.equal((await stage.caseOf('finance')).state, 'attest');
  });
});
