import assert from 'node:assert/strict';
import { day } from '../../../src/base/clock.js';
import { flagText, unreadText } from '../../../src/flows/recovery/checks/flag-text.js';
import { blocking, type FlagFacts, flagNames, flagsFrom } from '../../../src/flows/recovery/checks/flags.js';

const now = Date.parse('2026-11-19T08:12:44.000Z');
const ago = (days: number): string => new Date(now - days * day).toISOString();
const home = { city: 'Vienna', country: 'AT', ok: true, risk: 'none', riskState: 'none' };

const calm: FlagFacts = {
  now,
  subject: 'subject',
  openedBy: 'subject',
  starter: false,
  openedAt: now,
  lookBack: 30 * day,
  managerChangedAt: 'not',
  signIns: [
    { ...home, at: ago(1) },
    { ...home, at: ago(20) },
  ],
  methods: [
    { kind: 'password', name: '', createdAt: ago(400) },
    { kind: 'passkey', name: 'Key', createdAt: ago(90) },
    { kind: 'phone', name: '', createdAt: '' },
  ],
  earlier: [],
};

const namesIn = (more: Partial<FlagFacts>): readonly string[] =>
  flagsFrom({ ...calm, ...more }).found.map(({ name }) => name);
const signIns = (...more: readonly Partial<typeof home & { at: string }>[]) => [
  ...(calm.signIns ?? []),
  ...more.map((each) => ({ ...home, at: ago(0.5), ...each })),
];

describe('signs that something may be wrong', () => {
  it('none in an ordinary case', () => {
    assert.deepEqual(flagsFrom(calm), { readAt: now, found: [], unread: [] });
  });

  it('a new manager', () => {
    const { found } = flagsFrom({ ...calm, managerChangedAt: new Date(now - day) });
    assert.deepEqual(found, [{ name: 'manager-changed', at: ago(1), detail: '' }]);
  });

  it('a risk at a sign-in, also one that was blocked, and not one that was settled', () => {
    for (const bad of [
      { risk: 'low', riskState: 'atRisk' },
      { risk: 'none', riskState: 'confirmedCompromised' },
      { risk: 'high', riskState: 'none', ok: false },
      { risk: 'medium', riskState: '' },
    ])
      assert.deepEqual(namesIn({ signIns: signIns(bad) }), ['risky-sign-in'], JSON.stringify(bad));
    for (const good of [
      { risk: 'high', riskState: 'remediated' },
      { risk: 'medium', riskState: 'dismissed' },
      { risk: 'low', riskState: 'none' },
      { risk: 'hidden', riskState: 'none' },
    ])
      assert.deepEqual(namesIn({ signIns: signIns(good) }), [], JSON.stringify(good));
  });

  it('a way to sign in that is new, and not one of last year or a pass', () => {
    const add = (kind: string, days: number) => [
      ...(calm.methods ?? []),
      { kind, name: 'SM-G998B', createdAt: ago(days) },
    ];
    assert.deepEqual(namesIn({ methods: add('authenticator', 2) }), ['method-changed']);
    assert.deepEqual(namesIn({ methods: add('password', 29) }), ['method-changed']);
    assert.deepEqual(namesIn({ methods: add('authenticator', 31) }), []);
    assert.deepEqual(namesIn({ methods: add('pass', 1) }), []);
    assert.deepEqual(namesIn({ methods: add('password', 1), starter: true }), []);
    assert.deepEqual(namesIn({ methods: add('passkey', 1), starter: true }), ['method-changed']);
  });

  it('a country in which they were never before, once there is a before', () => {
    const there = { country: 'NG', city: 'Lagos' };
    assert.deepEqual(namesIn({ signIns: signIns(there) }), ['new-location']);
    assert.deepEqual(namesIn({ signIns: signIns({ ...there, ok: false }) }), []);
    assert.deepEqual(namesIn({ signIns: signIns({ city: 'Graz' }) }), []);
    assert.deepEqual(namesIn({ signIns: signIns(there, { ...there, at: ago(10) }) }), []);
    assert.deepEqual(namesIn({ signIns: [{ ...home, ...there, at: ago(1) }] }), []);
    assert.deepEqual(namesIn({ signIns: signIns({ country: '', city: '' }) }), []);
  });

  it('an earlier case, and one that somebody else opened', () => {
    assert.deepEqual(namesIn({ earlier: [now - 9 * day] }), ['repeated']);
    assert.deepEqual(namesIn({ openedBy: 'colleague' }), ['opened-by-other']);
    assert.deepEqual(namesIn({ openedBy: 'manager', starter: true }), []);
  });

  it('what could not be read is named, and stops the pass where the policy asks for it', () => {
    const flags = flagsFrom({ ...calm, managerChangedAt: undefined, signIns: undefined, methods: undefined });
    assert.deepEqual(flags.found, []);
    assert.deepEqual(flags.unread, ['manager-changed', 'risky-sign-in', 'new-location', 'method-changed']);
    assert.deepEqual(blocking(['manager-changed', 'repeated'], flags).unread, ['manager-changed']);
    assert.deepEqual(blocking([], flags), { found: [], unread: [] });
  });

  it('a risk that Entra hides counts as unread, unless one shows all the same', () => {
    const unread = (more: { risk: string; riskState?: string }) =>
      flagsFrom({ ...calm, signIns: signIns(more) }).unread;
    assert.deepEqual(unread({ risk: 'hidden' }), ['risky-sign-in']);
    assert.deepEqual(unread({ risk: 'hidden', riskState: 'atRisk' }), []);
    assert.deepEqual(unread({ risk: 'none' }), []);
  });

  it('each in words of its own', () => {
    const texts = flagNames.map((name) => flagText({ name, at: '', detail: '' }));
    assert.equal(new Set(texts).size, flagNames.length);
    assert.equal(
      flagText({ name: 'repeated', at: '', detail: '2' }),
      'This is not the first case: there were 2 lately',
    );
    assert.equal(flagText({ name: 'method-changed', at: '', detail: 'password' }), 'Their password is new');
    assert.equal(unreadText([]), '');
  });
});
