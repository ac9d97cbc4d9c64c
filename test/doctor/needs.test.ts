import assert from 'node:assert/strict';
import { z } from 'zod/v4';
import { checkNoWrite } from '../../scripts/doctor/check-permissions.js';
import { applicationNeeds, delegatedNeeds } from '../../scripts/doctor/needs.js';
import { type Flow, verb } from '../../src/flows/flow.js';
import type { Policy } from '../../src/policy/policy.js';
import { starterPolicy } from '../policy/starter-policy.js';

const azureScope = 'https://management.azure.com/user_impersonation';

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
  flow('pim', azureScope),
];
const off = { packages: 'off', reviews: 'off', pim: 'off', recovery: 'off' } as const;
const rules = (flows: Policy['flows'], azure = true) => {
  const { pim } = starterPolicy();
  return { flows, pim: { ...pim, azure } };
};
const names = (needs: readonly { readonly permission: string }[]) =>
  needs.map(({ permission }) => permission).sort();

describe('doctor: what flows need', () => {
  it('is what the reviews read, where they alone are on', () => {
    const switches = { ...off, reviews: 'notify' } as const;
    assert.deepEqual(names(applicationNeeds(flows, switches)), [
      'AccessReview.Read.All',
      'EntitlementManagement.Read.All',
      'GroupMember.Read.All',
      'RoleManagement.Read.Directory',
      'User.Read.All',
    ]);
    assert.deepEqual(delegatedNeeds(flows, rules(switches)), [
      { permission: 'AccessReview.ReadWrite.All', usedBy: 'reviews.look' },
    ]);
  });

  it('is what just-in-time roles read, where they alone are on', () => {
    assert.deepEqual(names(applicationNeeds(flows, { ...off, pim: 'act' })), [
      'AuditLog.Read.All',
      'GroupMember.Read.All',
      'PrivilegedAssignmentSchedule.Read.AzureADGroup',
      'PrivilegedEligibilitySchedule.Read.AzureADGroup',
      'RoleManagement.Read.Directory',
      'RoleManagementPolicy.Read.AzureADGroup',
      'User.Read.All',
    ]);
  });

  it('reads only, whatever is on', () => {
    const needs = names(
      applicationNeeds(flows, { packages: 'act', reviews: 'act', pim: 'act', recovery: 'act' }),
    );
    assert.ok(checkNoWrite(needs).every(({ kind }) => kind === 'ok'));
  });

  it('is nothing of Azure where the policy leaves Azure out', () => {
    const switches = { ...off, pim: 'act' } as const;
    assert.deepEqual(delegatedNeeds(flows, rules(switches)), [
      { permission: azureScope, usedBy: 'pim.look' },
    ]);
    assert.deepEqual(delegatedNeeds(flows, rules(switches, false)), []);
  });

  it('names each permission once, with all that use it', () => {
    const needs = applicationNeeds(flows, { packages: 'act', reviews: 'act', pim: 'act', recovery: 'act' });
    assert.equal(new Set(names(needs)).size, needs.length);
    const people = needs.find(({ permission }) => permission === 'User.Read.All');
    assert.match(people?.usedBy ?? '', /on cards, the facts about each person under review/);
  });

  it('does not grow with reviews that are off', () => {
    const needs = names(applicationNeeds(flows, { ...off, packages: 'act' }));
    assert.ok(!needs.includes('AccessReview.Read.All') && !needs.includes('RoleManagement.Read.Directory'));
  });
});
