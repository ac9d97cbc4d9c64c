import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isUnclear } from '../../../src/flows/reviews/cards/hygiene.js';

describe('a name that says nothing', () => {
  const unclear = [
    '',
    'Group',
    'Test group',
    'New team 2',
    'sg-grp-0042',
    'SG_M365_001',
    'All users',
    'misc old copy',
    '2024-11-04',
    'xrz',
    'A B C',
    '🚀🚀',
  ];
  for (const name of unclear) {
    it(`“${name}” is unclear`, () => assert.equal(isUnclear(name), true));
  }

  const clear = [
    'AI Chat Users',
    'AI Pilot 2025',
    'Research Archive',
    'Team Nord',
    'sg-finance-read',
    'Einkauf',
    'Übersetzer',
    'グループ管理',
    'Бухгалтерия',
  ];
  for (const name of clear) {
    it(`“${name}” is clear`, () => assert.equal(isUnclear(name), false));
  }

  it('stays so whatever numbers, dashes and general words stand around it, in any case', () => {
    const noise = fc.constantFrom('group', 'TEAM', 'sg', '001', '-', '_', '2025', 'Users', '');
    fc.assert(
      fc.property(fc.array(noise), (words) => {
        assert.equal(isUnclear(words.join(' ')), true);
        assert.equal(isUnclear([...words, 'Nordstern'].join(' ')), false);
        assert.equal(isUnclear([...words, 'Nordstern'].join(' ').toUpperCase()), false);
      }),
    );
  });
});
