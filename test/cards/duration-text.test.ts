import assert from 'node:assert/strict';
import { durationText } from '../../src/cards/duration-text.js';

describe('how long, in words', () => {
  const examples = [
    ['P180D', '180 days'],
    ['P1D', '1 day'],
    ['PT8H', '8 hours'],
    ['P1Y6M', '1 year 6 months'],
    ['P1DT12H30M', '1 day 12 hours 30 minutes'],
    ['P2W', '2 weeks'],
  ] as const;
  for (const [iso, words] of examples) {
    it(`${iso} is ${words}`, () => assert.equal(durationText(iso), words));
  }

  for (const other of ['', 'P', 'PT0S', 'P0D', '30 days', '2026-12-01', 'P1D; drop']) {
    it(`says nothing about ${JSON.stringify(other)}`, () => assert.equal(durationText(other), undefined));
  }
});
