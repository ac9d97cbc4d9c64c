import assert from 'node:assert/strict';
import { barOf } from '../../src/flows/recovery/cards/report-card.js';
import { passkeyCsv } from '../../src/insight/passkey-csv.js';
import {
  type Key,
  type PersonKeys,
  passkeyReport,
  type Recoveries,
} from '../../src/insight/passkey-report.js';
import { percentOf } from '../../src/insight/percent.js';

const old: Key = { aaguid: '2fc0579f-8113-47ea-b116-bb5a8db9202a', model: '', type: 'deviceBound' };
const fresh: Key = { aaguid: 'a25342c0-3cdc-4414-8e46-f4807fca511c', model: '', type: 'deviceBound' };
const synced: Key = { aaguid: 'de1e552d-db1d-4423-a619-566b625cdc84', model: '', type: 'synced' };
const strange: Key = { aaguid: '00000000-1111-4222-8333-444444444444', model: 'Ring 1', type: '' };

const none: Recoveries = { days: 90, cases: 0, passes: 0, used: 0, byPerson: new Map() };
const person = (id: string, more: Partial<PersonKeys> = {}): PersonKeys => ({
  id,
  name: id,
  upn: `${id}@contoso.example`,
  department: 'Finance',
  guest: false,
  admin: false,
  mfa: true,
  preferred: '',
  methods: [],
  keys: undefined,
  ...more,
});
const names = (people: readonly { readonly name: string }[]) => people.map(({ name }) => name);

describe('the report on passkeys', () => {
  it('counts by persona and by department, and no guests', () => {
    const report = passkeyReport(
      [
        person('ada', { methods: ['passKeyDeviceBound'], admin: true }),
        person('bob', { department: 'IT', admin: true, methods: ['mobilePhone'] }),
        person('cem', { methods: ['microsoftAuthenticatorPush'] }),
        person('guest', { guest: true, methods: ['passKeyDeviceBound'] }),
      ],
      none,
    );
    assert.deepEqual([report.people, report.guests, report.withPasskey], [3, 1, 1]);
    assert.deepEqual(report.administrators, { name: 'Administrators', people: 2, withPasskey: 1 });
    assert.deepEqual(report.others, { name: 'Everybody else', people: 1, withPasskey: 0 });
    assert.deepEqual(report.departments, [
      { name: 'Finance', people: 2, withPasskey: 1 },
      { name: 'IT', people: 1, withPasskey: 0 },
    ]);
    assert.deepEqual(names(report.adminsWithout), ['bob']);
  });

  it('lists departments by size, and last those whose department nobody knows, however many', () => {
    const from = (department: string, count: number) =>
      Array.from({ length: count }, (_, at) => person(`${department}${at}`, { department }));
    const { departments } = passkeyReport([...from('', 3), ...from('IT', 1), ...from('Finance', 2)], none);
    assert.deepEqual(names(departments), ['Finance', 'IT', '']);
  });

  it('rounds a share to the nearest, but never to nobody or to everybody', () => {
    const cases = [
      [2, 7, 29],
      [1, 7, 14],
      [1, 1_000, 1],
      [999, 1_000, 99],
      [0, 9, 0],
      [9, 9, 100],
      [0, 0, 0],
    ];
    for (const [part = 0, whole = 0, percent] of cases) assert.equal(percentOf(part, whole), percent);
  });

  it('counts models, finds those with one key and those of an advisory', () => {
    const methods = ['passKeyDeviceBound'];
    const report = passkeyReport(
      [
        person('ada', { methods, keys: [old, fresh] }),
        person('bob', { methods, keys: [fresh] }),
        person('cem', { methods, keys: [synced, strange] }),
        person('dee', { methods }),
      ],
      none,
    );
    assert.deepEqual(
      report.models.map(({ name, count, advisory }) => [name, count, advisory]),
      [
        ['YubiKey 5 NFC or 5C NFC, firmware 5.7', 2, false],
        ['Microsoft Authenticator on Android', 1, false],
        ['Ring 1', 1, false],
        ['YubiKey 5 NFC or 5C NFC, firmware 5.2 or 5.4', 1, true],
      ],
    );
    assert.deepEqual([names(report.oneKey), names(report.advisory), report.unread], [['bob'], ['ada'], 1]);
  });

  it('what was read of the keys counts more than a report that is hours old', () => {
    const gone = person('ada', { methods: ['passKeyDeviceBound'], keys: [] });
    const come = person('bob', { keys: [synced], admin: true });
    const report = passkeyReport([gone, come], none);
    assert.equal(report.withPasskey, 1);
    assert.deepEqual(names(report.adminsWithout), ['bob']);
  });

  it('names what is left of older ways', () => {
    const report = passkeyReport(
      [
        person('ada', { methods: ['mobilePhone'], preferred: 'sms' }),
        person('bob', { methods: ['officePhone'], preferred: 'push' }),
        person('cem', { mfa: false }),
        person('dee', { mfa: false, methods: ['email'] }),
      ],
      none,
    );
    assert.deepEqual([report.phone, report.phoneFirst], [2, 1]);
    assert.deepEqual(names(report.passwordOnly), ['cem', 'dee']);
  });

  it('names whom it happened to more than once', () => {
    const byPerson = new Map([
      ['ada', 3],
      ['bob', 1],
      ['gone', 2],
    ]);
    const report = passkeyReport([person('ada', { name: 'Ada' }), person('bob')], { ...none, byPerson });
    assert.deepEqual(report.again, [
      { id: 'ada', name: 'Ada', cases: 3 },
      { id: 'gone', name: 'gone', cases: 2 },
    ]);
  });

  it('is made of nobody', () => {
    const report = passkeyReport([], none);
    assert.deepEqual([report.people, report.withPasskey, report.departments], [0, 0, []]);
  });
});

describe('its bars', () => {
  it('are full only for all, and empty only for nobody', () => {
    assert.equal(barOf(0, 0), '□'.repeat(10));
    assert.equal(barOf(0, 100), '□'.repeat(10));
    assert.equal(barOf(1, 1000), `■${'□'.repeat(9)}`);
    assert.equal(barOf(999, 1000), `${'■'.repeat(9)}□`);
    assert.equal(barOf(5, 10), '■■■■■□□□□□');
    assert.equal(barOf(7, 7), '■'.repeat(10));
  });
});

describe('the file of the report', () => {
  const lines = (people: readonly PersonKeys[]) =>
    passkeyCsv(people, { ...none, byPerson: new Map([['ada', 2]]) })
      .slice(1)
      .split('\r\n');

  it('has one line a person, and leaves empty what is not known', () => {
    const [head, ada, bob, end] = lines([
      person('ada', { keys: [old, synced], methods: ['mobilePhone'], preferred: 'sms' }),
      person('bob', { admin: true }),
    ]);
    assert.match(head ?? '', /^Name,User name,Department,Administrator,/);
    assert.match(
      ada ?? '',
      /^ada,ada@contoso\.example,Finance,no,no,yes,2,"YubiKey 5 NFC or 5C NFC, firmware/,
    );
    assert.match(ada ?? '', /,yes,yes,yes,sms,yes,2$/);
    assert.equal(bob, 'bob,bob@contoso.example,Finance,yes,no,no,,,no,,no,,yes,0');
    assert.equal(end, '');
  });

  it('nobody’s name becomes a formula or another column', () => {
    const [, line] = lines([
      person('x', { name: '=HYPERLINK("https://evil.example","ok")', department: 'a,b\nc' }),
    ]);
    assert.match(line ?? '', /^"'=HYPERLINK\(""https/);
    assert.match(passkeyCsv([person('x', { department: 'a,b\nc' })], none), /"a,b\nc"/);
  });
});
