import assert from 'node:assert/strict';
import type { GraphReader } from '../../src/graph/graph.js';
import {
  defaultMethodOf,
  managerChangedSince,
  methodRowsSince,
  registrations,
  signInsOf,
} from '../../src/graph/recovery/recovery.js';
import { asRegistration } from '../../src/graph/recovery/registrations.js';
import { asSignIn } from '../../src/graph/recovery/sign-ins.js';
import { failureOf, type OddGraph, refused, startOddGraph } from './odd-graph.js';
import { idOf } from './practice-graph.js';

const leilani = idOf('finance');
const since = new Date('2026-11-01T08:00:00Z');

const registration = {
  id: leilani.toUpperCase(),
  userPrincipalName: 'leilani@contoso.example',
  userDisplayName: 'Leilani Brandvold',
  userType: 'member',
  ...{ isAdmin: false, isMfaCapable: true, isMfaRegistered: true, isPasswordlessCapable: false },
  methodsRegistered: ['mobilePhone', 'microsoftAuthenticatorPush'],
  userPreferredMethodForSecondaryAuthentication: 'push',
  lastUpdatedDateTime: '2026-11-20T03:00:00Z',
};

const row = (at: string, more: object = {}) => ({
  ...{ id: at, activityDateTime: at, activityDisplayName: 'Set user manager', result: 'success' },
  targetResources: [
    { id: leilani.toUpperCase(), type: 'User' },
    { id: idOf('manager'), type: 'User' },
  ],
  ...more,
});
const managerProperty = [{ displayName: 'Manager', oldValue: '"[]"', newValue: '"[\\"x\\"]"' }];

describe('the reports and logs about one person', () => {
  let odd: OddGraph;
  let reader: GraphReader;
  beforeEach(async () => {
    odd = await startOddGraph();
    reader = odd.graph.reader('reference');
  });
  afterEach(() => odd.close());

  /** One list a page, from now on. */
  const answer = (...pages: readonly (readonly unknown[])[]) => {
    const before = odd.seen.length;
    odd.onRequest((_seen, n) => {
      const next = `${odd.url}/v1.0/next?$skiptoken=${n}`;
      const more = n - before < pages.length ? { '@odata.nextLink': next } : {};
      return { body: { value: pages[n - before - 1] ?? [], ...more } };
    });
  };
  const query = (n = 0) => new URLSearchParams(odd.seen[n]?.path.split('?')[1]);
  const asked = (n = 0) => odd.seen[n]?.path.split('?')[0];

  describe('registrations', () => {
    it('are read in large pages, to the last one', async () => {
      answer(
        [registration],
        [],
        [{ ...registration, id: 'other', userType: 'Guest', userDisplayName: null }],
      );
      const pages: (readonly unknown[])[] = [];
      for await (const page of registrations(reader)) pages.push(page);
      assert.deepEqual(pages, [
        [
          {
            ...{ id: leilani, name: 'Leilani Brandvold', upn: 'leilani@contoso.example', guest: false },
            ...{ admin: false, mfa: true, passwordless: false, preferred: 'push' },
            methods: ['mobilePhone', 'microsoftAuthenticatorPush'],
            updatedAt: '2026-11-20T03:00:00Z',
          },
        ],
        [],
        [
          {
            ...{ id: 'other', name: 'leilani@contoso.example', upn: 'leilani@contoso.example', guest: true },
            ...{ admin: false, mfa: true, passwordless: false, preferred: 'push' },
            methods: ['mobilePhone', 'microsoftAuthenticatorPush'],
            updatedAt: '2026-11-20T03:00:00Z',
          },
        ],
      ]);
      assert.equal(asked(), '/graph/v1.0/reports/authenticationMethods/userRegistrationDetails');
      assert.deepEqual([...query()], [['$top', '999']]);
    });

    it('say nothing where Entra says nothing', () => {
      const { preferred, methods, mfa } = asRegistration({
        id: 'x',
        methodsRegistered: null,
        isMfaCapable: null,
      });
      assert.deepEqual([preferred, methods, mfa], ['', [], false]);
      for (const none of ['none', 'None', 'unknownFutureValue', null]) {
        const read = asRegistration({ ...registration, userPreferredMethodForSecondaryAuthentication: none });
        assert.equal(read.preferred, '');
      }
      assert.throws(() => asRegistration({ ...registration, id: '' }));
    });

    it('tell which second factor goes last, or that nobody knows', async () => {
      odd.onRequest(() => ({ body: registration }));
      assert.equal(await defaultMethodOf(reader, leilani), 'push');
      assert.ok(asked()?.endsWith(`/userRegistrationDetails/${leilani}`));
      odd.onRequest(() => refused(404, 'ResourceNotFound'));
      assert.equal(await defaultMethodOf(reader, leilani), '');
      odd.onRequest(() => refused(403, 'Authorization_RequestDenied'));
      assert.equal((await failureOf(defaultMethodOf(reader, leilani), odd.log)).code, 'graph.forbidden');
    });

    it('wait where too much was asked', async () => {
      odd.onRequest((_seen, n) =>
        n === 1 ? refused(429, 'TooManyRequests', 'Later.', { 'retry-after': '10' }) : { body: registration },
      );
      await defaultMethodOf(reader, leilani);
      assert.deepEqual(odd.pauses, [10_000]);
    });
  });

  describe('sign-ins', () => {
    const signIn = {
      ...{ createdDateTime: '2026-11-20T09:00:00Z', appDisplayName: 'Teams', ipAddress: '203.0.113.7' },
      location: { city: 'Lisbon', state: 'Lisboa', countryOrRegion: 'PT', geoCoordinates: {} },
      status: { errorCode: 0, failureReason: 'Other.' },
      ...{ riskLevelDuringSignIn: 'high', riskState: 'atRisk' },
    };

    it('are one page of one person, newest first', async () => {
      answer([], [signIn], [signIn]);
      assert.deepEqual(await signInsOf(reader, "o'neil", since), [
        {
          ...{ at: '2026-11-20T09:00:00Z', app: 'Teams', ip: '203.0.113.7', city: 'Lisbon', country: 'PT' },
          ...{ ok: true, risk: 'high', riskState: 'atRisk' },
        },
      ]);
      assert.equal(asked(), '/graph/v1.0/auditLogs/signIns');
      assert.deepEqual(Object.fromEntries(query()), {
        $filter: "userId eq 'o''neil' and createdDateTime ge 2026-11-01T08:00:00.000Z",
        $orderby: 'createdDateTime desc',
        $top: '1000',
      });
      assert.equal(odd.seen.length, 2, 'an empty page is not the last, and one with people is enough');
    });

    it('are none where there were none', async () => {
      answer([]);
      assert.deepEqual(await signInsOf(reader, leilani, since), []);
    });

    it('failed, and are nowhere, where Entra does not say', () => {
      const read = asSignIn({ createdDateTime: 'x', location: null, status: null, riskState: null });
      assert.deepEqual([read.ok, read.city, read.country, read.risk], [false, '', '', '']);
      assert.equal(asSignIn({ ...signIn, status: { errorCode: 50_126 } }).ok, false);
    });
  });

  it('tells of changes of sign-in methods, oldest first', async () => {
    answer([
      { id: 'r', activityDateTime: '2026-11-20T09:00:00Z', loggedByService: 'Authentication Methods' },
    ]);
    const rows: string[] = [];
    for await (const page of methodRowsSince(reader, since, new Date('2026-11-21T00:00:00Z')))
      rows.push(...page.map(({ service }) => service));
    assert.deepEqual(rows, ['Authentication Methods']);
    assert.equal(
      query().get('$filter'),
      "loggedByService eq 'Authentication Methods' and activityDateTime ge 2026-11-01T08:00:00.000Z" +
        ' and activityDateTime le 2026-11-21T00:00:00.000Z',
    );
    assert.equal(query().get('$orderby'), 'activityDateTime');
  });

  describe('a new manager', () => {
    const newest = async (...rows: readonly unknown[]) => {
      answer(rows);
      return (await managerChangedSince(reader, leilani.toUpperCase(), since))?.toISOString();
    };
    const at = '2026-11-19T10:00:00.5Z';
    const iso = '2026-11-19T10:00:00.500Z';

    it('is looked for among what happened to the person', async () => {
      assert.equal(await newest(), undefined);
      assert.deepEqual(Object.fromEntries(query()), {
        $filter: `targetResources/any(t:t/id eq '${leilani}') and activityDateTime ge 2026-11-01T08:00:00.000Z`,
        $orderby: 'activityDateTime desc',
        $top: '1000',
      });
    });

    it('is found by what was done', async () => {
      assert.equal(await newest(row(at), row('2026-11-10T10:00:00Z')), iso);
      assert.equal(await newest(row(at, { activityDisplayName: 'Remove user manager' })), iso);
    });

    it('is found by what was changed', async () => {
      const target = { id: leilani, type: 'User', modifiedProperties: managerProperty };
      const more = { activityDisplayName: 'Update user', targetResources: [target] };
      assert.equal(await newest(row(at, more)), iso);
      const other = { ...target, modifiedProperties: [{ displayName: 'Department' }, null, 'x'] };
      assert.equal(await newest(row(at, { ...more, targetResources: [other] })), undefined);
    });

    it('is not one when the person became the manager of somebody', async () => {
      const targets = [
        { id: idOf('engineer'), type: 'User', modifiedProperties: managerProperty },
        { id: leilani, type: 'User', modifiedProperties: [] },
      ];
      assert.equal(await newest(row(at, { targetResources: targets })), undefined);
    });

    it('is not one when it went wrong', async () => {
      assert.equal(await newest(row(at, { result: 'failure' })), undefined);
    });

    it('is found on a later page too, behind rows of any shape', async () => {
      answer([row('2026-11-20T10:00:00Z', { targetResources: null })], [], [row(at)]);
      assert.equal((await managerChangedSince(reader, leilani, since))?.toISOString(), iso);
      assert.equal(odd.seen.length, 3);
    });

    it('is not taken for none where the log cannot be read', async () => {
      odd.onRequest(() => refused(403, 'Authorization_RequestDenied'));
      const work = managerChangedSince(reader, leilani, since);
      assert.equal((await failureOf(work, odd.log)).code, 'graph.forbidden');
      answer([row('yesterday')]);
      const broken = managerChangedSince(reader, leilani, since);
      assert.equal((await failureOf(broken, odd.log)).code, 'graph.broken-answer');
    });
  });
});
