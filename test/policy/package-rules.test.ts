import assert from 'node:assert/strict';
import { day } from '../../src/base/clock.js';
import { packageOwners } from '../../src/policy/package-owners.js';
import { change, policyWith, problems } from './change-starter.js';
import { starterPolicy, starterText } from './starter-policy.js';

const elevated = '9c2f6b31-40d8-4e7a-8b15-6f0d3e9a7c22';
const standard = '9c2f6b31-40d8-4e7a-8b15-6f0d3e9a7c21';
const catalog = '9c2f6b31-40d8-4e7a-8b15-6f0d3e9a7c20';
const owner = '0e5f3a08-4c7d-4e2b-9b6a-1c8d5e2f7008';
const security = '0e5f3a03-4c7d-4e2b-9b6a-1c8d5e2f7003';

describe('a rule for packages', () => {
  it('stands in the starter policy', () => {
    assert.deepEqual(starterPolicy().packages, {
      guestLongest: 30 * day,
      notices: [14 * day, 3 * day, day],
      unusedAfter: 90 * day,
      owners: { [elevated]: [owner], [catalog]: [security] },
    });
  });

  it('may give guests another time, and holders other notices', () => {
    const { guestLongest } = policyWith('packages', 'guestLongest: 30d', 'guestLongest: 7d').packages;
    assert.equal(guestLongest, 7 * day);
    const { notices } = policyWith('packages', '[14d, 3d, 1d]', '[48h]').packages;
    assert.deepEqual(notices, [2 * day]);
  });

  it('may name no owners', () => {
    const text = starterText();
    const start = text.indexOf('  owners:\n', text.indexOf('\npackages:\n'));
    const lines = text.slice(start, text.indexOf('\n\n', start));
    for (const none of ['  owners: {}', '  owners:', '']) {
      assert.deepEqual(policyWith('packages', lines, none).packages.owners, {});
    }
  });

  it('is read in small letters, whatever is written', () => {
    const { packages } = policyWith(
      '  owners',
      `${elevated}: [${owner}`,
      `${elevated.toUpperCase()}: [${owner.toUpperCase()}`,
    );
    assert.deepEqual(packages.owners[elevated], [owner]);
  });
});

describe('who answers for a package', () => {
  const policy = starterPolicy();

  it('is named for the package, or else for its catalog', () => {
    assert.deepEqual(packageOwners(policy, { id: elevated.toUpperCase(), catalogId: catalog }), [owner]);
    assert.deepEqual(packageOwners(policy, { id: standard, catalogId: catalog.toUpperCase() }), [security]);
  });

  it('is nobody where neither is named', () => {
    assert.deepEqual(packageOwners(policy, { id: standard }), []);
    assert.deepEqual(packageOwners(policy, { id: standard, catalogId: standard }), []);
    assert.deepEqual(packageOwners(policy, { id: 'constructor', catalogId: '__proto__' }), []);
  });
});

describe('a mistake in a rule for packages', () => {
  const span = 'write a time span such as 30m, 4h or 2d';
  const cases: readonly (readonly [what: string, from: string, to: string, said: string])[] = [
    ['a time without unit', 'guestLongest: 30d', 'guestLongest: 30', `packages.guestLongest ${span}`],
    [
      'hours where days count',
      'guestLongest: 30d',
      'guestLongest: 30h',
      'packages.guestLongest write whole days, such as 30d',
    ],
    [
      'a key spelt wrong',
      'guestLongest:',
      'guestsLongest:',
      'packages.guestsLongest is not known here; did you mean guestLongest?',
    ],
    ['no notice', '[14d, 3d, 1d]', '[]', 'packages.notices name at least one time span'],
    [
      'notices in the wrong order',
      '[14d, 3d, 1d]',
      '[1d, 3d]',
      'packages.notices must get shorter: the first is the earliest',
    ],
    [
      'a notice twice',
      '[14d, 3d, 1d]',
      '[3d, 3d]',
      'packages.notices must get shorter: the first is the earliest',
    ],
    ['a notice that is no list', '[14d, 3d, 1d]', '14d', 'packages.notices must be a list, such as [a, b]'],
    ['no time at all', 'unusedAfter: 90d', 'unusedAfter: never', `packages.unusedAfter ${span}`],
    ['no owner', `[${owner}]`, '[]', `packages.owners.${elevated} name at least one person`],
    ['an owner by name', `[${owner}]`, '[Ada]', `packages.owners.${elevated}.0 is not an object id (a GUID)`],
  ];
  for (const [what, from, to, said] of cases) {
    it(`is found with its line: ${what}`, () => {
      const { text, place } = change('packages', from, to);
      const fits = new RegExp(`^policy\\.yaml:${place.split(':')[0]}:\\d+ `);
      const found = problems(text);
      assert.ok(
        found.some((each) => each.endsWith(` ${said}`) && fits.test(each)),
        `${place}: ${said}\n${found.join('\n') || 'nothing was found'}`,
      );
    });
  }

  it('is found in a file from before there were such rules', () => {
    const text = starterText().replace(/\npackages:\n( {2}.*\n)+/, '\n');
    assert.deepEqual(
      problems(text).map((line) => line.replace(/^policy\.yaml:\d+:\d+ /, '')),
      ['packages is missing; must hold the keys guestLongest, notices, unusedAfter, owners, one a line'],
    );
  });

  it('is found where owners are a list', () => {
    const text = starterText();
    const start = text.indexOf('  owners:\n', text.indexOf('\npackages:\n'));
    const lines = text.slice(start, text.indexOf('\n\n', start));
    assert.match(
      problems(change('packages', lines, '  owners: [a]').text).join('\n'),
      /packages\.owners must hold object ids, each with a list of people, one a line$/m,
    );
  });
});
