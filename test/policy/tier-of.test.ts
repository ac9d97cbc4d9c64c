import assert from 'node:assert/strict';
import type { Policy } from '../../src/policy/policy.js';
import { tierOf } from '../../src/policy/tier-of.js';
import { starterPolicy } from './starter-policy.js';

const packageId = '11111111-aaaa-4aaa-8aaa-000000000001';
const catalogId = '11111111-aaaa-4aaa-8aaa-000000000002';
const groupId = '11111111-aaaa-4aaa-8aaa-000000000003';
const applicationId = '11111111-aaaa-4aaa-8aaa-000000000004';
const azureRoleId = '11111111-aaaa-4aaa-8aaa-000000000005';

const policy: Policy = {
  ...starterPolicy(),
  defaultTier: 'standard',
  assigned: {
    packages: { [packageId]: 'privileged' },
    catalogs: { [catalogId]: 'sensitive' },
    groups: { [groupId]: 'privileged' },
    roles: {},
    applications: { [applicationId]: 'sensitive' },
    azureRoles: { [azureRoleId]: 'privileged' },
  },
};

describe('the tier of something', () => {
  it('is that of its own line first', () => {
    const { tier, basis } = tierOf(policy, { kind: 'package', id: packageId, catalogId });
    assert.equal(tier.name, 'privileged');
    assert.deepEqual(basis, [`assigned.packages.${packageId}`, 'tiers.privileged']);
  });

  it('is that of its catalog where it has no line of its own', () => {
    const { tier, basis } = tierOf(policy, { kind: 'package', id: groupId, catalogId });
    assert.equal(tier.name, 'sensitive');
    assert.deepEqual(basis, [`assigned.catalogs.${catalogId}`, 'tiers.sensitive']);
  });

  it('is the default where nothing names it', () => {
    const { tier, basis } = tierOf(policy, { kind: 'package', id: groupId });
    assert.equal(tier.name, 'standard');
    assert.deepEqual(basis, ['defaultTier', 'tiers.standard']);
  });

  it('does not take an id of another kind of thing for its own', () => {
    assert.equal(tierOf(policy, { kind: 'role', id: groupId }).tier.name, 'standard');
    assert.equal(tierOf(policy, { kind: 'group', id: groupId }).tier.name, 'privileged');
  });

  it('is that of the line of an application', () => {
    const { tier, basis } = tierOf(policy, { kind: 'application', id: applicationId });
    assert.equal(tier.name, 'sensitive');
    assert.deepEqual(basis, [`assigned.applications.${applicationId}`, 'tiers.sensitive']);
    assert.equal(tierOf(policy, { kind: 'group', id: applicationId }).tier.name, 'standard');
  });

  it('is that of the line of an Azure role, which is no role of Entra', () => {
    const { tier, basis } = tierOf(policy, { kind: 'azure-role', id: azureRoleId.toUpperCase() });
    assert.equal(tier.name, 'privileged');
    assert.deepEqual(basis, [`assigned.azureRoles.${azureRoleId}`, 'tiers.privileged']);
    assert.equal(tierOf(policy, { kind: 'role', id: azureRoleId }).tier.name, 'standard');
  });

  it('takes capitals for small letters', () => {
    assert.equal(tierOf(policy, { kind: 'package', id: packageId.toUpperCase() }).tier.name, 'privileged');
  });

  it('finds nothing under the names that every object has', () => {
    for (const id of ['constructor', '__proto__', 'toString']) {
      assert.deepEqual(tierOf(policy, { kind: 'package', id }).basis[0], 'defaultTier');
    }
  });
});
