import assert from 'node:assert/strict';
import { day, hour, minute } from '../../src/base/clock.js';
import { parsePolicy } from '../../src/policy/parse-policy.js';
import { policyWith } from './change-starter.js';
import { starterAttesters, starterPolicy, starterText } from './starter-policy.js';

const security = '0e5f3a03-4c7d-4e2b-9b6a-1c8d5e2f7003';
const helpDesk = '0e5f3a04-4c7d-4e2b-9b6a-1c8d5e2f7004';
const engineer = '0e5f3a01-4c7d-4e2b-9b6a-1c8d5e2f7001';
const manager = '0e5f3a02-4c7d-4e2b-9b6a-1c8d5e2f7002';
const appOwner = '0e5f3a08-4c7d-4e2b-9b6a-1c8d5e2f7008';
const team = 'AA5F3A03-4C7D-4E2B-9B6A-1C8D5E2F70BB';

describe('the starter policy for recovery', () => {
  it('asks two people for members, three for privileged people, and stops what looks wrong', () => {
    assert.deepEqual(starterPolicy().recovery, {
      attestations: { members: 1, privileged: 2 },
      attesters: {
        [engineer]: [appOwner],
        [manager]: [appOwner, helpDesk],
        [helpDesk]: [manager, appOwner],
      },
      managerChangedWithin: 14 * day,
      coolDown: 12 * hour,
      triesADay: 3,
      pass: { longest: hour, once: 'privileged' },
      block: ['manager-changed', 'risky-sign-in'],
      flagsLookBack: 30 * day,
      escalateAfter: [30 * minute, 2 * hour],
      helpDesk: [helpDesk, security],
      security: [security],
      hireWindow: 14 * day,
    });
  });
});

describe('a rule for recovery', () => {
  for (const capability of ['off', 'notify', 'act'] as const) {
    it(`may switch the flow: ${capability}`, () => {
      const { flows } = policyWith('flows', 'recovery: act', `recovery: ${capability}`);
      assert.equal(flows.recovery, capability);
    });
  }

  it('may name others who vouch, by person or by group', () => {
    const to = `attesters:\n    ${team}: [${security.toUpperCase()}, ${helpDesk}]`;
    const { recovery } = policyWith('recovery', starterAttesters, to);
    assert.deepEqual(recovery.attesters, { [team.toLowerCase()]: [security, helpDesk] });
  });

  it('may name no others who vouch, in every way of saying so', () => {
    for (const none of ['attesters: {}', 'attesters:', '']) {
      assert.deepEqual(policyWith('recovery', starterAttesters, none).recovery.attesters, {});
    }
  });

  it('may ask as many people for members as for privileged people', () => {
    const { recovery } = policyWith('recovery', 'members: 1, privileged: 2', 'members: 3, privileged: 3');
    assert.deepEqual(recovery.attestations, { members: 3, privileged: 3 });
  });

  for (const once of ['always', 'privileged', 'never'] as const) {
    it(`may make passes for one sign-in: ${once}`, () => {
      assert.equal(policyWith('recovery', 'once: privileged', `once: ${once}`).recovery.pass.once, once);
    });
  }

  for (const [text, longest] of [
    ['10m', 10 * minute],
    ['1d', day],
  ] as const) {
    it(`may let a pass be good for ${text}`, () => {
      const { recovery } = policyWith('recovery', 'longest: 1h', `longest: ${text}`);
      assert.equal(recovery.pass.longest, longest);
    });
  }

  it('may stop at every sign, or at none', () => {
    const all = [
      'manager-changed',
      'risky-sign-in',
      'method-changed',
      'repeated',
      'new-location',
      'opened-by-other',
    ];
    const block = 'block: [manager-changed, risky-sign-in]';
    const more = policyWith('recovery', block, `block: [${all.join(', ')}]`);
    assert.deepEqual(more.recovery.block, all);
    assert.deepEqual(policyWith('recovery', block, 'block: []').recovery.block, []);
  });

  it('may tell of a case once only, or at the same pace again and again', () => {
    const after = 'escalateAfter: [30m, 2h]';
    assert.deepEqual(policyWith('recovery', after, 'escalateAfter: [1h]').recovery.escalateAfter, [hour]);
    const same = policyWith('recovery', after, 'escalateAfter: [1h, 1h]');
    assert.deepEqual(same.recovery.escalateAfter, [hour, hour]);
  });

  it('says where it stands', () => {
    const read = parsePolicy(starterText());
    assert.ok(read.kind === 'ok');
    const line =
      starterText()
        .split('\n')
        .findIndex((each) => each.startsWith('  coolDown:')) + 1;
    assert.equal(read.whereIs('recovery.coolDown').line, line);
  });
});
