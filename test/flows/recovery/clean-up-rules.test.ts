import assert from 'node:assert/strict';
import { inWrongHands } from '../../../src/flows/recovery/clean-up/in-wrong-hands.js';
import { methodText } from '../../../src/flows/recovery/clean-up/method-text.js';
import { removalOrder } from '../../../src/flows/recovery/clean-up/removal-order.js';
import {
  type CleanUpFacts,
  decideRemove,
  decideRevoke,
  whyNoRemoval,
} from '../../../src/flows/recovery/clean-up/rules.js';
import { newPasskey } from '../../../src/flows/recovery/watch/new-passkey.js';
import { gapFor, isWatched } from '../../../src/flows/recovery/watch/next-look.js';
import type { SignInMethod } from '../../../src/graph/recovery/recovery.js';

const one: CleanUpFacts['one'] = {
  id: 'c1',
  subject: 'noor',
  kind: 'lost',
  state: 'sign-in',
  closed_at: 0,
};
const facts: CleanUpFacts = {
  capability: 'act',
  card: { expired: false },
  me: 'helper',
  guest: false,
  changedBy: [],
  one,
  subjectName: 'Noor',
  wrongHands: true,
  hasRole: true,
};
const lost = { id: 'm1', kind: 'phone', text: 'Text or call', createdAt: '' };

function method(more: Partial<SignInMethod>): SignInMethod {
  return {
    id: 'm1',
    kind: 'passkey',
    name: '',
    createdAt: '',
    aaguid: '',
    model: '',
    passkeyType: '',
    phoneType: '',
    removable: true,
    ...more,
  };
}

describe('who may clean up', () => {
  const remove = (more: Partial<CleanUpFacts>) => {
    const decision = decideRemove({ ...facts, ...more }, lost, ['m1']);
    return decision.kind === 'permit' ? 'permit' : decision.code;
  };
  const revoke = (more: Partial<CleanUpFacts>) => {
    const decision = decideRevoke({ ...facts, ...more, now: 7 });
    return decision.kind === 'permit' ? 'permit' : decision.code;
  };

  it('is a helper with the role, and for exactly what was picked', () => {
    const decision = decideRemove(facts, lost, ['m1', 'm2']);
    assert.ok(decision.kind === 'permit');
    assert.deepEqual(decision.permit.args, {
      caseId: 'c1',
      subject: 'noor',
      subjectName: 'Noor',
      method: lost,
      picked: ['m1', 'm2'],
    });
    assert.equal(remove({ hasRole: false }), 'recovery.no-role');
    assert.equal(revoke({ hasRole: false }), 'recovery.no-role');
  });

  it('is no guest, and nothing is removed by whoever made what was denied', () => {
    assert.equal(remove({ guest: true }), 'recovery.guest-helps');
    assert.equal(revoke({ guest: true }), 'recovery.guest-helps');
    assert.equal(remove({ changedBy: ['helper'] }), 'recovery.own-change');
    assert.equal(revoke({ changedBy: ['helper'] }), 'permit');
  });

  it('is never the person themselves, whatever role they have', () => {
    for (const capability of ['act', 'notify', 'off'] as const) {
      assert.equal(remove({ me: 'noor', capability }), 'recovery.own-case');
      assert.equal(revoke({ me: 'noor', capability }), 'recovery.own-case');
    }
  });

  it('is nobody where the flow does not act, on an old card, or when the case is over', () => {
    assert.equal(remove({ capability: 'notify' }), 'flows.off');
    assert.equal(remove({ card: { expired: true } }), 'flows.card-expired');
    assert.equal(remove({ one: { ...one, state: 'closed', closed_at: 5 } }), 'recovery.closed');
    assert.equal(revoke({ one: { ...one, state: 'closed', closed_at: 5 } }), 'recovery.closed');
  });

  it('takes nothing away before somebody has vouched, except what was reported by its owner', () => {
    const early = { ...one, state: 'attest' as const };
    assert.equal(remove({ one: early }), 'recovery.clean-up-early');
    assert.equal(remove({ one: { ...early, kind: 'stolen' } }), 'recovery.clean-up-early');
    assert.equal(remove({ one: { ...early, kind: 'not-me' } }), 'permit');
    assert.equal(whyNoRemoval({ ...facts, one: { ...one, state: 'issue' } }), undefined);
  });

  it('signs out before that where somebody else may hold the device, and only there', () => {
    const early = { ...one, state: 'attest' as const };
    for (const kind of ['stolen', 'lost', 'key-lost', 'not-me'] as const)
      assert.ok(inWrongHands({ kind }), kind);
    for (const kind of ['broken', 'new-phone', 'locked-out', 'starter'] as const)
      assert.ok(!inWrongHands({ kind }), kind);
    assert.equal(revoke({ one: early }), 'permit');
    assert.equal(revoke({ one: early, wrongHands: false }), 'recovery.clean-up-early');
    assert.equal(revoke({ wrongHands: false }), 'permit');
  });
});

describe('the order of removals', () => {
  const authenticator = method({ id: 'a', kind: 'authenticator' });
  const mobile = method({ id: 'p', kind: 'phone', phoneType: 'mobile' });
  const office = method({ id: 'o', kind: 'phone', phoneType: 'office' });
  const codes = method({ id: 'c', kind: 'oath' });
  const key = method({ id: 'k' });
  const order = (preferred: string) =>
    removalOrder([authenticator, mobile, office, codes, key], preferred).map(({ id }) => id);

  it('has the default last, and what is no second factor first', () => {
    assert.deepEqual(order(''), ['k', 'a', 'p', 'o', 'c']);
    assert.deepEqual(order('push'), ['k', 'p', 'o', 'c', 'a']);
    assert.deepEqual(order('sms'), ['k', 'a', 'o', 'c', 'p']);
    assert.deepEqual(order('voiceMobile'), ['k', 'a', 'o', 'c', 'p']);
    assert.deepEqual(order('voiceOffice'), ['k', 'a', 'p', 'c', 'o']);
    assert.deepEqual(order('OATH'), ['k', 'a', 'p', 'o', 'c']);
    assert.deepEqual(order('telepathy'), ['k', 'a', 'p', 'o', 'c']);
  });
});

describe('what people call a way to sign in', () => {
  it('is its make and its name', () => {
    const yubiKey = { kind: 'passkey', aaguid: '2fc0579f-8113-47ea-b116-bb5a8db9202a' } as const;
    const cases: readonly (readonly [Partial<SignInMethod>, string])[] = [
      [{ ...yubiKey, name: 'Blue key' }, 'Blue key · YubiKey 5 NFC or 5C NFC (firmware 5.2 or 5.4)'],
      [{ aaguid: '90a3ccdf-635c-4729-a248-9b709135078f' }, 'Microsoft Authenticator on iPhone'],
      [{ aaguid: '00000000-0000-0000-0000-000000000000', model: 'Acme' }, 'Passkey, Acme'],
      [{ name: 'Passkey' }, 'Passkey'],
      [{ kind: 'authenticator', name: 'Galaxy S23' }, 'Galaxy S23 · Microsoft Authenticator'],
      [{ kind: 'hello', name: 'OPS-17' }, 'OPS-17 · Windows Hello'],
      [{ kind: 'phone', phoneType: 'mobile', name: '+351 •••05' }, 'Text or call to the mobile +351 •••05'],
      [{ kind: 'phone', phoneType: 'pager', name: '' }, 'Phone'],
      [{ kind: 'email', name: 'h•••@post.example' }, 'Mail to h•••@post.example'],
      [{ kind: 'oath' }, 'Codes from an app'],
      [{ kind: 'platform', name: 'MacBook', model: 'macOS' }, 'MacBook · Sign-in of macOS'],
      [{ kind: 'external', name: 'Other' }, 'Other · Sign-in with another provider'],
      [{ kind: 'qr' }, 'QR code with PIN'],
      [{ kind: 'password' }, 'Password'],
      [{ kind: 'pass' }, 'Pass'],
      [{ kind: 'other' }, 'Another way to sign in'],
    ];
    for (const [given, text] of cases) assert.equal(methodText(method(given)), text);
  });
});

describe('a new passkey', () => {
  const opened = Date.parse('2026-11-20T10:00:00Z');
  const row = { baseline: ['old'], opened_at: opened, privileged: 0 } as const;
  const fresh = (more: Partial<SignInMethod> = {}) =>
    method({ id: 'new', createdAt: '2026-11-20T10:20:00Z', ...more });

  it('was not there when the case was opened, and proves somebody by itself', () => {
    assert.equal(newPasskey([fresh()], row)?.id, 'new');
    assert.equal(newPasskey([fresh({ kind: 'hello' })], row)?.id, 'new');
    assert.equal(newPasskey([fresh({ id: 'old' })], row), undefined);
    assert.equal(newPasskey([fresh({ createdAt: '2026-11-19T10:20:00Z' })], row), undefined, 'unknown list');
    assert.equal(newPasskey([fresh({ createdAt: '' })], row), undefined);
    for (const kind of ['phone', 'authenticator', 'oath', 'email', 'password', 'pass'] as const)
      assert.equal(newPasskey([fresh({ kind })], row), undefined, kind);
  });

  it('cannot leave its device where the person has a role', () => {
    const synced = fresh({ id: 's', passkeyType: 'synced' });
    const bound = fresh({ id: 'b', passkeyType: 'deviceBound' });
    assert.equal(newPasskey([synced], row)?.id, 's');
    assert.equal(newPasskey([synced], { ...row, privileged: 1 }), undefined);
    assert.equal(newPasskey([synced, bound], { ...row, privileged: 1 })?.id, 'b');
    const unsaid = fresh({ id: 'u', passkeyType: '' });
    assert.equal(newPasskey([unsaid], { ...row, privileged: 1 }), undefined);
    assert.equal(newPasskey([unsaid], row)?.id, 'u');
    const hello = fresh({ id: 'h', kind: 'hello', passkeyType: '' });
    assert.equal(newPasskey([hello], { ...row, privileged: 1 })?.id, 'h');
  });
});

describe('the watch', () => {
  it('looks soon, and then less and less often', () => {
    const minutes = [0, 14, 16, 119, 121, 23 * 60, 25 * 60].map((each) => gapFor(each * 60_000) / 1000);
    assert.deepEqual(minutes, [15, 15, 60, 60, 600, 600, 3600]);
  });

  it('begins with a pass that somebody has seen, and ends with the case', () => {
    const pass = { id: 'p', startsAt: '', minutes: 60, once: true, madeAt: 1, shown: true };
    assert.equal(isWatched({ pass, state: 'sign-in', closed_at: 0 }), true);
    assert.equal(isWatched({ pass: undefined, state: 'issue', closed_at: 0 }), false);
    assert.equal(isWatched({ pass: { ...pass, shown: false }, state: 'issue', closed_at: 0 }), false);
    assert.equal(isWatched({ pass, state: 'attest', closed_at: 0 }), false);
    assert.equal(isWatched({ pass, state: 'closed', closed_at: 9 }), false);
  });
});
