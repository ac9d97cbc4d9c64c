import assert from 'node:assert/strict';
import { hears } from '../../../src/flows/packages/said.js';

const verbs = { open: 'open', reports: 'reports', mine: 'mine', approvals: 'approvals', owned: 'owned' };

describe('what words mean to the packages flow', () => {
  for (const [text, verb] of [
    ['access', 'open'],
    ['packages', 'open'],
    ['I need the research assistant', 'open'],
    ['I need access to extend the prompt library', 'open'],
    ['what do I have', 'mine'],
    ['What access do I have?', 'mine'],
    ['my packages', 'mine'],
    ['extend', 'mine'],
    ['please extend my access', 'mine'],
    ['give back the workshop', 'mine'],
    ['waiting for my approval', 'approvals'],
    ['what is waiting for my approval?', 'approvals'],
    ['package approvals', 'approvals'],
    ['who has the research assistant', 'owned'],
    ['Who still uses the prompt library?', 'owned'],
    ['I need access for somebody else', 'reports'],
    ['access for one of my team', 'reports'],
  ] as const) {
    it(`“${text}”: ${verb}`, () => assert.equal(hears(text, verbs)?.verb, verb));
  }

  it('nothing in particular is left to the others', () =>
    assert.equal(hears('good morning', verbs), undefined));

  it('keeps the words to look for', () => {
    assert.deepEqual(hears('I need prompts', verbs)?.data, { query: 'I need prompts' });
  });
});
