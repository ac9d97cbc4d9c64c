import assert from 'node:assert/strict';
import { z } from 'zod/v4';
import { applicationNeeds, delegatedNeeds } from '../../scripts/doctor/needs.js';
import { type Flow, verb } from '../../src/flows/flow.js';

const flow = (name: Flow['name'], scope: string): Flow => ({
  name,
  verbs: [
    verb({
      name: `${name}.look`,
      scopes: [scope],
      input: z.object({}),
      run: async () => ({ kind: 'notice', text: 'Seen.' }),
    }),
  ],
  effects: [],
  jobs: {},
  starts: [],
  suggests: [],
  hears: () => undefined,
});
const flows = [
  flow('packages', 'EntitlementManagement.ReadWrite.All'),
  flow('reviews', 'AccessReview.ReadWrite.All'),
];
const names = (needs: readonly { readonly permission: string }[]) =>
  needs.map(({ permission }) => permission).sort();

describe('doctor: what flows need', () => {
  it('is what the reviews read, where they alone are on', () => {
    const switches = { packages: 'off', reviews: 'notify' } as const;
    assert.deepEqual(names(applicationNeeds(flows, switches)), [
      'AccessReview.Read.All',
      'EntitlementManagement.Read.All',
      'GroupMember.Read.All',
      'RoleManagement.Read.Directory',
      'User.Read.All',
    ]);
    assert.deepEqual(delegatedNeeds(flows, switches), [
      { permission: 'AccessReview.ReadWrite.All', usedBy: 'reviews.look' },
    ]);
  });

  it('names each permission once, with all that use it', () => {
    const needs = applicationNeeds(flows, { packages: 'act', reviews: 'act' });
    assert.equal(new Set(names(needs)).size, needs.length);
    const people = needs.find(({ permission }) => permission === 'User.Read.All');
    assert.match(people?.usedBy ?? '', /on cards, the facts about each person under review/);
  });

  it('does not grow with reviews that are off', () => {
    const needs = names(applicationNeeds(flows, { packages: 'act', reviews: 'off' }));
    assert.ok(!needs.includes('AccessReview.Read.All') && !needs.includes('RoleManagement.Read.Directory'));
  });
});
