import assert from 'node:assert/strict';
import { isoDuration, isoMinutes } from '../../src/base/iso-duration.js';
import { asActivationRules } from '../../src/graph/pim/activation-policy.js';
import { askState } from '../../src/graph/pim/ask-state.js';

const ada = 'aa000000-0000-4000-8000-00000000000a';
const createdAt = '2026-11-21T09:00:02Z';

describe('a length of time', () => {
  for (const [text, minutes] of [
    ['PT8H', 480],
    ['PT30M', 30],
    ['P1D', 1440],
    ['P1DT2H', 1560],
    ['PT480M', 480],
    ['PT90S', 1],
    ['pt1h30m', 90],
    ['', 0],
    ['P', 0],
    ['8h', 0],
    ['P1M', 0],
    ['PT-1H', 0],
  ] as const)
    it(`of "${text}" is ${minutes} minutes`, () => assert.equal(isoMinutes(text), minutes));

  it('is written as it is read', () => {
    for (const minutes of [1, 30, 60, 90, 480, 1440]) assert.equal(isoMinutes(isoDuration(minutes)), minutes);
    assert.equal(isoDuration(1440), 'PT24H');
    for (const odd of [0, -5, 1.5, Number.NaN]) assert.throws(() => isoDuration(odd), TypeError);
  });
});

describe('the state of a request', () => {
  const now = { createdAt, startsAt: '2026-11-21T09:00:00Z' };
  for (const [status, state] of [
    ['PendingApproval', 'waiting'],
    ['pendingApproval', 'waiting'],
    ['PendingAdminDecision', 'waiting'],
    ['Granted', 'provisioning'],
    ['PendingProvisioning', 'provisioning'],
    ['PendingScheduleCreation', 'provisioning'],
    ['ScheduleCreated', 'provisioning'],
    ['Accepted', 'provisioning'],
    ['Provisioned', 'active'],
    ['Denied', 'denied'],
    ['AdminDenied', 'denied'],
    ['Canceled', 'cancelled'],
    ['TimedOut', 'expired'],
    ['Failed', 'failed'],
    ['FailedAsResourceIsLocked', 'failed'],
    ['Revoked', 'revoked'],
    ['SomethingNew', 'other'],
    ['', 'other'],
  ] as const)
    it(`is ${state} when Entra says "${status}"`, () => assert.equal(askState(status, now), state));

  it('is scheduled when it begins some day, and only then', () => {
    const later = { createdAt, startsAt: '2026-11-22T09:00:00Z' };
    assert.equal(askState('Granted', later), 'scheduled');
    assert.equal(askState('Granted', { createdAt, startsAt: undefined }), 'provisioning');
    assert.equal(askState('PendingApproval', later), 'waiting');
    assert.equal(askState('Provisioned', later), 'active');
    assert.equal(askState('Granted', { createdAt: '', startsAt: 'soon' }), 'provisioning');
  });
});

describe('the rules of a role', () => {
  const rules = (setting: unknown, more: readonly unknown[] = []) => [
    { id: 'Expiration_Admin_Eligibility', maximumDuration: 'P365D' },
    { id: 'Expiration_EndUser_Assignment', isExpirationRequired: true, maximumDuration: 'PT4H' },
    { id: 'Enablement_Admin_Assignment', enabledRules: ['MultiFactorAuthentication'] },
    { id: 'enablement_enduser_assignment', enabledRules: ['justification', 'Ticketing'] },
    { id: 'AuthenticationContext_EndUser_Assignment', isEnabled: true, claimValue: 'c1' },
    { id: 'Approval_EndUser_Assignment', setting },
    ...more,
  ];
  const stage = (...primaryApprovers: readonly unknown[]) => ({
    isApprovalRequired: true,
    approvalMode: 'SingleStage',
    approvalStages: [
      { approvalStageTimeOutInDays: 1, isApproverJustificationRequired: true, primaryApprovers },
    ],
  });

  it('are those for whoever activates', () => {
    assert.deepEqual(asActivationRules(rules(stage())), {
      longest: 240,
      reason: true,
      ticket: true,
      mfa: false,
      context: 'c1',
      approval: { required: true, approvers: [], approverReason: true, days: 1 },
    });
  });

  it('name approvers in three spellings', () => {
    const group = 'BB000000-0000-4000-8000-00000000000B';
    const approvers = [
      { '@odata.type': '#microsoft.graph.singleUser', userId: ada },
      { '@odata.type': '#microsoft.graph.groupMembers', groupId: group },
      { '@odata.type': '#microsoft.graph.singleUser', id: ada, isBackup: false, description: 'Ada' },
      { '@odata.type': '#microsoft.graph.groupMembers', id: group },
      { id: ada, userType: 'User', isBackup: false },
      { id: group, userType: 'Group' },
      { '@odata.type': '#microsoft.graph.requestorManager', managerLevel: 1 },
      { '@odata.type': '#microsoft.graph.externalSponsors' },
    ];
    const { approval } = asActivationRules(rules(stage(...approvers)));
    const user = { kind: 'user', id: ada };
    const members = { kind: 'group', id: group.toLowerCase() };
    assert.deepEqual(approval.required && approval.approvers, [
      ...[user, members, user, members, user, members],
      { kind: 'manager', level: 1, of: 'requestor' },
      { kind: 'other', type: 'externalSponsors' },
    ]);
  });

  it('need no approval where none is required, whoever is listed', () => {
    const setting = { ...stage({ id: ada, userType: 'User' }), isApprovalRequired: false };
    assert.deepEqual(asActivationRules(rules(setting)).approval, { required: false });
    assert.deepEqual(asActivationRules([null, 7, {}]), {
      ...{ longest: 0, reason: false, ticket: false, mfa: false, context: '' },
      approval: { required: false },
    });
  });

  it('demand no context that is switched off', () => {
    const off = { id: 'AuthenticationContext_EndUser_Assignment', isEnabled: false, claimValue: 'c1' };
    assert.equal(asActivationRules([off]).context, '');
  });
});
