import assert from 'node:assert/strict';
import { type Reviewed, reviewTier, subjectOfItem } from '../../../src/flows/reviews/tier.js';
import { asDecision } from '../../../src/graph/review-decision.js';
import type { Policy } from '../../../src/policy/policy.js';
import { starterPolicy } from '../../policy/starter-policy.js';

const starter = starterPolicy();
const policy: Policy = {
  ...starter,
  defaultTier: 'sensitive',
  assigned: {
    packages: { 'package-1': 'standard' },
    catalogs: { 'catalog-1': 'privileged' },
    groups: { 'group-1': 'standard', 'role-1': 'standard' },
    roles: { 'role-1': 'privileged' },
    applications: { 'app-1': 'privileged' },
    azureRoles: {},
  },
};

const tierName = (reviewed: Reviewed): string => reviewTier(policy, reviewed).tier.name;

describe('how much care a review needs', () => {
  const cases: readonly (readonly [string, Reviewed, string])[] = [
    [
      'a package of a catalog that needs most care',
      { kind: 'package', id: 'package-2', name: '', catalogId: 'catalog-1' },
      'privileged',
    ],
    [
      'a package that is named itself, whatever its catalog',
      { kind: 'package', id: 'package-1', name: '', catalogId: 'catalog-1' },
      'standard',
    ],
    ['a package whose catalog nobody knows', { kind: 'package', id: 'package-2', name: '' }, 'sensitive'],
    ['a role, and not the group with the same id', { kind: 'role', id: 'role-1', name: '' }, 'privileged'],
    ['an application', { kind: 'application', id: 'app-1', name: '' }, 'privileged'],
    [
      'a group under Privileged Identity Management',
      { kind: 'pim-group', id: 'group-1', name: '' },
      'standard',
    ],
    ['what cannot be named', { kind: 'other', id: '', name: '' }, 'sensitive'],
  ];
  for (const [what, reviewed, tier] of cases) {
    it(`${what}: ${tier}`, () => assert.equal(tierName(reviewed), tier));
  }

  it('names the line of the policy that says so', () => {
    const { basis } = reviewTier(policy, { kind: 'package', id: 'x', name: '', catalogId: 'catalog-1' });
    assert.deepEqual(basis, ['assigned.catalogs.catalog-1', 'tiers.privileged']);
  });
});

describe('a review of several things', () => {
  const several: Reviewed = { kind: 'other', id: '', name: 'Everything guests have' };
  const item = (resource: object | undefined) => asDecision({ id: 'd1', resource });

  const cases: readonly (readonly [object, Reviewed, string])[] = [
    [
      { id: 'role-1', displayName: 'Security Administrator', type: 'directoryRole' },
      { kind: 'role', id: 'role-1', name: 'Security Administrator' },
      'privileged',
    ],
    [
      { id: 'app-1', displayName: 'Connector', type: 'servicePrincipal' },
      { kind: 'application', id: 'app-1', name: 'Connector' },
      'privileged',
    ],
    [
      { id: 'group-1', displayName: 'Chat', type: 'Group' },
      { kind: 'group', id: 'group-1', name: 'Chat' },
      'standard',
    ],
    [
      { id: 'thing-1', displayName: 'Something new', type: 'somethingNew' },
      { kind: 'other', id: 'thing-1', name: 'Something new' },
      'sensitive',
    ],
  ];
  for (const [resource, subject, tier] of cases) {
    it(`takes the tier of what an item is about: ${subject.kind} ${subject.name}, ${tier}`, () => {
      const found = subjectOfItem(several, item(resource));
      assert.deepEqual(found, subject);
      assert.equal(tierName(found), tier);
    });
  }

  it('of an item that does not say what it is about takes the default', () => {
    assert.equal(tierName(subjectOfItem(several, item(undefined))), 'sensitive');
  });

  it('is not meant where the review is about one thing: that stands above what an item says', () => {
    const one: Reviewed = { kind: 'package', id: 'x', name: 'P', catalogId: 'catalog-1' };
    const named = item({ id: 'group-1', displayName: 'Chat', type: 'group' });
    assert.deepEqual(subjectOfItem(one, named), one);
    assert.equal(tierName(subjectOfItem(one, named)), 'privileged');
  });
});
