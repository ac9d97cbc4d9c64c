import assert from 'node:assert/strict';
import { change, problems } from './change-starter.js';
import { starterText } from './starter-policy.js';

const securityAdministrator = '194ae4cb-b126-40b2-bd5b-6091b380977d';
const security = '0e5f3a03-4c7d-4e2b-9b6a-1c8d5e2f7003';
const manager = '0e5f3a02-4c7d-4e2b-9b6a-1c8d5e2f7002';

const span = 'write a time span such as 30m, 4h or 2d';
const context = 'write an authentication context from c1 to c99';
const channel = 'write the id of a Teams channel, such as "19:…@thread.tacv2"';
const stalls =
  'could keep the bot busy for minutes; repeat less, and nothing that already repeats or has alternatives, such as (a+)+ or (a|b)*';
const stepUp = (value: string) => `stepUp: ${value}\n      ticket: entra`;
const written = "pattern: '[A-Z]{2,5}-[0-9]{1,8}'";
const cases: readonly (readonly [what: string, below: string, from: string, to: string, said: string])[] = [
  ['a switch', 'flows', 'pim: act', 'pim: on', 'flows.pim write one of: off, notify, act'],
  ['the rules spelt wrong', 'pim', 'pim:\n', 'pin:\n', 'pin is not known here; did you mean pim?'],
  [
    'a key spelt wrong',
    'pim',
    'security: [',
    'securty: [',
    'pim.securty is not known here; did you mean security?',
  ],
  [
    'a key of a tier spelt wrong',
    '  sensitive',
    'activation:',
    'activations:',
    'tiers.sensitive.activations is not known here; did you mean activation?',
  ],
  [
    'a kind of thing spelt wrong',
    'assigned',
    'azureRoles:',
    'azureRole:',
    'assigned.azureRole is not known here; did you mean azureRoles?',
  ],
  [
    'a window of more than a day',
    '  standard',
    'longest: 8h',
    'longest: 25h',
    'tiers.standard.activation.longest is over 24h; Entra activates nothing for longer',
  ],
  [
    'a window that ends before it can be ended',
    '  privileged',
    'longest: 2h',
    'longest: 4m',
    'tiers.privileged.activation.longest is under 5m; Entra ends nothing earlier',
  ],
  [
    'a window without unit',
    '  standard',
    'longest: 8h',
    'longest: 8',
    `tiers.standard.activation.longest ${span}`,
  ],
  [
    'more time with more care',
    '  sensitive',
    'longest: 4h',
    'longest: 9h',
    'tiers.sensitive.activation.longest may not be longer than that of standard: more care, less time',
  ],
  [
    'more time with most care',
    '  privileged',
    'longest: 2h',
    'longest: 5h',
    'tiers.privileged.activation.longest may not be longer than that of sensitive: more care, less time',
  ],
  [
    'a ticket never',
    '  standard',
    'ticket: entra',
    'ticket: never',
    'tiers.standard.activation.ticket write one of: entra, always',
  ],
  [
    'a look back now and then',
    '  privileged',
    'lookBack: true',
    'lookBack: sometimes',
    'tiers.privileged.activation.lookBack write true or false',
  ],
  [
    'a context c0',
    '  standard',
    'ticket: entra',
    stepUp('c0'),
    `tiers.standard.activation.stepUp ${context}`,
  ],
  [
    'a context c100',
    '  standard',
    'ticket: entra',
    stepUp('c100'),
    `tiers.standard.activation.stepUp ${context}`,
  ],
  [
    'a context in capitals',
    '  standard',
    'ticket: entra',
    stepUp('C1'),
    `tiers.standard.activation.stepUp ${context}`,
  ],
  [
    'a context that is a number',
    '  standard',
    'ticket: entra',
    stepUp('1'),
    `tiers.standard.activation.stepUp ${context}`,
  ],
  [
    'a pattern that is none',
    'pim',
    written,
    "pattern: '['",
    'pim.tickets.pattern is not a regular expression: Unterminated character class',
  ],
  ['a pattern that stalls', 'pim', written, "pattern: '(a+)+'", `pim.tickets.pattern ${stalls}`],
  [
    'a long pattern',
    'pim',
    written,
    `pattern: '${'a'.repeat(101)}'`,
    'pim.tickets.pattern is over 100 characters',
  ],
  [
    'an empty pattern',
    'pim',
    written,
    "pattern: ''",
    "pim.tickets.pattern write a regular expression in single quotes, such as '[A-Z]{2,5}-[0-9]{1,8}'",
  ],
  [
    'a pattern without quotes',
    'pim',
    written,
    'pattern: [A-Z]',
    "pim.tickets.pattern write a regular expression in single quotes, such as '[A-Z]{2,5}-[0-9]{1,8}'",
  ],
  [
    'an example that does not fit',
    'pim',
    'example: INC-4711',
    'example: 4711-INC',
    'pim.tickets.example does not fit the pattern above',
  ],
  [
    'a system twice',
    'pim',
    'systems: [ServiceNow, Jira]',
    'systems: [Jira, Jira]',
    'pim.tickets.systems names the same system twice',
  ],
  [
    'one system that is no list',
    'pim',
    'systems: [ServiceNow, Jira]',
    'systems: Jira',
    'pim.tickets.systems must be a list, such as [a, b]',
  ],
  [
    'nobody to tell',
    'pim',
    `security: [${security}]`,
    'security: []',
    'pim.security name at least one person: somebody has to be told',
  ],
  [
    'somebody by name',
    'pim',
    `- ${securityAdministrator}`,
    '- Security',
    'pim.emergency.0 is not an object id (a GUID)',
  ],
  [
    'owners without a list',
    '  owners',
    `[${manager}]`,
    manager,
    'pim.owners.d2562ede-74db-457e-a7b6-544e236ebb61 must be a list, such as [a, b]',
  ],
  [
    'no owner',
    '  owners',
    `[${manager}]`,
    '[]',
    'pim.owners.d2562ede-74db-457e-a7b6-544e236ebb61 name at least one person',
  ],
  [
    'a channel by name',
    'pim',
    '"19:securityroom@thread.tacv2"',
    'Security',
    `pim.securityChannel ${channel}`,
  ],
  ['a chat for a channel', 'pim', '@thread.tacv2', '@unq.gbl.spaces', `pim.securityChannel ${channel}`],
  ['no time at all', 'pim', 'unusedAfter: 90d', 'unusedAfter: never', `pim.unusedAfter ${span}`],
  ['Azure in quotes', 'pim', 'azure: true', 'azure: "yes"', 'pim.azure write true or false'],
];

describe('a mistake in a rule for just-in-time roles', () => {
  for (const [what, below, from, to, said] of cases) {
    it(`is found with its line: ${what}`, () => {
      const { text, place } = change(below, from, to);
      const line = place.split(':')[0];
      const found = problems(text);
      const fits = new RegExp(`^policy\\.yaml:${line}:\\d+ `);
      assert.ok(
        found.some((each) => each.endsWith(` ${said}`) && (fits.test(each) || to.includes('\n'))),
        `${line}: ${said}\n${found.join('\n') || 'nothing was found'}`,
      );
    });
  }

  it('is found in a file from before there were just-in-time roles, with all that is missing', () => {
    const text = starterText()
      .replace(/ {2}# Just-in-time roles.*\n {2}pim: act\n/, '')
      .replaceAll(/\n {4}activation:\n( {6}.*\n)+/g, '\n')
      .replace(/\npim:\n( {2}.*\n)+/, '\n');
    const tier = 'is missing; must hold the keys longest, ticket, lookBack, stepUp, one a line';
    assert.deepEqual(
      problems(text).map((line) => line.replace(/^policy\.yaml:\d+:\d+ /, '')),
      [
        'flows.pim is missing; write one of: off, notify, act',
        'pim is missing; must hold the keys azure, tickets, emergency, owners, security, securityChannel, unusedAfter, one a line',
        `tiers.standard.activation ${tier}`,
        `tiers.sensitive.activation ${tier}`,
        `tiers.privileged.activation ${tier}`,
      ],
    );
  });

  it('is found when an id stands there twice', () => {
    const twice = `security: [${security}, ${security.toUpperCase()}]`;
    const lines = problems(change('pim', `security: [${security}]`, twice).text);
    assert.match(lines.join('\n'), /pim\.security names the same id twice$/m);
  });
});
