import assert from 'node:assert/strict';
import { closestWord } from '../../src/policy/closest-word.js';

const allowed = ['flows', 'defaultTier', 'tiers', 'assigned', 'notices'];

describe('did you mean', () => {
  for (const [written, meant] of [
    ['flow', 'flows'],
    ['default_tier', 'defaultTier'],
    ['DefaultTier', 'defaultTier'],
    ['asigned', 'assigned'],
    ['notice', 'notices'],
  ] as const) {
    it(`${written}: ${meant}`, () => assert.equal(closestWord(written, allowed), meant));
  }

  it('says nothing rather than something silly', () => {
    assert.equal(closestWord('colour', allowed), undefined);
    assert.equal(closestWord('x', allowed), undefined);
  });
});
