import assert from 'node:assert/strict';
import { elevatedPackage, standardPackage } from '../../practice/world/packages.js';
import { isAppError } from '../../src/base/errors.js';
import {
  approvalStages,
  decideApprovalStage,
  listRequestable,
  myRequests,
  packageById,
  pendingRequests,
  policiesOfPackage,
  policyById,
  policyOf,
  type RequestInfo,
  requestById,
  requestsByIds,
  requirementsFor,
  submitRequest,
} from '../../src/graph/entitlement.js';
import type { GraphAs } from '../../src/graph/graph.js';
import { until } from '../support/until.js';
import { actorOf, idOf, openPracticeGraph, type PracticeGraph } from './practice-graph.js';

const own = 'EntitlementMgmt-SubjectAccess.ReadWrite';
const all = 'EntitlementManagement.ReadWrite.All';

describe('access packages, with the rights of the person who clicks', () => {
  let practice: PracticeGraph;
  let engineer: GraphAs;
  let manager: GraphAs;

  beforeEach(async () => {
    practice = await openPracticeGraph();
    engineer = await practice.as('engineer', own);
    manager = await practice.as('manager', all);
  });
  afterEach(() => practice.close());

  const ask = (landed = async (): Promise<boolean> => false) =>
    submitRequest(engineer, {
      packageId: standardPackage.id,
      policyId: standardPackage.policy.id,
      targetId: idOf('engineer'),
      justification: 'For the retrieval project.',
      landed,
    });
  const pending = async (): Promise<RequestInfo> => {
    await ask();
    return until('the request to wait for approval', async () => {
      for await (const page of pendingRequests(practice.reader)) if (page[0] !== undefined) return page[0];
      return undefined;
    });
  };

  it('are offered to those who may ask, with what Entra wants to know', async () => {
    const offered = await listRequestable(engineer);
    assert.ok(
      offered.some(({ id, name }) => id === standardPackage.id && name === standardPackage.displayName),
    );
    const [requirement] = await requirementsFor(engineer, standardPackage.id);
    assert.equal(requirement?.policyId, standardPackage.policy.id);
    assert.equal(requirement?.reasonRequired, true);
    assert.equal(requirement?.lasts, 'P180D');
    assert.deepEqual(await requirementsFor(await practice.as('guest', own), standardPackage.id), []);
  });

  it('are asked for once, and the requester finds the request with a small permission', async () => {
    const made = await ask();
    assert.equal(made?.state, 'submitted');
    const [mine] = await myRequests(engineer);
    assert.equal(mine?.id, made?.id);
    const read = await requestById(practice.reader, made?.id ?? '');
    assert.equal(read.requestorId, idOf('engineer'), 'the person, not the record of the subject');
    assert.equal(mine?.packageId, standardPackage.id);
    await assert.rejects(requestById(engineer, made?.id ?? ''), { code: 'graph.forbidden' });
  });

  it('are asked for once even if the answer gets lost on its way', async () => {
    await practice.visit.control('POST', '/faults', {
      match: { service: 'graph', method: 'POST', path: '/assignmentRequests' },
      do: { drop: true, afterEffect: true },
      times: 1,
    });
    const landed = async (): Promise<boolean> => (await myRequests(engineer)).length > 0;
    assert.equal(await ask(landed), undefined);
    assert.equal((await myRequests(engineer)).length, 1);
  });

  it('wait for the right people, whom the policy of the request names', async () => {
    const request = await pending();
    assert.equal(
      request.requestorName,
      (await practice.reader.get<{ displayName: string }>(`/users/${idOf('engineer')}`)).displayName,
    );
    const policy = await policyOf(practice.reader, request);
    assert.equal(policy.id, standardPackage.policy.id);
    assert.deepEqual(policy.stages[0]?.approvers, [{ kind: 'manager', level: 1, of: 'requestor' }]);
    assert.equal(policy.stages[0]?.fallback[0]?.kind, 'group');
    assert.deepEqual(await policyOf(practice.reader, { ...request, policyId: undefined }), policy);
    assert.deepEqual(await policiesOfPackage(practice.reader, standardPackage.id), [policy]);
    assert.equal((await policyById(practice.reader, elevatedPackage.policy.id)).lasts, 'P30D');
    assert.ok((await packageById(practice.reader, standardPackage.id)).catalogId);
  });

  it('are decided by the approver, and the stage says who it was and why', async () => {
    const request = await pending();
    const [stage] = await approvalStages(manager, request.id);
    assert.ok(stage?.assignedToMe && stage.status === 'InProgress' && stage.result === 'NotReviewed');
    assert.equal(stage.reviewedBy, undefined);
    const decision = { approvalId: request.id, stageId: stage.id, justification: 'Fits the project.' };
    await decideApprovalStage(manager, { ...decision, result: 'Approve' });
    const [decided] = await approvalStages(manager, request.id);
    assert.equal(decided?.result, 'Approved');
    assert.equal(decided.reviewedBy?.id, idOf('manager'));
    assert.equal(decided.justification, 'Fits the project.');
    await assert.rejects(decideApprovalStage(manager, { ...decision, result: 'Deny' }), {
      code: 'graph.conflict',
    });
    await until('the access to be delivered', async () => {
      const strange = '00000000-aaaa-4000-8000-000000000000';
      const found = await requestsByIds(practice.reader, [request.id, strange]);
      assert.equal(found.get(strange), 'gone');
      const seen = found.get(request.id);
      return seen !== 'gone' && seen?.state === 'delivered' && seen.completedAt !== undefined;
    });
  });

  it('are not decided by anybody else, the bot included', async () => {
    const request = await pending();
    const [stage] = await approvalStages(manager, request.id);
    const decision = {
      approvalId: request.id,
      stageId: stage?.id ?? '',
      result: 'Approve',
      justification: 'x',
    } as const;
    for (const key of ['finance', 'engineer']) {
      await assert.rejects(decideApprovalStage(await practice.as(key, all), decision), {
        code: 'graph.forbidden',
      });
    }
    assert.equal('patch' in practice.reader, false);
  });
});

describe('signing in for Graph', () => {
  let practice: PracticeGraph;
  beforeEach(async () => {
    practice = await openPracticeGraph();
  });
  afterEach(() => practice.close());

  it("refuses to act with somebody else's token", async () => {
    const { userTokens } = practice.identity;
    const stolen = await practice.visit.assertion('manager');
    await assert.rejects(userTokens.accept(actorOf('engineer'), stolen), { code: 'identity.token-refused' });
    await assert.rejects(userTokens.tokenFor(actorOf('engineer'), [own]), {
      code: 'identity.sign-in-needed',
    });
  });

  it('says when nobody has allowed the bot to act, and works once somebody has', async () => {
    const engineer = await practice.as('engineer', own);
    await practice.visit.control('POST', '/people/engineer/consent', { withdraw: [own] });
    await assert.rejects(myRequests(engineer), { code: 'identity.consent-needed' });
    await practice.visit.control('POST', '/people/engineer/consent', { grant: [own] });
    assert.deepEqual(await myRequests(engineer), []);
  });

  it('asks for a stronger sign-in where the tenant does, and goes on with the token that brings it', async () => {
    const engineer = await practice.as('engineer', own);
    await practice.visit.control('POST', '/people/engineer/step-up', { require: 'c1' });
    const claims = await myRequests(engineer).then(
      () => assert.fail('it should have asked'),
      (error: unknown) => {
        assert.ok(isAppError(error) && error.code === 'identity.step-up-needed');
        return String(error.detail.claims);
      },
    );
    const stronger = await practice.visit.assertion('engineer', claims);
    await practice.identity.userTokens.accept(engineer.actor, stronger);
    assert.deepEqual(await myRequests(engineer), []);
    assert.ok(!practice.log.heard().includes('eyJ'), 'no token in the log');
  });
});
