import assert from 'node:assert/strict';
import { day, hour, minute } from '../../src/base/clock.js';
import { parsePolicy } from '../../src/policy/parse-policy.js';
import { tierOf } from '../../src/policy/tier-of.js';
import { policyWith } from './change-starter.js';
import { starterPolicy, starterText } from './starter-policy.js';

const securityAdministrator = '194ae4cb-b126-40b2-bd5b-6091b380977d';
const security = '0e5f3a03-4c7d-4e2b-9b6a-1c8d5e2f7003';
const manager = '0e5f3a02-4c7d-4e2b-9b6a-1c8d5e2f7002';

describe('the starter policy for just-in-time roles', () => {
  const policy = starterPolicy();

  it('gives less time with more care', () => {
    const { standard, sensitive, privileged } = policy.tiers;
    assert.deepEqual(
      [standard, sensitive, privileged].map(({ activation }) => activation),
      [
        { longest: 8 * hour, ticket: 'entra', lookBack: false },
        { longest: 4 * hour, ticket: 'entra', lookBack: false },
        { longest: 2 * hour, ticket: 'entra', lookBack: true },
      ],
    );
  });

  it('names who answers, who is told and what a ticket looks like', () => {
    const { tickets, ...pim } = policy.pim;
    assert.deepEqual(pim, {
      azure: true,
      emergency: [securityAdministrator],
      owners: { [securityAdministrator]: [security], 'd2562ede-74db-457e-a7b6-544e236ebb61': [manager] },
      security: [security],
      securityChannel: '19:securityroom@thread.tacv2',
      unusedAfter: 90 * day,
    });
    assert.deepEqual([tickets.systems, tickets.example], [['ServiceNow', 'Jira'], 'INC-4711']);
    assert.ok(tickets.pattern?.test('INC-4711'));
  });

  it('knows the roles of the practice tenant', () => {
    const tier = (kind: 'role' | 'azure-role', id: string) => tierOf(policy, { kind, id }).tier.name;
    assert.equal(tier('role', securityAdministrator), 'privileged');
    assert.equal(tier('role', 'd2562ede-74db-457e-a7b6-544e236ebb61'), 'privileged');
    assert.equal(tier('role', '11648597-926c-4cf3-9c36-bcebb0ba8dcc'), 'standard');
    assert.equal(tier('azure-role', '25fbc0a9-bd7c-42a3-aa1a-3b75d497ee68'), 'sensitive');
    assert.equal(tier('azure-role', '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1'), 'standard');
  });
});

describe('a rule for just-in-time roles', () => {
  for (const capability of ['off', 'notify', 'act'] as const) {
    it(`may switch the flow: ${capability}`, () => {
      assert.equal(policyWith('flows', 'pim: act', `pim: ${capability}`).flows.pim, capability);
    });
  }

  for (const [text, longest] of [
    ['24h', 24 * hour],
    ['1d', day],
    ['5h', 5 * hour],
  ] as const) {
    it(`may allow a window of ${text}`, () => {
      const { tiers } = policyWith('  standard', 'longest: 8h', `longest: ${text}`);
      assert.equal(tiers.standard.activation.longest, longest);
    });
  }

  it('may allow the same window in two tiers, and a very short one in the last', () => {
    assert.ok(policyWith('  sensitive', 'longest: 4h', 'longest: 8h'));
    const { tiers } = policyWith('  privileged', 'longest: 2h', 'longest: 5m');
    assert.equal(tiers.privileged.activation.longest, 5 * minute);
  });

  it('may ask for a ticket every time, and for no look back', () => {
    const always = policyWith('  privileged', 'ticket: entra', 'ticket: always');
    assert.equal(always.tiers.privileged.activation.ticket, 'always');
    const no = policyWith('  privileged', 'lookBack: true', 'lookBack: false');
    assert.equal(no.tiers.privileged.activation.lookBack, false);
  });

  it('may ask for a stronger sign-in', () => {
    for (const stepUp of ['c1', 'c99']) {
      const { tiers } = policyWith('  sensitive', 'ticket: entra', `ticket: entra\n      stepUp: ${stepUp}`);
      assert.equal(tiers.sensitive.activation.stepUp, stepUp);
      assert.ok(!('stepUp' in tiers.standard.activation));
    }
  });

  it('may do without a pattern, a channel, systems and an example', () => {
    assert.ok(!('pattern' in policyWith('pim', "pattern: '[A-Z]{2,5}-[0-9]{1,8}'", '').pim.tickets));
    const channel = 'securityChannel: "19:securityroom@thread.tacv2"';
    assert.ok(!('securityChannel' in policyWith('pim', channel, '').pim));
    assert.deepEqual(policyWith('pim', 'systems: [ServiceNow, Jira]', 'systems: []').pim.tickets.systems, []);
    assert.equal(policyWith('pim', 'example: INC-4711', 'example: ""').pim.tickets.example, '');
  });

  it('may name no emergencies and no owners', () => {
    const line = `emergency:\n    - ${securityAdministrator} # Security Administrator`;
    for (const none of ['emergency: []', 'emergency:', '']) {
      assert.deepEqual(policyWith('pim', line, none).pim.emergency, []);
    }
    const text = starterText();
    const start = text.indexOf('  owners:\n', text.indexOf('\npim:\n'));
    const end = text.indexOf('\n', text.indexOf('# AI Administrator', start));
    for (const none of ['  owners: {}', '  owners:', '']) {
      const read = parsePolicy(text.slice(0, start) + none + text.slice(end));
      assert.deepEqual(read.kind === 'ok' && read.policy.pim.owners, {});
    }
  });

  it('is read in small letters, whatever is written', () => {
    const { pim } = policyWith('pim', `security: [${security}]`, `security: [${security.toUpperCase()}]`);
    assert.deepEqual(pim.security, [security]);
    const id = securityAdministrator;
    assert.deepEqual(policyWith('pim', `- ${id}`, `- ${id.toUpperCase()}`).pim.emergency, [id]);
    assert.deepEqual(policyWith('  owners', `${id}: [`, `${id.toUpperCase()}: [`).pim.owners[id], [security]);
  });

  it('may name a channel of the older kind', () => {
    const { pim } = policyWith('pim', '@thread.tacv2', '@thread.skype');
    assert.equal(pim.securityChannel, '19:securityroom@thread.skype');
  });
});
