import assert from 'node:assert/strict';
import { readIn } from '../support/on-card.js';
import { cardRef, caseItem } from '../support/recovery-rows.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';
import { goodNote as note } from '../support/recovery-walk.js';
import { type Attack, smuggledCard } from './attack.js';
import { attackOnRecovery } from './recovery-attack.js';

const yes = { how: 'video', note };

/** Whoever should not vouch for somebody does not, whichever card they got hold of. */
describe('vouching by whoever should not', () => {
  let stage: RecoveryStage;
  let attack: Attack;
  before(async () => {
    stage = await openRecoveryStage();
    attack = attackOnRecovery(stage);
    await stage.open('finance', 'lost');
    await stage.cardWith('manager', 'recovery.attest');
  });
  after(() => stage.close());

  const smuggled = async (person: string) =>
    smuggledCard(stage, person, { kind: 'recovery.attest', item: await caseItem(stage, 'finance') });

  for (const verb of ['recovery.attest', 'recovery.refuse'])
    it(`${verb}: nobody does it about themselves, with a card of their own or the manager’s`, async () => {
      const own = await attack('finance', verb, { ref: await smuggled('finance'), ...yes });
      assert.equal(own.code, 'recovery.own-attest');
      assert.match(own.text, /about you, so somebody else has to vouch/);
      const stolen = await attack('finance', verb, {
        ref: await cardRef(stage, 'manager', 'recovery.attest', 'finance'),
        ...yes,
      });
      assert.equal(stolen.code, 'flows.not-your-card');
      const wrong = await attack('finance', verb, {
        ref: await cardRef(stage, 'finance', 'recovery.case', 'finance'),
        ...yes,
      });
      assert.equal(wrong.code, 'flows.unknown-card');
    });

  it('nobody who was not asked does it: a colleague, the help desk, security, a guest', async () => {
    for (const [person, code] of [
      ['engineer', 'recovery.not-attester'],
      ['helpdesk', 'recovery.not-attester'],
      ['security', 'recovery.not-attester'],
      ['guest', 'recovery.guest-attest'],
    ] as const) {
      const ref = await smuggled(person);
      for (const verb of ['recovery.attest', 'recovery.refuse'])
        assert.equal((await attack(person, verb, { ref, ...yes })).code, code, `${person}: ${verb}`);
    }
  });

  it('a message proves nothing, and neither does any other way that the card does not offer', async () => {
    const ref = await cardRef(stage, 'manager', 'recovery.attest', 'finance');
    for (const how of [
      'chat',
      'Chat',
      'mail',
      ' ',
      'VIDEO',
      'video ',
      'in-person,chat',
      '__proto__',
      'sms',
    ]) {
      const { code, text } = await attack('manager', 'recovery.attest', { ref, how, note });
      assert.equal(code, 'recovery.no-chat', how);
      assert.match(text, /A message proves nothing/);
    }
  });

  it('a note that says nothing is none', async () => {
    const ref = await cardRef(stage, 'manager', 'recovery.attest', 'finance');
    for (const empty of ['', ' '.repeat(40), '..........', 'ok', '-_-_-_-_-_-_', '\u200B'.repeat(30)]) {
      const { code } = await attack('manager', 'recovery.attest', { ref, how: 'video', note: empty });
      assert.equal(code, 'recovery.attest-note', JSON.stringify(empty));
    }
  });

  it('what does not fit the form is refused before anything is read', async () => {
    const ref = await cardRef(stage, 'manager', 'recovery.attest', 'finance');
    for (const data of [
      { ref: 'x'.repeat(65), ...yes },
      { ref: { $ne: '' }, ...yes },
      { ref, how: ['video'], note },
      { ref, how: 'video', note: 'a'.repeat(2001) },
      { ref, ...yes, by: stage.idOf('security') },
      { ref, ...yes, privileged: false },
    ])
      assert.equal((await attack('manager', 'recovery.attest', data)).code, 'flows.bad-input');
  });

  it('nobody counts twice: the same press delivered twice is one voice', async () => {
    const { id } = await stage.cardWith('manager', 'recovery.attest');
    await stage.advance('PT11S');
    await stage.press('manager', id, 'recovery.attest', yes, { deliver: 2 });
    const { attested, state } = await stage.caseOf('finance');
    assert.deepEqual(
      JSON.parse(attested).map(({ by }: { by: string }) => by),
      [stage.idOf('manager')],
    );
    assert.equal(state, 'issue');
    const again = await stage.press('manager', id, 'recovery.attest', {
      ref: await cardRef(stage, 'manager', 'recovery.attest', 'finance'),
      ...yes,
    });
    assert.doesNotMatch(readIn(again), /TypeError|undefined/);
    assert.equal(JSON.parse((await stage.caseOf('finance')).attested).length, 1);
  });

  it('once it is over nobody vouches, and nobody refuses, any more', async () => {
    const ref = await smuggled('appowner');
    for (const verb of ['recovery.attest', 'recovery.refuse'])
      assert.match(
        String((await attack('appowner', verb, { ref, ...yes })).code),
        /^recovery\.(attest-over|not-attester)$/,
      );
  });
});
