import assert from 'node:assert/strict';
import { hour, minute } from '../../src/base/clock.js';
import {
  longestWindow,
  ticketOf,
  ticketProblem,
  type WrittenTicket,
  windowChoices,
} from '../../src/policy/activation.js';
import { isEmergency } from '../../src/policy/is-emergency.js';
import { namedOwners } from '../../src/policy/named-owners.js';
import type { Pim } from '../../src/policy/policy.js';
import { starterPolicy } from './starter-policy.js';

const policy = starterPolicy();
const { tickets } = policy.pim;
const securityAdministrator = '194ae4cb-b126-40b2-bd5b-6091b380977d';

describe('the longest window', () => {
  const tier = (longest: number) => ({
    activation: { longest, ticket: 'entra', lookBack: false } as const,
  });

  for (const [what, ours, entra, minutes, shorter] of [
    ['ours where Entra allows more', 2 * hour, 480, 120, true],
    ["Entra's where it allows less", 8 * hour, 60, 60, false],
    ['the same of both', 4 * hour, 240, 240, false],
    ['ours where Entra says nothing', 2 * hour, 0, 120, false],
    ['ours where Entra says nothing that is a number', 2 * hour, Number.NaN, 120, false],
    ['whole minutes', 30 * minute, 29.5, 29, false],
  ] as const) {
    it(`is ${what}`, () => assert.deepEqual(longestWindow(tier(ours), entra), { minutes, shorter }));
  }
});

describe('the windows to choose from', () => {
  for (const [longest, choices] of [
    [1440, [30, 60, 120, 240, 480, 720, 1440]],
    [480, [30, 60, 120, 240, 480]],
    [90, [30, 60, 90]],
    [30, [30]],
    [20, [20]],
    [0, [1]],
  ] as const) {
    it(`end with the longest: ${longest}`, () => assert.deepEqual(windowChoices(longest), choices));
  }
});

describe('a ticket', () => {
  const problem = (
    written: Partial<WrittenTicket>,
    {
      required = true,
      rules = tickets,
    }: { readonly required?: boolean; readonly rules?: Pim['tickets'] } = {},
  ) => ticketProblem(rules, required, { system: 'ServiceNow', number: 'INC-4711', ...written });
  const free: Pim['tickets'] = { systems: [], example: '' };

  it('will do', () => {
    assert.equal(problem({}), undefined);
    assert.equal(problem({ system: ' Jira ', number: ' AI-1 ' }), undefined);
    assert.equal(problem({ system: 'Anything', number: 'at all #1' }, { rules: free }), undefined);
  });

  it('may be left out where nothing asks for it, also when a system was chosen', () => {
    for (const system of ['', 'Jira']) {
      assert.equal(problem({ system, number: '  ' }, { required: false }), undefined);
      assert.equal(ticketOf({ system, number: '  ' }), undefined);
    }
  });

  it('is sent without blanks around it, and never made up', () => {
    assert.deepEqual(ticketOf({ system: ' Jira ', number: ' AI-1 ' }), { system: 'Jira', number: 'AI-1' });
  });

  for (const [what, written, said] of [
    ['no number', { number: ' ' }, 'Please write the number of your ticket. One looks like INC-4711.'],
    ['no system', { system: '' }, 'Please choose where the ticket is: ServiceNow, Jira.'],
    ['a system of its own', { system: 'jira' }, 'Please choose where the ticket is: ServiceNow, Jira.'],
    [
      'a number that does not fit',
      { number: 'inc 4711' },
      '“inc 4711” does not look like a ticket number. One looks like INC-4711.',
    ],
    [
      'a number of many characters',
      { number: `INC-${'1'.repeat(97)}` },
      'Please write the ticket number in one line of at most 100 characters.',
    ],
    [
      'a number of two lines',
      { number: 'INC-4711\nINC-4712' },
      'Please write the ticket number in one line of at most 100 characters.',
    ],
    [
      'a system of two lines',
      { system: 'Jira\u2028Jira' },
      'Please write the name of the ticket system in one line of at most 100 characters.',
    ],
  ] as const) {
    it(`is sent back: ${what}`, () => assert.equal(problem(written), said));
  }

  it('is looked at where it was not asked for, too', () => {
    assert.match(problem({ number: 'x' }, { required: false }) ?? '', /does not look like/);
  });

  it('has a limit of exactly a hundred characters', () => {
    const rules = free;
    assert.equal(problem({ system: 's'.repeat(100), number: 'n'.repeat(100) }, { rules }), undefined);
    assert.match(problem({ number: 'n'.repeat(101) }, { rules }) ?? '', /ticket number in one line/);
    assert.match(problem({ system: 's'.repeat(101) }, { rules }) ?? '', /ticket system in one line/);
    assert.equal(
      problem({ system: '' }, { rules }),
      'Please write which system the ticket is in.',
      'a system is never guessed',
    );
  });

  it('names no example where there is none', () => {
    assert.equal(problem({ number: '' }, { rules: free }), 'Please write the number of your ticket.');
  });
});

describe('a role for emergencies', () => {
  it('is one that the policy names, in capitals too', () => {
    assert.ok(isEmergency(policy, securityAdministrator.toUpperCase()));
    assert.ok(!isEmergency(policy, 'd2562ede-74db-457e-a7b6-544e236ebb61'));
  });

  it('has the owner that the policy names', () => {
    assert.deepEqual(namedOwners(policy, securityAdministrator.toUpperCase()), [
      '0e5f3a03-4c7d-4e2b-9b6a-1c8d5e2f7003',
    ]);
    for (const id of ['11648597-926c-4cf3-9c36-bcebb0ba8dcc', 'constructor', '__proto__']) {
      assert.deepEqual(namedOwners(policy, id), []);
    }
  });
});
