import assert from 'node:assert/strict';
import { chatUsers, stalePilot } from '../../practice/world/groups.js';
import { accessPackages } from '../../practice/world/packages.js';
import { submitRequest } from '../../src/graph/entitlement.js';
import { deliveredAssignments, groupsGrantedBy, packagesGranting } from '../../src/graph/package-holders.js';
import { until } from '../support/until.js';
import { idOf, openPracticeGraph, type PracticeGraph } from './practice-graph.js';

describe('access packages and who holds them, read by the bot', () => {
  let practice: PracticeGraph;
  before(async () => {
    practice = await openPracticeGraph();
  });
  after(() => practice.close());

  it('are found by the group they open', async () => {
    for (const { groupId } of accessPackages) {
      if (groupId === undefined) continue;
      const expected = accessPackages.filter((one) => one.groupId === groupId);
      const found = await packagesGranting(practice.reader, groupId.toUpperCase());
      assert.deepEqual(
        found.map(({ id, name }) => [id, name]),
        expected.map(({ id, displayName }) => [id, displayName]),
      );
      assert.ok(found.every(({ catalogId }) => catalogId !== undefined));
    }
    assert.ok((await packagesGranting(practice.reader, chatUsers.id)).length > 0);
    assert.deepEqual(await packagesGranting(practice.reader, stalePilot.id), []);
  });

  it('are known by person from the day they were delivered', async () => {
    const open =
      accessPackages.find(({ policy }) => policy.stages.length === 0) ?? assert.fail('no open package');
    const engineer = await practice.as('engineer', 'EntitlementMgmt-SubjectAccess.ReadWrite');
    const people = [idOf('engineer'), idOf('manager')];
    const held = async () =>
      (await deliveredAssignments(practice.reader, people)).get(idOf('engineer')) ?? [];
    const wish = { packageId: open.id, policyId: open.policy.id, targetId: idOf('engineer') };
    await submitRequest(engineer, { ...wish, justification: 'For the pilot.', landed: async () => false });
    const found = await until('the package to be delivered', async () =>
      (await held()).find(({ packageId }) => packageId === open.id),
    );
    assert.equal(found.packageName, open.displayName);
    assert.ok(!Number.isNaN(Date.parse(found.since)));
    assert.ok((await deliveredAssignments(practice.reader, people)).has(idOf('manager')));
  });

  it('give membership, which is not ownership and not another kind of access', () => {
    const scope = (originId: string, originSystem = 'AadGroup') => ({ originId, originSystem });
    const grants = [
      { role: { originId: 'Member_G1' }, scope: scope('G1') },
      { role: { originId: 'Owner_G2' }, scope: scope('G2') },
      { role: { originId: 'Member_S3' }, scope: scope('S3', 'SharePointOnline') },
      { role: null, scope: null },
      null,
      { role: { originId: 'Member_G4' }, scope: null },
    ];
    assert.deepEqual(groupsGrantedBy({ resourceRoleScopes: grants }), ['g1']);
    for (const odd of [undefined, null, {}, { resourceRoleScopes: null }])
      assert.deepEqual(groupsGrantedBy(odd), []);
  });
});
