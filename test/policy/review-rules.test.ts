import assert from 'node:assert/strict';
import { change, policyWith, problems } from './change-starter.js';
import { starterText } from './starter-policy.js';

describe('a rule for reviews', () => {
  for (const capability of ['off', 'notify', 'act'] as const) {
    it(`may switch the flow: ${capability}`, () => {
      assert.equal(policyWith('flows', 'reviews: act', `reviews: ${capability}`).flows.reviews, capability);
    });
  }

  for (const every of ['monthly', 'quarterly', 'half-yearly', 'yearly', 'per-project'] as const) {
    it(`may ask for a review in this rhythm: ${every}`, () => {
      const { tiers } = policyWith('  privileged', 'every: monthly', `every: ${every}`);
      assert.equal(tiers.privileged.review.every, every);
      assert.equal(tiers.sensitive.review.every, 'quarterly');
    });
  }

  for (const reason of ['against', 'keep', 'always'] as const) {
    it(`may ask for a reason: ${reason}`, () => {
      const { tiers } = policyWith('  sensitive', 'reason: keep', `reason: ${reason}`);
      assert.equal(tiers.sensitive.review.reason, reason);
    });
  }

  it('may forbid to keep several people at once in every tier', () => {
    const { tiers } = policyWith('  standard', 'bulkKeep: true', 'bulkKeep: false');
    assert.equal(tiers.standard.review.bulkKeep, false);
  });

  it('may leave the end to Entra where somebody is not sure', () => {
    const { reviews } = policyWith('reviews', 'notSure: remove', 'notSure: dont-know');
    assert.equal(reviews.notSure, 'dont-know');
  });

  for (const most of [1, 500]) {
    it(`may limit one press to ${most}`, () => {
      assert.equal(policyWith('reviews', 'bulkAtMost: 200', `bulkAtMost: ${most}`).reviews.bulkAtMost, most);
    });
  }

  describe('about an application', () => {
    const id = 'A1B2C3D4-0000-4000-8000-00000000000E';
    it('finds it in small letters', () => {
      const { assigned } = policyWith('assigned', 'applications: {}', `applications:\n    ${id}: privileged`);
      assert.deepEqual(assigned.applications, { [id.toLowerCase()]: 'privileged' });
    });

    for (const [what, to] of [
      ['is empty', 'applications:'],
      ['is not there', ''],
    ] as const) {
      it(`need not be there: the table ${what}`, () => {
        assert.deepEqual(policyWith('assigned', 'applications: {}', to).assigned.applications, {});
      });
    }
  });
});

describe('a mistake in a rule for reviews', () => {
  it('is found where an application has no object id', () => {
    const { text } = change('assigned', 'applications: {}', 'applications:\n    copilot: privileged');
    assert.match(problems(text).join('\n'), /:\d+:5 assigned\.applications\.copilot is not an object id/);
  });

  it('is found in a file from before there were reviews, with all that is missing', () => {
    const text = starterText()
      .replace(/ {2}# Access reviews.*\n {2}reviews: act\n/, '')
      .replaceAll(/\n {4}review:\n( {6}.*\n)+/g, '\n')
      .replace(/\nreviews:\n( {2}.*\n)+/, '\n');
    const tier = 'is missing; must hold the keys reason, bulkKeep, every, one a line';
    assert.deepEqual(
      problems(text).map((line) => line.replace(/^policy\.yaml:\d+:\d+ /, '')),
      [
        'flows.reviews is missing; write one of: off, notify, act',
        'reviews is missing; must hold the keys notSure, bulkAtMost, one a line',
        `tiers.standard.review ${tier}`,
        `tiers.sensitive.review ${tier}`,
        `tiers.privileged.review ${tier}`,
      ],
    );
  });

  const limit = 'reviews.bulkAtMost write a whole number from 1 to 500';
  const cases: readonly [what: string, below: string, from: string, to: string, said: string][] = [
    [
      'a switch in other words',
      'flows',
      'reviews: act',
      'reviews: on',
      'flows.reviews write one of: off, notify, act',
    ],
    [
      'a flow spelt wrong',
      'flows',
      'reviews: act',
      'review: act',
      'flows.review is not known here; did you mean reviews?',
    ],
    [
      'several people kept at once, where access is sensitive',
      '  sensitive',
      'bulkKeep: false',
      'bulkKeep: true',
      'tiers.sensitive.review.bulkKeep sensitive access is kept one person at a time; write false',
    ],
    [
      'several people kept at once, where access is privileged',
      '  privileged',
      'bulkKeep: false',
      'bulkKeep: true',
      'tiers.privileged.review.bulkKeep privileged access is kept one person at a time; write false',
    ],
    [
      'a yes in quotes',
      '  standard',
      'bulkKeep: true',
      'bulkKeep: "true"',
      'tiers.standard.review.bulkKeep write true or false',
    ],
    [
      'a rhythm that is none',
      '  standard',
      'every: per-project',
      'every: weekly',
      'tiers.standard.review.every write one of: monthly, quarterly, half-yearly, yearly, per-project',
    ],
    [
      'no reason at all',
      '  privileged',
      'reason: always',
      'reason: never',
      'tiers.privileged.review.reason write one of: against, keep, always',
    ],
    [
      'a key of a tier spelt wrong',
      '  sensitive',
      'review:',
      'reviews:',
      'tiers.sensitive.reviews is not known here; did you mean review?',
    ],
    [
      'a key of a review spelt wrong',
      '  sensitive',
      'bulkKeep:',
      'bulk_keep:',
      'tiers.sensitive.review.bulk_keep is not known here; did you mean bulkKeep?',
    ],
    [
      'the rules spelt wrong',
      'reviews',
      'reviews:\n',
      'review:\n',
      'review is not known here; did you mean reviews?',
    ],
    [
      'a kind of thing spelt wrong',
      'assigned',
      'applications: {}',
      'application: {}',
      'assigned.application is not known here; did you mean applications?',
    ],
    [
      'something else for those who are not sure',
      'reviews',
      'notSure: remove',
      'notSure: keep',
      'reviews.notSure write one of: remove, dont-know',
    ],
    ['a limit of nothing', 'reviews', 'bulkAtMost: 200', 'bulkAtMost: 0', limit],
    ['a limit that is none', 'reviews', 'bulkAtMost: 200', 'bulkAtMost: 501', limit],
    ['half a limit', 'reviews', 'bulkAtMost: 200', 'bulkAtMost: 1.5', limit],
    ['a limit in words', 'reviews', 'bulkAtMost: 200', 'bulkAtMost: many', limit],
  ];
  for (const [what, below, from, to, said] of cases) {
    it(`is found with its place: ${what}`, () => {
      const { text, place } = change(below, from, to);
      const lines = problems(text);
      assert.ok(lines.includes(`policy.yaml:${place} ${said}`), lines.join('\n') || 'nothing was found');
    });
  }
});
