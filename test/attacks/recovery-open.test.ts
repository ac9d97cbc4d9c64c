import assert from 'node:assert/strict';
import { hasButton, readIn } from '../support/on-card.js';
import { cardRef, caseItem } from '../support/recovery-rows.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';
import { type Attack, plainCardOf, smuggledCard } from './attack.js';
import { attackOnRecovery } from './recovery-attack.js';

/** A case gives nobody anything, and still not everybody opens one about everybody. */
describe('cases that somebody should not open, see or end', () => {
  let stage: RecoveryStage;
  let attack: Attack;
  before(async () => {
    stage = await openRecoveryStage();
    attack = attackOnRecovery(stage);
  });
  after(() => stage.close());

  const cases = async () => stage.store().db.selectFrom('recovery_cases').selectAll().execute();

  it('a guest opens none, about nobody, and reads whom to ask', async () => {
    const about = await attack('guest', 'recovery.open', { what: 'lost', person: stage.idOf('security') });
    assert.equal(about.code, 'recovery.no-guest-helper');
    assert.doesNotMatch(about.text, /Balasuntharam/);
    const own = await attack('guest', 'recovery.open', { what: 'lost' });
    assert.equal(own.code, 'recovery.guest');
    assert.match(own.text, /^Your own organisation can help you/);
  });

  it('a guest finds nobody by name', async () => {
    const id = await plainCardOf(stage, 'guest');
    const answer = await stage.press('guest', id, 'recovery.find', { what: 'lost', name: 'Ingrid' });
    assert.doesNotMatch(JSON.stringify(answer.value), /Balasuntharam/);
    assert.ok(!hasButton(answer.value, 'recovery.open'));
  });

  it('somebody of another tenant is not even heard', async () => {
    const before = (await stage.requests()).length;
    await stage.say('outsider', 'I lost my phone').catch(() => undefined);
    const value = {
      action: {
        type: 'Action.Execute',
        verb: 'recovery.open',
        data: { what: 'lost', person: stage.idOf('security') },
      },
    };
    const activity = { type: 'invoke', name: 'adaptiveCard/action', value };
    const { status } = await stage.post<{ status: number }>('/people/outsider/activities', activity);
    assert.ok(status >= 400 && status < 500, String(status));
    const calls = (await stage.requests()).slice(before);
    assert.ok(!calls.some(({ path }) => path.includes(stage.idOf('security'))));
    assert.deepEqual(await cases(), []);
  });

  it('nobody opens one about a guest, somebody unknown, or a thing that is no person', async () => {
    const guest = await attack('engineer', 'recovery.open', { what: 'lost', person: stage.idOf('guest') });
    assert.equal(guest.code, 'recovery.guest-subject');
    const group = '5d0c7e14-83a9-4b26-9f17-2ae6c1d40b53';
    const before = await cases();
    for (const person of [group, '00000000-1111-4222-8333-444444444444']) {
      const id = await plainCardOf(stage, 'engineer');
      const answer = await stage.press('engineer', id, 'recovery.open', { what: 'lost', person });
      assert.notEqual(answer.type, 'application/vnd.microsoft.card.adaptive', readIn(answer));
      assert.doesNotMatch(readIn(answer), /TypeError|undefined|\{"error"/);
    }
    assert.deepEqual(await cases(), before);
  });

  it('what happened is one of the things that can happen, and whom it happened to is an id', async () => {
    for (const data of [
      { what: 'not-me' },
      { what: 'privileged' },
      { what: '' },
      { what: 'lost', person: 'security' },
      { what: 'lost', person: `${stage.idOf('security')}' or '1' eq '1` },
      { what: 'lost', person: [stage.idOf('security')] },
      { what: 'lost', note: 'x'.repeat(1001) },
      { what: 'lost', note: { text: 'x' } },
    ])
      assert.equal((await attack('engineer', 'recovery.open', data)).code, 'flows.bad-input');
  });

  it('a first day is nobody’s to prepare but those who welcome them', async () => {
    const person = stage.idOf('starter');
    for (const who of ['engineer', 'finance', 'appowner'])
      assert.equal(
        (await attack(who, 'recovery.open', { what: 'starter', person })).code,
        'recovery.not-welcoming',
      );
    const own = await attack('starter', 'recovery.open', { what: 'starter' });
    assert.equal(own.code, 'recovery.own-first-day');
  });

  it('a case that is open is not opened again, and whoever tries hears nothing of it', async () => {
    await stage.open('finance', 'lost');
    const { code, text } = await attack('engineer', 'recovery.open', {
      what: 'stolen',
      person: stage.idOf('finance'),
    });
    assert.equal(code, 'recovery.open-already');
    assert.doesNotMatch(text, /Castellane|lost/);
  });

  it('somebody else’s case is neither shown, nor withdrawn, nor are they signed out', async () => {
    const item = await caseItem(stage, 'finance');
    const ref = await cardRef(stage, 'finance', 'recovery.case', 'finance');
    const kind = 'recovery.case';
    for (const person of ['engineer', 'manager', 'helpdesk', 'guest']) {
      for (const verb of ['recovery.show', 'recovery.withdraw', 'recovery.sign-out'])
        assert.equal((await attack(person, verb, { ref })).code, 'flows.not-your-card');
      const own = await smuggledCard(stage, person, { kind, item });
      for (const verb of ['recovery.withdraw', 'recovery.sign-out'])
        assert.equal((await attack(person, verb, { ref: own })).code, 'recovery.not-yours');
    }
  });

  it('the board and its cases are for those who help', async () => {
    const { id } = await stage.caseOf('finance');
    for (const person of ['engineer', 'manager', 'guest', 'finance'])
      for (const [verb, data] of [
        ['recovery.board', {}],
        ['recovery.case', { case: id }],
        ['recovery.report', {}],
      ] as const) {
        const { text } = await attack(person, verb, data);
        assert.doesNotMatch(text, /Brandvold/, `${person}: ${verb}`);
      }
  });

  it('nobody takes their own case from the board', async () => {
    await stage.open('helpdesk', 'key-lost');
    const { code } = await attack('helpdesk', 'recovery.case', { case: (await stage.caseOf('helpdesk')).id });
    assert.equal(code, 'recovery.own-case');
  });

  it('a flood stops at the third: one after the other, and all at the same moment', async () => {
    const id = await plainCardOf(stage, 'appowner');
    const others = ['engineer', 'manager', 'security', 'starter', 'appowner'];
    const before = (await stage.refusals()).length;
    await Promise.all(
      others.map((person) =>
        stage.press('appowner', id, 'recovery.open', { what: 'lost', person: stage.idOf(person) }),
      ),
    );
    const opened = (await cases()).filter((each) => each.opened_by === stage.idOf('appowner'));
    assert.equal(opened.length, 3);
    const refused = (await stage.refusals()).slice(before);
    assert.deepEqual(refused, ['recovery.too-many', 'recovery.too-many']);
    await stage.advance('PT11S');
    const again = await attack('appowner', 'recovery.open', { what: 'stolen' });
    assert.equal(again.code, 'recovery.too-many');
    assert.match(again.text, /Call the help desk/);
  });
});
