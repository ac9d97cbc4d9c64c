import assert from 'node:assert/strict';
import {
  type AttestFacts,
  type CaseInDoubt,
  decideAttest,
  decideRefuse,
} from '../../../src/flows/recovery/attest/rules.js';

const subject = 'subject';
const me = { id: 'me', name: 'Olumide Castellane', guest: false };
const word = { by: 'other', byName: 'Wanjiru Halvorsen' };

const one: CaseInDoubt = {
  id: 'case',
  subject,
  opened_by: subject,
  kind: 'lost',
  state: 'attest',
  about: { subjectName: 'Leilani Brandvold', openerName: '', note: '' },
  privileged: 0,
  attested: [],
  issuer: '',
  opened_at: 1,
  closed_at: 0,
};

const facts = (more: Partial<AttestFacts> = {}): AttestFacts => ({
  capability: 'act',
  card: { expired: false },
  me,
  one,
  changedBy: [],
  round: 0,
  needed: 2,
  isAttester: true,
  isNewManager: false,
  isOnlyIssuer: false,
  how: 'video',
  note: 'Saw her at 9:10 in a video call.',
  at: '2026-11-19T08:20:00.000Z',
  ...more,
});

const codeOf = (decision: ReturnType<typeof decideAttest> | ReturnType<typeof decideRefuse>): string =>
  decision.kind === 'refuse' ? decision.code : decision.kind;

/** Facts by which nobody may say anything about a case, neither yes nor no. */
const neither: readonly (readonly [string, Partial<AttestFacts>, string])[] = [
  ['whoever it is about', { one: { ...one, subject: me.id } }, 'recovery.own-attest'],
  ['a guest', { me: { ...me, guest: true } }, 'recovery.guest-attest'],
  ['whoever made the pass', { one: { ...one, issuer: me.id } }, 'recovery.issuer-attest'],
  ['somebody who was not asked', { isAttester: false }, 'recovery.not-attester'],
  ['a new manager', { isAttester: false, isNewManager: true }, 'recovery.new-manager'],
  ['the only one who can make the pass', { isOnlyIssuer: true }, 'recovery.only-issuer'],
  ['anybody, once it is closed', { one: { ...one, state: 'withdrawn', closed_at: 9 } }, 'recovery.closed'],
  ['anybody, once enough have', { one: { ...one, state: 'issue' } }, 'recovery.attest-over'],
  ['whoever made what was denied', { changedBy: [me.id] }, 'recovery.own-change'],
  ['anybody, while it is an incident', { one: { ...one, kind: 'not-me' } }, 'recovery.not-handled'],
  ['anybody, on an old card', { card: { expired: true } }, 'flows.card-expired'],
  ['anybody, where the bot only tells', { capability: 'notify' }, 'flows.off'],
];

describe('vouching for somebody', () => {
  for (const [who, more, code] of neither) {
    it(`is not for ${who}`, () => {
      assert.equal(codeOf(decideAttest(facts(more))), code);
      assert.equal(codeOf(decideRefuse(facts(more))), code);
    });
  }

  it('counts one more, with how it was verified', () => {
    const decision = decideAttest(facts({ one: { ...one, privileged: 1, attested: [word] } }));
    assert.ok(decision.kind === 'permit');
    const { how, by, have, needed, vouched } = decision.permit.args;
    assert.deepEqual(
      { how, by, have, needed, vouched },
      { how: 'video', by: 'me', have: 2, needed: 2, vouched: 'Wanjiru Halvorsen, Olumide Castellane' },
    );
    assert.deepEqual(decision.basis, ['recovery.attestations.privileged']);
  });

  it('takes a meeting, a video call or a call back, and nothing else', () => {
    for (const how of ['in-person', 'video', 'call-back'])
      assert.equal(codeOf(decideAttest(facts({ how }))), 'permit');
    assert.equal(codeOf(decideAttest(facts({ how: '' }))), 'recovery.attest-how');
    for (const how of ['chat', 'mail', 'Video', 'toString', '__proto__'])
      assert.equal(codeOf(decideAttest(facts({ how }))), 'recovery.no-chat', how);
  });

  it('takes a sentence', () => {
    for (const note of ['', 'ok', '. . . . . . . . . . . .', '          ', 'Saw her  !'])
      assert.equal(codeOf(decideAttest(facts({ note }))), 'recovery.attest-note', note);
    assert.equal(codeOf(decideAttest(facts({ note: 'ビデオ通話で九時に本人を確認' }))), 'permit');
  });

  it('happens once', () => {
    const attested = [{ ...word, by: me.id }];
    const again = facts({ isAttester: false, one: { ...one, privileged: 1, attested } });
    assert.equal(codeOf(decideAttest(again)), 'recovery.attested-already');
  });
});

describe('not vouching', () => {
  it('needs a sentence, and no way of verifying', () => {
    assert.equal(codeOf(decideRefuse(facts({ how: '', note: 'no' }))), 'recovery.refuse-note');
    assert.equal(codeOf(decideRefuse(facts({ how: '' }))), 'permit');
    assert.equal(codeOf(decideRefuse(facts({ how: 'chat' }))), 'permit');
  });

  it('is still for somebody who had vouched', () => {
    const attested = [{ ...word, by: me.id }];
    const after = facts({ isAttester: false, one: { ...one, privileged: 1, attested } });
    assert.equal(codeOf(decideRefuse(after)), 'permit');
  });
});
