import assert from 'node:assert/strict';
import { asPackage, asRequirements } from '../../src/graph/access-package.js';
import { asPolicy } from '../../src/graph/access-policy.js';
import { asRequest, asStage } from '../../src/graph/access-request.js';

const nobody = '00000000-0000-0000-0000-000000000000';

describe('what Graph says about access packages', () => {
  it('is taken as it comes, with fields left out or null', () => {
    assert.deepEqual(asPackage({ id: 'AB', displayName: null }), {
      id: 'ab',
      name: '',
      description: '',
      catalogId: undefined,
    });
    const request = asRequest({
      id: 'R1',
      state: 'submitted',
      createdDateTime: null,
      assignment: null,
      requestor: null,
    });
    assert.equal(request.createdAt, '');
    assert.deepEqual(
      [request.policyId, request.requestorId, request.completedAt],
      [undefined, '', undefined],
    );
    const stage = asStage({ id: 's', status: null, reviewResult: null, reviewedBy: null });
    assert.deepEqual([stage.result, stage.assignedToMe, stage.reviewedBy], ['NotReviewed', false, undefined]);
  });

  it('means the same in upper and lower case, and a new word is kept', () => {
    assert.equal(asRequest({ id: 'r', state: 'PendingApproval' }).state, 'pendingApproval');
    assert.equal(asRequest({ id: 'r', state: 'pendingLunch' }).state, 'pendingLunch');
    assert.equal(asStage({ id: 's', reviewResult: 'approved', status: 'completed' }).result, 'Approved');
  });

  it('has several ways to say nobody', () => {
    for (const id of ['', nobody, null]) {
      const stage = asStage({ id: 's', reviewedBy: { id, displayName: '' } });
      assert.equal(stage.reviewedBy, undefined);
    }
  });

  it('means the person by objectId, not the record of the subject', () => {
    const request = asRequest({
      id: 'r',
      requestor: { id: 'record', objectId: 'PERSON', displayName: 'Ada' },
    });
    assert.equal(request.requestorId, 'person');
  });

  it('names approvers in several ways', () => {
    const type = (name: string) => ({ '@odata.type': `#microsoft.graph.${name}` });
    const policy = asPolicy({
      id: 'p',
      expiration: { type: 'afterDateTime', endDateTime: '2027-01-01T00:00:00Z', duration: null },
      requestApprovalSettings: {
        isApprovalRequiredForAdd: true,
        stages: [
          {
            primaryApprovers: [
              { ...type('singleUser'), userId: 'U1' },
              { ...type('singleUser'), id: 'U2' },
              { ...type('groupMembers'), groupId: 'G1' },
              { ...type('requestorManager'), managerLevel: 2 },
              { ...type('targetManager') },
              { ...type('internalSponsors') },
              { ...type('externalSponsors') },
              { ...type('targetUserSponsors') },
              { ...type('targetAgentIdentitySponsorsOrOwners') },
              { ...type('singleUser'), userId: nobody },
            ],
          },
        ],
      },
    });
    assert.equal(policy.lasts, '2027-01-01T00:00:00Z');
    assert.deepEqual(policy.stages[0]?.approvers, [
      { kind: 'user', id: 'u1' },
      { kind: 'user', id: 'u2' },
      { kind: 'group', id: 'g1' },
      { kind: 'manager', level: 2, of: 'requestor' },
      { kind: 'manager', level: 1, of: 'target' },
      { kind: 'sponsors', which: 'internal' },
      { kind: 'sponsors', which: 'external' },
      { kind: 'sponsors', which: 'own' },
      { kind: 'other', type: 'targetAgentIdentitySponsorsOrOwners' },
      { kind: 'other', type: 'singleUser' },
    ]);
  });

  it('has no stages where no approval is required, whatever else is written there', () => {
    const approval = { isApprovalRequiredForAdd: false, stages: [{ primaryApprovers: [] }] };
    assert.deepEqual(asPolicy({ id: 'p', requestApprovalSettings: approval }).stages, []);
    assert.deepEqual(asPolicy({ id: 'p' }).lasts, '');
  });

  it('asks besides, later, only where escalation is switched on', () => {
    const approver = { '@odata.type': '#microsoft.graph.singleUser', userId: 'U1' };
    const stage = {
      durationBeforeEscalation: 'P2D',
      escalationApprovers: [approver],
      fallbackEscalationApprovers: null,
    };
    const stages = [{ ...stage, isEscalationEnabled: true }, { ...stage, isEscalationEnabled: false }, {}];
    const policy = asPolicy({
      id: 'p',
      requestApprovalSettings: { isApprovalRequiredForAdd: true, stages },
    });
    assert.deepEqual(
      policy.stages.map(({ escalation }) => escalation),
      [{ after: 'P2D', approvers: [{ kind: 'user', id: 'u1' }], fallback: [] }, undefined, undefined],
    );
  });

  it('lets people ask for others only where that is switched on', () => {
    const onBehalfRequestors = [{ '@odata.type': '#microsoft.graph.targetManager', managerLevel: 1 }];
    const on = { onBehalfRequestors, enableOnBehalfRequestorsToAddAccess: true };
    const policyOf = (requestorSettings: unknown) => asPolicy({ id: 'p', requestorSettings });
    assert.deepEqual(policyOf(on).onBehalf, [{ kind: 'manager', level: 1, of: 'target' }]);
    for (const settings of [
      { ...on, enableOnBehalfRequestorsToAddAccess: false },
      { onBehalfRequestors },
      null,
    ]) {
      assert.deepEqual(policyOf(settings).onBehalf, []);
    }
    assert.equal(policyOf({ ...on, allowCustomAssignmentSchedule: true }).ownDates, true);
    assert.equal(policyOf(on).ownDates, false);
  });

  it('is a broken answer where the one thing is missing that we cannot do without', () => {
    for (const parse of [asPackage, asPolicy, asRequest, asStage]) {
      assert.throws(() => parse({ displayName: 'no id' }), { code: 'graph.broken-answer' });
    }
    assert.throws(() => asRequirements({}), { code: 'graph.broken-answer' });
  });
});
