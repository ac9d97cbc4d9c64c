import assert from 'node:assert/strict';
import { evaluationSandbox, promptLibrary, redTeam, standardPackage } from '../../practice/world/packages.js';
import { personByKey } from '../../practice/world/people.js';
import { type EntitlementVisit, em, visitEntitlement } from './entitlement-visit.js';

interface Row {
  readonly activityDisplayName: string;
  readonly activityDateTime: string;
  readonly category: string;
  readonly result: string;
  readonly resultReason: string;
  readonly initiatedBy: { readonly user: { readonly id: string } | null };
  readonly targetResources: readonly { readonly id: string; readonly type: string }[];
}

const id = (key: string) => personByKey(key)?.id;

describe('practice Graph: audit log of access packages', () => {
  let visit: EntitlementVisit;
  before(async () => {
    visit = await visitEntitlement('engineer', 'manager', 'security', 'guest');
  });
  afterEach(() => visit.control('POST', '/reset'));
  after(() => visit.close());

  const rowsOf = async (request: string): Promise<readonly Row[]> => {
    await visit.later('PT30S');
    const filter = `loggedByService eq 'Entitlement Management' and targetResources/any(t:t/id eq '${request}')`;
    const path = `/v1.0/auditLogs/directoryAudits?$filter=${filter}&$orderby=activityDateTime asc`;
    return (await visit.as('app', 'GET', path)).body.value;
  };
  const names = (rows: readonly Row[]): string[] => rows.map(({ activityDisplayName: name }) => name);

  it('tells each step of a request with two approvals, who took it and why', async () => {
    const asked = (await visit.ask('engineer', redTeam)).body;
    await visit.decide('manager', asked.id, 'Approve', 'We need it');
    await visit.decide('security', asked.id, 'Approve', 'For 30 days');
    const rows = await rowsOf(asked.id);
    assert.deepEqual(names(rows), [
      'User requests access package assignment',
      'Approval stage completed for access package assignment request',
      'Approve access package assignment request',
      'Ready to fulfill access package assignment request',
      'Fulfill access package assignment request',
    ]);
    const [, first, second] = rows;
    assert.deepEqual([first?.initiatedBy.user?.id, first?.resultReason], [id('manager'), 'We need it']);
    assert.deepEqual([second?.initiatedBy.user?.id, second?.resultReason], [id('security'), 'For 30 days']);
    assert.equal(first?.category, 'EntitlementManagement');
    const targets = first?.targetResources.map(({ type, id: target }) => [type, target]);
    assert.deepEqual(targets, [
      ['Request', asked.id],
      ['User', id('engineer')],
      ['AccessPackage', redTeam.id],
    ]);
  });

  it('tells of denials, by people and by time', async () => {
    const denied = (await visit.ask('engineer', standardPackage)).body;
    await visit.decide('manager', denied.id, 'Deny', 'Not now');
    const [, denial] = await rowsOf(denied.id);
    assert.deepEqual(
      [denial?.activityDisplayName, denial?.resultReason],
      ['Deny access package assignment request', 'Not now'],
    );
    const late = (await visit.ask('engineer', standardPackage)).body;
    await visit.later('P20D');
    const [, automatic] = await rowsOf(late.id);
    assert.equal(automatic?.activityDisplayName, 'Deny access package assignment request');
    assert.equal(automatic?.initiatedBy.user, null);
  });

  it('tells of deliveries that fail, of what is given back, taken back, and set for later', async () => {
    const failed = await rowsOf((await visit.ask('engineer', evaluationSandbox)).body.id);
    assert.deepEqual(names(failed).slice(1), [
      'Auto approve access package assignment request',
      'Ready to fulfill access package assignment request',
      'Failed access package assignment request',
    ]);
    assert.equal(failed.at(-1)?.result, 'failure');

    const { id: assignment } = (await visit.hold('guest', 'prompts', await visit.in(5))).body.assignments[0];
    const removal = { requestType: 'userRemove', assignment: { id: assignment } };
    const given = (await visit.as('guest', 'POST', `${em}/assignmentRequests`, removal)).body;
    assert.match(names(await rowsOf(given.id))[0] ?? '', /^User requests to remove/);
    await visit.hold('guest', 'prompts', await visit.in(5));
    const extended = (await visit.ask('guest', promptLibrary)).body;
    assert.match(names(await rowsOf(extended.id))[0] ?? '', /^User requests to extend/);

    const schedule = { startDateTime: await visit.in(3), expiration: null };
    const later = (await visit.ask('engineer', standardPackage, { schedule })).body;
    await visit.decide('manager', later.id);
    assert.equal(names(await rowsOf(later.id)).at(-1), 'Schedule a future access package assignment');
    await visit.as('engineer', 'POST', `${em}/assignmentRequests/${later.id}/cancel`);
    assert.equal(names(await rowsOf(later.id)).at(-1), 'Cancel access package assignment request');
  });

  it('keeps what was asked over a restart', async () => {
    const asked = (await visit.ask('engineer', redTeam)).body;
    await visit.decide('manager', asked.id);
    await visit.restart();
    await visit.later('P3D');
    const panel = await visit.control('GET', '/entra');
    const [request] = panel.body.requests;
    assert.equal(request.status, 'PendingApprovalEscalated');
    assert.equal(request.approvals[1].approvers.length, 2);
  });
});
