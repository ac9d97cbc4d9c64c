import assert from 'node:assert/strict';
import { accessPackages } from '../../practice/world/packages.js';
import { day, hour } from '../../src/base/clock.js';
import { explainPolicyProblems } from '../../src/policy/load-policy.js';
import { parsePolicy } from '../../src/policy/parse-policy.js';
import { tierOf } from '../../src/policy/tier-of.js';
import { starterPolicy, starterText } from './starter-policy.js';

/** What is said about the starter file after one change. */
function told(from: string | RegExp, to: string): readonly string[] {
  const text = starterText();
  const changed = text.replace(from, to);
  assert.notEqual(changed, text, 'the change did not fit the starter file');
  const read = parsePolicy(changed);
  return read.kind === 'ok' ? [] : explainPolicyProblems('policy.yaml', read.problems).split('\n');
}

const lineOf = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;

describe('the starter policy', () => {
  const policy = starterPolicy();

  it('is in order', () => {
    assert.deepEqual(policy.flows, { packages: 'act', reviews: 'act', pim: 'act', recovery: 'act' });
    assert.deepEqual(policy.reviews, { notSure: 'remove', bulkAtMost: 200 });
    assert.deepEqual(policy.notices.gaps, [4 * hour, day, 2 * day, 4 * day]);
    assert.equal(policy.tiers.privileged.name, 'privileged');
  });

  it('gives the packages of the practice tenant their tiers', () => {
    const tiers = accessPackages.map(({ id, displayName }) => [
      displayName,
      tierOf(policy, { kind: 'package', id }).tier.name,
    ]);
    assert.deepEqual(tiers, [
      ['AI research assistant - standard', 'standard'],
      ['AI research assistant - elevated connectors', 'sensitive'],
      ['Prompt library', 'standard'],
      ['AI agent workshop', 'standard'],
      ['AI red team data', 'sensitive'],
      ['AI evaluation sandbox', 'standard'],
      ['Partner prompt desk', 'standard'],
    ]);
  });

  it('asks for no less care from tier to tier', () => {
    const { standard, sensitive, privileged } = policy.tiers;
    assert.ok(standard.reason.atLeast <= sensitive.reason.atLeast);
    assert.ok(sensitive.reason.atLeast <= privileged.reason.atLeast);
    assert.deepEqual(
      [standard, sensitive, privileged].map(({ review }) => review),
      [
        { reason: 'against', bulkKeep: true, every: 'per-project' },
        { reason: 'keep', bulkKeep: false, every: 'quarterly' },
        { reason: 'always', bulkKeep: false, every: 'monthly' },
      ],
    );
  });

  it('explains every key above it or beside it', () => {
    const bare = starterText()
      .split('\n')
      .filter((line) => /^\S+:/.test(line) && !line.startsWith('#'));
    for (const line of bare) {
      const above = starterText().split('\n')[lineOf(starterText(), `\n${line}`) - 1];
      assert.match(above ?? '', /^(#|$)/, line);
    }
  });
});

describe('a mistake in the policy file', () => {
  const cases: readonly [string, string | RegExp, string, RegExp][] = [
    [
      'a key spelt wrong',
      'packages: act',
      'package: act',
      /:\d+:3 flows\.package is not known here; did you mean packages\?/,
    ],
    [
      'a key nobody knows',
      'flows:',
      'colour: red\nflows:',
      /:\d+:1 colour is not known here; allowed are flows, defaultTier/,
    ],
    [
      'a key that is missing',
      /defaultTier: \w+/,
      '',
      /policy\.yaml:\d+:1 defaultTier is missing; write one of: standard/,
    ],
    [
      'a value that is none of those allowed',
      'packages: act',
      'packages: on',
      /flows\.packages write one of: off, notify, act/,
    ],
    [
      'a number in words',
      'atLeast: 10',
      'atLeast: ten',
      /tiers\.standard\.reason\.atLeast write a whole number/,
    ],
    ['an id that is none', '7c21: standard', '7c2: standard', /is not an object id \(a GUID\)/],
    [
      'a tier that is none',
      '7c21: standard',
      '7c21: secret',
      /write one of: standard, sensitive, privileged/,
    ],
    ['a time zone that is none', 'Europe/Vienna', 'Europe/Wien', /timeZone is not a time zone/],
    ['a time without quotes', '"19:00"', '19.00', /quiet\.from write a time of day such as "18:30"/],
    ['quiet hours without end', '"07:30"', '"19:00"', /quiet\.to is the same as from/],
    ['gaps that get shorter', '[4h, 1d, 2d, 4d]', '[1d, 4h]', /gaps must not get shorter/],
    ['gaps without unit', '[4h, 1d, 2d, 4d]', '[4]', /gaps\.0 write a time span such as 30m/],
    ['no list at all', '[4h, 1d, 2d, 4d]', '4h', /gaps must be a list/],
    [
      'a guest who decides about privileged access',
      /(privileged:[\s\S]*?)mayApprove: false/,
      '$1mayApprove: true',
      /a guest never decides/,
    ],
    [
      'half a tier',
      /\n {2}sensitive:[\s\S]*?\n\n/,
      '\n  sensitive:\n\n',
      /tiers\.sensitive must hold the keys reason, approverComment, guests, review, activation, one a line/,
    ],
    ['YAML that is none', 'flows:', 'flows: [', /^policy\.yaml:\d+:\d+ /],
    [
      'a key twice',
      'flows:',
      'defaultTier: standard\nflows:',
      /^policy\.yaml:\d+:\d+ Map keys must be unique/,
    ],
  ];
  for (const [what, from, to, message] of cases) {
    it(`is found: ${what}`, () => {
      const lines = told(from, to);
      assert.ok(
        lines.some((line) => message.test(line)),
        lines.join('\n') || 'nothing was found',
      );
    });
  }

  it('is found with its line', () => {
    const line = lineOf(starterText(), 'packages: act');
    assert.match(told('packages: act', 'packages: on')[0] ?? '', new RegExp(`^policy\\.yaml:${line}:3 `));
  });

  it('does not hide the others', () => {
    const text = starterText().replace('packages: act', 'packages: on').replace('Europe/Vienna', 'Mars');
    const read = parsePolicy(text);
    assert.equal(read.kind === 'problems' && read.problems.length, 2);
  });

  it('is found in an empty file', () => {
    const read = parsePolicy('');
    assert.ok(read.kind === 'problems' && read.problems.every(({ what }) => what.startsWith('is missing; ')));
  });

  it('is found when an id stands there twice, once in capitals', () => {
    const id = '9c2f6b31-40d8-4e7a-8b15-6f0d3e9a7c21';
    const lines = told(`${id}: standard`, `${id}: standard\n    ${id.toUpperCase()}: privileged`);
    assert.match(lines.join('\n'), /names the same id twice/);
  });
});

describe('where a rule stands', () => {
  it('is known for every basis of a tier', () => {
    const text = starterText();
    const read = parsePolicy(text);
    assert.ok(read.kind === 'ok');
    const id = '9c2f6b31-40d8-4e7a-8b15-6f0d3e9a7c22';
    const { basis } = tierOf(read.policy, { kind: 'package', id });
    const lines = basis.map((path) => text.split('\n')[read.whereIs(path).line - 1]);
    assert.match(lines[0] ?? '', new RegExp(`^ {4}${id}: sensitive`));
    assert.match(lines[1] ?? '', /^ {2}sensitive:/);
  });
});
