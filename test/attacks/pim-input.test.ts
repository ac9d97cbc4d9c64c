import assert from 'node:assert/strict';
import { verifyRecord } from '../../src/audit/verify.js';
import { refOf } from '../support/on-card.js';
import { openPimStage, type PimStage } from '../support/pim-stage.js';
import { type Attack, plainCardOf } from './attack.js';
import { assertNothingHappens, itDoesNotFit, type Wrong } from './odd-input.js';
import { attackOnRoles } from './pim-attack.js';

/** Data that no button of ours sends: turned away before anything is read, one line in the record. */
describe('what does not fit a button of roles', () => {
  let stage: PimStage;
  let attack: Attack;
  let form: string;
  let role: object;

  before(async () => {
    stage = await openPimStage();
    attack = attackOnRoles(stage);
    role = await stage.data('security-admin');
    form = refOf((await stage.form('engineer', 'security-admin')).card);
  });
  after(async () => {
    const verdict = await verifyRecord(stage.store());
    await stage.close();
    assert.equal(verdict.kind, 'intact');
  });

  const long = 'x'.repeat(5_000);
  const wrong: Wrong = [
    ['a role without a kind', 'pim.form', () => ({ role: { ...role, kind: undefined } })],
    ['a role of a kind that does not exist', 'pim.form', () => ({ role: { ...role, kind: 'everything' } })],
    ['a kind that every object has', 'pim.form', () => ({ role: { ...role, kind: '__proto__' } })],
    ['a kind that is a constructor', 'pim.form', () => ({ role: { ...role, kind: 'constructor' } })],
    ['a role without an id', 'pim.form', () => ({ role: { ...role, id: '' } })],
    ['a role with an id in a list', 'pim.form', () => ({ role: { ...role, id: ['x'] } })],
    ['a role with an id without an end', 'pim.form', () => ({ role: { ...role, id: long } })],
    ['a role with a place that is a number', 'pim.form', () => ({ role: { ...role, scope: 1 } })],
    ['a role with a person in it', 'pim.form', () => ({ role: { ...role, principalId: 'x' } })],
    ['neither a role nor a card', 'pim.form', () => ({})],
    ['a card that is an object', 'pim.form', () => ({ again: { $ne: '' } })],
    ['a reference that is a list', 'pim.ask', () => ({ ref: [form] })],
    ['a reference without an end', 'pim.ask', () => ({ ref: long })],
    ['a length that is a number', 'pim.ask', () => ({ ref: form, minutes: 60 })],
    ['a length without an end', 'pim.ask', () => ({ ref: form, minutes: '6'.repeat(7) })],
    ['a reason that is an object', 'pim.ask', () => ({ ref: form, reason: { toString: 'x' } })],
    ['a reason without an end', 'pim.ask', () => ({ ref: form, reason: long })],
    ['a ticket in a list', 'pim.ask', () => ({ ref: form, ticketNumber: ['INC-1'] })],
    ['a start that is a number', 'pim.ask', () => ({ ref: form, startDate: 20270101 })],
    ['no reference', 'pim.show', () => ({})],
    ['a reference that is nothing', 'pim.cancel', () => ({ ref: null })],
    ['a reference that is a number', 'pim.end', () => ({ ref: 7 })],
    ['a comment that is a list', 'pim.approve', () => ({ ref: form, comment: ['Fine'] })],
    ['a comment without an end', 'pim.deny', () => ({ ref: form, comment: long })],
    ['a request of a kind that does not exist', 'pim.approval', () => ({ kind: 'constructor', id: 'x' })],
    ['a request without an id', 'pim.approval', () => ({ kind: 'role', id: '' })],
    ['a request with an id without an end', 'pim.approval', () => ({ kind: 'role', id: long })],
    ['a favourite without a role', 'pim.favourite', () => ({ on: true })],
    ['a favourite that is half on', 'pim.favourite', () => ({ role, on: 'yes' })],
    ['a search without an end', 'pim.roles', () => ({ query: long })],
    ['a search that is a list', 'pim.roles', () => ({ query: ['x'] })],
    ['a word on a look back that is a number', 'pim.expected', () => ({ ref: form, comment: 7 })],
    [
      'a question with an answer in it',
      'pim.question',
      () => ({ ref: form, comment: 'x', answer: 'expected' }),
    ],
  ];
  itDoesNotFit(wrong, () => attack);

  for (const verb of ['pim.grant', 'pim.__proto__', 'pim.constructor', 'pim.', 'PIM.ASK', 'pim.ask ']) {
    it(`there is no verb “${verb}”`, async () => {
      const { code } = await attack('engineer', verb, { ref: form });
      assert.equal(code, 'flows.unknown-verb');
    });
  }

  it('whatever is sent with whatever verb is answered in plain words, and changes nothing', () =>
    assertNothingHappens(stage, {
      verbs: verbs.map((name) => `pim.${name}`),
      names: ['ref', 'role', 'again', 'kind', 'id', 'comment', 'minutes', 'reason', 'toString'],
      words: [form, 'role'],
      // A press that names the form itself may well be a good one.
      isFine: (verb, data) =>
        (verb === 'pim.ask' && data.ref === form) || (verb === 'pim.form' && data.again === form),
    }));

  it('a favourite may be anything, and gives nobody anything', async () => {
    const card = await plainCardOf(stage, 'finance');
    const odd = [
      '__proto__',
      'constructor',
      '\u0024{id}',
      '{{DATE(1)}}',
      '<script>',
      '[a](javascript:x)',
      '\u202e',
      "'; --",
    ];
    for (const id of odd) {
      const data = { role: { kind: 'role', id, scope: id }, on: true, query: id };
      const { statusCode, value } = await stage.press('finance', card, 'pim.favourite', data);
      assert.equal(statusCode, 200, JSON.stringify(value));
      assert.doesNotMatch(JSON.stringify(value), /"verb":"pim\.form"/);
    }
  });

  it('nobody keeps more than fifty favourites', async () => {
    const fifty = Array.from({ length: 50 }, (_, index) => ({
      person: stage.idOf('starter'),
      kind: 'role',
      target: `role-${index}`,
      scope: '/',
    }));
    await stage.store().write((tx) => tx.insertInto('favourites').values(fifty).execute());
    const card = await plainCardOf(stage, 'starter');
    await stage.press('starter', card, 'pim.favourite', { role, on: true });
    const kept = await stage
      .store()
      .db.selectFrom('favourites')
      .selectAll()
      .where('person', '=', stage.idOf('starter'))
      .execute();
    assert.equal(kept.length, 50, 'not one more');
  });
});

const verbs = [
  ...['form', 'ask', 'show', 'cancel', 'end', 'approval', 'approve', 'deny', 'expected', 'question'],
];
