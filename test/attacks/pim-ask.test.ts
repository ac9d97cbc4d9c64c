import assert from 'node:assert/strict';
import { verifyRecord } from '../../src/audit/verify.js';
import { cardOf, readIn, refOf } from '../support/on-card.js';
import { goodReason, openPimStage, type PimStage } from '../support/pim-stage.js';
import type { Entry } from '../support/remote-control.js';
import { until } from '../support/until.js';
import { type Attack, plainCardOf } from './attack.js';
import { attackOnRoles } from './pim-attack.js';

const typed = {
  minutes: '60',
  reason: goodReason,
  ticketSystem: 'ServiceNow',
  ticketNumber: 'INC-4711',
  startDate: '',
  startTime: '',
};
const unknownId = '00000000-1111-4222-8333-444444444444';

/** A role that is not theirs, however it is named; nobody gets a form for it, and so nothing to send. */
describe('a role that somebody may not activate', () => {
  let stage: PimStage;
  let attack: Attack;
  before(async () => {
    stage = await openPimStage();
    attack = attackOnRoles(stage);
  });
  after(async () => {
    const verdict = await verifyRecord(stage.store());
    await stage.close();
    assert.equal(verdict.kind, 'intact');
  });

  for (const [person, key] of [
    ['finance', 'ai-admin'],
    ['finance', 'platform-admins'],
    ['guest', 'security-admin'],
    ['manager', 'platform-admins'],
    ['helpdesk', 'exchange-admin'],
    ['finance', 'cognitive'],
  ] as const) {
    it(`${person} opens the form of ${key}`, async () => {
      const { code, text } = await attack(person, 'pim.form', { role: await stage.data(key) });
      assert.equal(code, 'pim.not-eligible', text);
    });
  }

  const changed: readonly (readonly [string, string, object])[] = [
    ['for the whole directory instead of their part of it', 'groups-admin', { scope: '/' }],
    ['for another part of the directory', 'groups-admin', { scope: `/administrativeUnits/${unknownId}` }],
    [
      'for a part of the directory instead of the whole',
      'security-admin',
      { scope: '/administrativeUnits/x' },
    ],
    ['as owner instead of member', 'platform-admins', { scope: 'owner' }],
    ['with a scope that does not exist', 'platform-admins', { scope: 'everything' }],
    ['of another id', 'ai-admin', { id: unknownId }],
    ['of the same id, called a group', 'ai-admin', { kind: 'group', scope: 'member' }],
    ['of a group, called a role', 'platform-admins', { kind: 'role', scope: '/' }],
    ['at the subscription above it', 'cognitive', { scope: '/subscriptions/x' }],
    ['at the root of Azure', 'blob-reader', { scope: '/' }],
    ['of an Azure role, called one of Entra', 'cognitive', { kind: 'role', scope: '/' }],
    ['with a path in its id', 'ai-admin', { id: '../../users' }],
    ['with a filter in its id', 'ai-admin', { id: "x' or principalId ne '" }],
    ['with a query in its scope', 'cognitive', { scope: '/subscriptions/x?api-version=1#' }],
    ['named like a property of everything', 'ai-admin', { id: '__proto__' }],
    ['at a place named like a property of everything', 'ai-admin', { scope: 'constructor' }],
  ];
  for (const [what, key, more] of changed) {
    it(`a role of their own, ${what}`, async () => {
      const { code, text } = await attack('engineer', 'pim.form', {
        role: { ...(await stage.data(key)), ...more },
      });
      assert.equal(code, 'pim.not-eligible', text);
    });
  }

  it('an emergency role that is not theirs, asked for without a form', async () => {
    for (const [person, more] of [
      ['finance', {}],
      ['guest', {}],
      ['engineer', { scope: '/administrativeUnits/x' }],
    ] as const) {
      const role = { ...(await stage.data('security-admin')), ...more };
      const { code } = await attack(person, 'pim.ask', { role, ...typed });
      assert.equal(code, 'pim.not-eligible');
    }
  });

  it('a role that is no emergency one, asked for without a form: the form is shown, and nothing is sent', async () => {
    const before = (await stage.sent()).length;
    const data = { role: await stage.data('ai-admin'), ...typed };
    const answer = await stage.press('engineer', await plainCardOf(stage, 'engineer'), 'pim.ask', data);
    assert.match(readIn(answer), /^Ask for AI Administrator/);
    assert.equal((await stage.sent()).length, before);
  });

  it('another person’s form', async () => {
    const ref = refOf((await stage.form('engineer', 'security-admin')).card);
    for (const person of ['finance', 'security', 'guest']) {
      const { code } = await attack(person, 'pim.ask', { ref, ...typed });
      assert.equal(code, 'flows.not-your-card');
      const again = await attack(person, 'pim.form', { again: ref });
      assert.equal(again.code, 'flows.not-your-card');
    }
  });

  it('an eligibility that ended between form and click', async () => {
    await stage.post('/pim/eligible', { person: 'finance', target: 'security-admin', eligible: true });
    const { id } = await stage.form('finance', 'security-admin');
    await stage.post('/pim/eligible', { person: 'finance', target: 'security-admin', eligible: false });
    const { code, text } = await attack('finance', 'pim.ask', typed, id);
    assert.equal(code, 'pim.not-eligible');
    assert.match(text, /not eligible for this role, or not any more/);
  });

  it('an eligibility that ends between our look and Entra’s own', async () => {
    await stage.post('/pim/eligible', { person: 'finance', target: 'security-admin', eligible: true });
    const { id } = await stage.form('finance', 'security-admin');
    const check = { service: 'graph', method: 'POST', path: '/roleAssignmentScheduleRequests' };
    await stage.fault({ match: check, do: { delayMs: 600 } });
    const before = (await stage.refusals()).length;
    const writes = (await stage.sent()).length;
    const pressed = stage.press('finance', id, 'pim.ask', typed);
    await until('Entra’s check under way', async () =>
      (await stage.requests('graph')).some(
        ({ method, path, status }) => method === 'POST' && path.includes(check.path) && status === 0,
      ),
    );
    await stage.post('/pim/eligible', { person: 'finance', target: 'security-admin', eligible: false });
    assert.match(readIn(await pressed), /not eligible for this role, or not any more/);
    assert.deepEqual((await stage.refusals()).slice(before), ['pim.not-eligible']);
    assert.equal((await stage.sent()).length, writes);
  });

  it('a guest, though Entra made them eligible, where our policy wants no guests', async () => {
    await stage.post('/pim/eligible', { person: 'guest', target: 'security-admin', eligible: true });
    const { id } = await stage.form('guest', 'security-admin');
    const { code, text } = await attack('guest', 'pim.ask', typed, id);
    assert.equal(code, 'pim.no-guests');
    assert.match(text, /Guests do not activate this role here/);
  });

  it('somebody who has the role all the time', async () => {
    const { code, text } = await attack('engineer', 'pim.form', {
      role: { kind: 'group', id: (await stage.data('incident-owner')).id, scope: 'member' },
    });
    assert.match(code ?? '', /^pim\.(stands|not-eligible)$/, text);
  });
});

/** Values that no field of the form lets through. */
describe('a form that was changed on its way', () => {
  let stage: PimStage;
  let attack: Attack;
  let form: Entry;
  before(async () => {
    stage = await openPimStage();
    attack = attackOnRoles(stage);
    form = await stage.form('engineer', 'security-admin');
  });
  after(() => stage.close());

  const values: readonly (readonly [string, object])[] = [
    ['longer than our tier allows', { minutes: '480' }],
    ['a minute longer than allowed', { minutes: '121' }],
    ['four minutes', { minutes: '4' }],
    ['no time at all', { minutes: '' }],
    ['a negative time', { minutes: '-60' }],
    ['half a minute', { minutes: '60.5' }],
    ['a time in another notation', { minutes: '1e2' }],
    ['a hexadecimal time', { minutes: '0x3c' }],
    ['a time in words', { minutes: 'PT1H' }],
    ['a start that has passed', { startDate: '2020-01-01', startTime: '09:00' }],
    ['a start in a hundred years', { startDate: '2126-01-01', startTime: '09:00' }],
    ['a start on a day that does not exist', { startDate: '2027-02-31', startTime: '09:00' }],
    ['a start at an hour that does not exist', { startDate: '2027-02-01', startTime: '25:00' }],
    ['a day without a time', { startDate: '2027-02-01', startTime: '' }],
    ['a day that is a sentence', { startDate: 'tomorrow', startTime: 'noon' }],
    ['a reason made of blanks', { reason: ' '.repeat(60) }],
    ['a reason made of empty words', { reason: 'please please please asap urgent please please asap test' }],
    ['a ticket of another form', { ticketNumber: 'INC 4711; DROP TABLE' }],
    ['a ticket without a system', { ticketSystem: '', ticketNumber: 'INC-4711' }],
    ['a ticket without an end', { ticketNumber: `INC-${'1'.repeat(150)}` }],
  ];
  for (const [what, more] of values) {
    it(`${what} is sent back with a word at its field`, async () => {
      const { code, text } = await attack('engineer', 'pim.ask', {
        ref: refOf(form.card),
        ...typed,
        ...more,
      });
      assert.equal(code, 'pim.form', text);
      assert.match(text, /Security Administrator/);
    });
  }

  it('longer than our tier allows, where Entra would allow it', async () => {
    const { id } = await stage.form('engineer', 'exchange-admin');
    const { code, text } = await attack('engineer', 'pim.ask', { ...typed, minutes: '300' }, id);
    assert.equal(code, 'pim.form');
    assert.match(text, /longer than this role allows/);
  });

  it('a role, a person, a length and an approval of their own in the card’s data: the form’s own role is asked for', async () => {
    const smuggled = {
      role: await stage.data('ai-admin'),
      kind: 'role',
      id: (await stage.data('ai-admin')).id,
      scope: '/x',
      principalId: stage.idOf('manager'),
      personId: stage.idOf('manager'),
      approval: false,
      renew: true,
      known: [],
      requestId: unknownId,
      action: 'adminAssign',
    };
    const before = (await stage.sent()).length;
    const answer = await stage.press('engineer', form.id, 'pim.ask', {
      ref: refOf(form.card),
      ...typed,
      ...smuggled,
    });
    cardOf(answer);
    const [write, ...more] = (await stage.sent()).slice(before);
    assert.deepEqual(more, []);
    const { action, principalId, roleDefinitionId, directoryScopeId } = (write?.body ?? {}) as Record<
      string,
      string
    >;
    assert.deepEqual(
      { action, principalId, id: roleDefinitionId, scope: directoryScopeId },
      { action: 'selfActivate', principalId: stage.idOf('engineer'), ...(await rest('security-admin')) },
    );
  });

  const rest = async (key: string) => {
    const { id, scope } = await stage.data(key);
    return { id, scope };
  };
});
