import assert from 'node:assert/strict';
import { verifyRecord } from '../../src/audit/verify.js';
import { refOf } from '../support/on-card.js';
import { openPackagesStage, type PackagesStage } from '../support/packages-stage.js';
import { type Attack, attackOn } from './attack.js';
import { assertNothingHappens, itDoesNotFit, type Wrong } from './odd-input.js';

/** Data that no button of ours sends: turned away before anything is read, one line in the record. */
describe('what does not fit a button of packages', () => {
  let stage: PackagesStage;
  let attack: Attack;
  let form: string;

  before(async () => {
    stage = await openPackagesStage();
    attack = attackOn(stage);
    form = refOf((await stage.form('engineer', 'standard')).card);
  });
  after(async () => {
    const verdict = await verifyRecord(stage.store());
    await stage.close();
    assert.equal(verdict.kind, 'intact');
  });

  const long = 'x'.repeat(5_000);
  /** The button it is pressed with searches for words. */
  const noWords = { query: null };
  const id = '9c2f6b31-40d8-4e7a-8b15-6f0d3e9a7c21';
  const wrong: Wrong = [
    ['words that are nothing', 'packages.open', () => ({ query: null })],
    ['a package that is no id', 'packages.open', () => ({ ...noWords, package: 'everything' })],
    ['a package that is a path', 'packages.open', () => ({ ...noWords, package: `${id}/../../users` })],
    ['a package in a list', 'packages.open', () => ({ ...noWords, package: [id] })],
    ['a policy that is no id', 'packages.open', () => ({ ...noWords, package: id, policy: '__proto__' })],
    ['a person that is a name', 'packages.open', () => ({ ...noWords, package: id, person: 'finance' })],
    ['a search without an end', 'packages.open', () => ({ query: long })],
    ['a page before the first', 'packages.open', () => ({ query: '', skip: -1 })],
    ['a page that is a text', 'packages.open', () => ({ query: '', skip: 'x' })],
    ['a card that is an object', 'packages.open', () => ({ ...noWords, again: { $ne: '' } })],
    ['a package that is no id', 'packages.reports', () => ({ package: '../me' })],
    ['a reference that is a list', 'packages.ask', () => ({ ref: [form] })],
    ['a reference without an end', 'packages.ask', () => ({ ref: long })],
    ['a reason that is an object', 'packages.ask', () => ({ ref: form, reason: { toString: 'x' } })],
    ['a start that is a number', 'packages.ask', () => ({ ref: form, startDate: 20270101 })],
    ['nothing', 'packages.show', () => ({})],
    ['an assignment without an end', 'packages.show', () => ({ assignment: long })],
    ['a reference that is nothing', 'packages.cancel', () => ({ ref: null })],
    ['an assignment that is a number', 'packages.extend', () => ({ assignment: 7 })],
    ['no assignment', 'packages.give-back', () => ({ sure: true })],
    ['half sure', 'packages.give-back', () => ({ assignment: id, sure: 'yes' })],
    ['a request that is a path', 'packages.reprocess', () => ({ request: `${id}/cancel` })],
    ['a request in a list', 'packages.approval', () => ({ request: [id] })],
    ['a comment that is a list', 'packages.approve', () => ({ ref: form, comment: ['Fine'] })],
    ['a comment without an end', 'packages.deny', () => ({ ref: form, comment: long })],
    ['a package that is no id', 'packages.owned', () => ({ package: 'mine' })],
    ['a page before the first', 'packages.owned', () => ({ skip: -1 })],
    ['what nobody asked for', 'packages.owned', () => ({ everybody: true })],
  ];
  itDoesNotFit(wrong, () => attack);

  for (const verb of ['packages.grant', 'packages.__proto__', 'packages.', 'PACKAGES.ASK', 'packages.ask ']) {
    it(`there is no verb “${verb}”`, async () => {
      const { code } = await attack('engineer', verb, { ref: form });
      assert.equal(code, 'flows.unknown-verb');
    });
  }

  it('whatever is sent with whatever verb is answered in plain words, and changes nothing', () =>
    assertNothingHappens(stage, {
      verbs: verbs.map((name) => `packages.${name}`),
      names: ['ref', 'package', 'policy', 'person', 'request', 'assignment', 'again', 'comment'],
      words: [id, form],
    }));
});

const verbs = [
  ...['open', 'reports', 'ask', 'show', 'cancel', 'extend', 'give-back', 'reprocess', 'mine'],
  ...['approvals', 'approval', 'approve', 'deny', 'owned'],
];
