import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { GraphAs } from '../../src/graph/graph.js';
import {
  authenticationAdministrator,
  createPass,
  defaultMethodOf,
  deletePass,
  findPeople,
  hireDateOf,
  holdsRole,
  managerChangedSince,
  methodRowsSince,
  methodsOf,
  passesOf,
  privilegedAuthenticationAdministrator,
  privilegeOf,
  registrations,
  removeMethod,
  revokeSessions,
  signInsOf,
  tapPolicy,
} from '../../src/graph/recovery/recovery.js';
import { modelOf } from '../../src/insight/passkey-models.js';
import { failureOf } from './odd-graph.js';
import { idOf, openPracticeGraph, type PracticeGraph } from './practice-graph.js';

const scopes = [
  'UserAuthMethod-TAP.ReadWrite.All',
  'UserAuthMethod-Passkey.ReadWrite.All',
  'UserAuthMethod-MicrosoftAuthApp.ReadWrite.All',
  'User.RevokeSessions.All',
];
const never = () => Promise.resolve(false);

describe('recovery, at the practice tenant', () => {
  let practice: PracticeGraph;
  let helpDesk: GraphAs;
  let heard: string[];

  beforeEach(async function () {
    this.timeout(30_000);
    practice = await openPracticeGraph();
    helpDesk = await practice.as('helpdesk', ...scopes);
    heard = [];
  });
  afterEach(() => practice.close());

  const control = async (name: string, body: object): Promise<void> => {
    const done = await practice.visit.control('POST', `/recovery/${name}`, body);
    assert.ok(done.status < 300, JSON.stringify(done.body));
  };
  const wish = (key: string, more: object = {}) => ({
    ...{ personId: idOf(key), minutes: 60, once: true, hear: (code: string) => heard.push(code) },
    ...more,
  });
  const failed = async (work: Promise<unknown>) => (await failureOf(work, practice.log)).code;

  it('gives a pass whose code is heard once, and replaces it', async () => {
    const { enabled, leastMinutes, includes } = await tapPolicy(practice.reader);
    assert.deepEqual([enabled, leastMinutes, includes], [true, 60, ['all_users']]);
    const pass = await createPass(helpDesk, wish('finance'));
    assert.deepEqual([pass.minutes, pass.once, pass.usable, heard.length], [60, true, true, 1]);
    const [code = ''] = heard;
    assert.ok(code.length >= 8);
    assert.ok(!(inspect(pass) + practice.log.heard()).includes(code));
    const next = await createPass(helpDesk, wish('finance', { once: false }));
    const found = await passesOf(practice.reader, idOf('finance'));
    assert.deepEqual(
      found.map(({ id, once, usable }) => [id, once, usable]),
      [[next.id, false, true]],
    );
    assert.ok(!inspect(found).includes(heard[1] ?? '-'));
    const gone = { personId: idOf('finance'), passId: next.id, landed: never };
    await deletePass(helpDesk, gone);
    assert.deepEqual(await passesOf(practice.reader, idOf('finance')), []);
    assert.equal(await failed(deletePass(helpDesk, gone)), 'graph.not-found');
  });

  it('leaves it to Entra who may make one, for whom and how', async () => {
    assert.equal(await failed(createPass(helpDesk, wish('security'))), 'graph.forbidden');
    assert.equal(await failed(createPass(helpDesk, wish('helpdesk'))), 'graph.forbidden');
    assert.equal(await failed(createPass(helpDesk, wish('guest'))), 'graph.bad-request');
    assert.equal(await failed(createPass(helpDesk, wish('finance', { minutes: 10 }))), 'graph.bad-request');
    const manager = await practice.as('manager', ...scopes);
    assert.equal(await failed(createPass(manager, wish('finance'))), 'graph.forbidden');
    await control('policy', { oneTimeOnly: true });
    assert.equal(await failed(createPass(helpDesk, wish('finance', { once: false }))), 'graph.bad-request');
    assert.equal(heard.length, 0);
  });

  it('reads how people sign in, and removes the lost phone', async () => {
    const found = await methodsOf(practice.reader, idOf('finance'));
    assert.deepEqual(found.map(({ kind }) => kind).sort(), ['authenticator', 'password', 'phone']);
    const phone = found.find(({ kind }) => kind === 'phone');
    assert.match(phone?.name ?? '', /^\+351 •••\d\d$/);
    assert.equal(await defaultMethodOf(practice.reader, idOf('finance')), 'push');
    const lost = found.find(({ kind }) => kind === 'authenticator') ?? assert.fail('no Authenticator');
    const remove = () => removeMethod(helpDesk, { personId: idOf('finance'), method: lost, landed: never });
    // It is the default, and the phone is still there.
    assert.equal(await failed(remove()), 'graph.bad-request');
    await control('default', { person: 'finance', method: 'sms' });
    await remove();
    const left = await methodsOf(practice.reader, idOf('finance'));
    assert.deepEqual(left.map(({ kind }) => kind).sort(), ['password', 'phone']);
    await revokeSessions(helpDesk, idOf('finance'));
    await revokeSessions(await practice.as('engineer', 'User.RevokeSessions.All'), 'me');
    assert.equal(await failed(revokeSessions(helpDesk, idOf('security'))), 'graph.forbidden');
  });

  it('knows keys, and whose firmware is in the advisory', async () => {
    const keys = (await methodsOf(practice.reader, idOf('security'))).filter(
      ({ kind }) => kind === 'passkey',
    );
    assert.deepEqual(keys.map(({ aaguid }) => modelOf(aaguid)?.advisory).sort(), [false, true]);
    assert.ok(keys.every(({ passkeyType }) => passkeyType === 'deviceBound'));
    const [synced] = (await methodsOf(practice.reader, idOf('engineer'))).filter(
      ({ kind }) => kind === 'passkey',
    );
    assert.equal(synced?.passkeyType, 'synced');
  });

  it('knows who is privileged, and who may help whom', async () => {
    const of = (key: string) => privilegeOf(practice.reader, idOf(key));
    for (const key of ['finance', 'starter', 'guest'])
      assert.deepEqual(await of(key), { privileged: false, roles: [] }, key);
    const shown = async (key: string) => (await of(key)).roles.map(({ name, how }) => `${name}: ${how}`);
    assert.ok((await shown('security')).includes('Security Administrator: active'));
    const engineer = await shown('engineer');
    assert.ok(engineer.includes('AI Administrator: eligible'), engineer.join());
    assert.ok(engineer.includes('AI Incident Responders: group'), engineer.join());
    assert.ok(engineer.includes('Exchange Administrator: group'), engineer.join());
    assert.equal((await of('manager')).privileged, true, 'may become owner of a group that can hold roles');
    const holds = (key: string, role: string) => holdsRole(practice.reader, idOf(key), role);
    assert.equal(await holds('helpdesk', authenticationAdministrator), true);
    assert.equal(await holds('helpdesk', privilegedAuthenticationAdministrator), false);
    assert.equal(await holds('security', privilegedAuthenticationAdministrator), true);
  });

  it('sees a role that somebody got, or lost, a moment ago', async () => {
    await control('role', { person: 'finance', role: 'Global Reader', held: true });
    assert.equal((await privilegeOf(practice.reader, idOf('finance'))).privileged, true);
    assert.equal(await failed(createPass(helpDesk, wish('finance'))), 'graph.forbidden');
    await control('role', { person: 'finance', role: 'Global Reader', held: false });
    assert.equal((await privilegeOf(practice.reader, idOf('finance'))).privileged, false);
    await control('role', { person: 'helpdesk', role: 'Authentication Administrator', held: false });
    assert.equal(await holdsRole(practice.reader, idOf('helpdesk'), authenticationAdministrator), false);
    assert.equal(await failed(createPass(helpDesk, wish('finance'))), 'graph.forbidden');
  });

  it('sees new managers, new methods and sign-ins from elsewhere', async () => {
    const hourAgo = new Date(Date.now() - 3_600_000);
    assert.equal(await managerChangedSince(practice.reader, idOf('finance'), hourAgo), undefined);
    await control('manager', { person: 'finance', manager: 'appowner', row: 'Update user' });
    await control('sign-ins', {
      person: 'finance',
      city: 'Lagos',
      country: 'NG',
      ip: '203.0.113.9',
      risk: 'high',
    });
    const key = { name: 'New key', aaguid: 'a25342c0-3cdc-4414-8e46-f4807fca511c' };
    await control('register-method', { person: 'finance', method: key });
    const moved = await practice.visit.control('POST', '/clock', { advance: 'PT30M' });
    assert.ok(moved.status < 300, JSON.stringify(moved.body));
    assert.ok(await managerChangedSince(practice.reader, idOf('finance'), hourAgo));
    assert.equal(await managerChangedSince(practice.reader, idOf('appowner'), hourAgo), undefined);
    const [newest] = await signInsOf(practice.reader, idOf('finance'), hourAgo);
    assert.deepEqual(
      [newest?.city, newest?.country, newest?.ip, newest?.risk, newest?.riskState, newest?.ok],
      ['Lagos', 'NG', '203.0.113.9', 'high', 'atRisk', true],
    );
    const activities: string[] = [];
    for await (const page of methodRowsSince(practice.reader, hourAgo))
      activities.push(...page.map(({ activity }) => activity));
    assert.ok(activities.includes('User registered security info'), activities.join());
  });

  it('finds people by name, and their first day', async () => {
    const engineer = await practice.as('engineer', 'User.Read.All');
    const names = async (words: string) => (await findPeople(engineer, words)).map(({ name }) => name);
    assert.deepEqual(await names('Noor'), ['Noor Achterberg']);
    assert.deepEqual(await names('achter'), ['Noor Achterberg']);
    assert.deepEqual(await names('noor.achterberg@contoso.example'), ['Noor Achterberg']);
    assert.deepEqual(await names('Rafael'), [], 'a guest');
    assert.ok((await hireDateOf(practice.reader, idOf('starter'))) instanceof Date);
    assert.equal(await hireDateOf(practice.reader, idOf('finance')), undefined);
  });

  it('reads the report to its end', async () => {
    await control('settings', { page: 5 });
    const all: string[] = [];
    let pages = 0;
    for await (const page of registrations(practice.reader)) {
      pages += 1;
      all.push(...page.map(({ id }) => id));
    }
    assert.ok(pages > 1 && all.includes(idOf('finance')));
    assert.equal(new Set(all).size, all.length);
  });
});
