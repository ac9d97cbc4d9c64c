import assert from 'node:assert/strict';
import { likeness, words } from '../../../src/flows/packages/ask/match.js';

const assistant = { name: 'AI research assistant - standard', description: 'Ask about public documents.' };
const prompts = { name: 'Prompt library', description: 'Shared prompts of all teams.' };

describe('finding the package a sentence means', () => {
  it('looks past the polite words', () => {
    assert.deepEqual(words('Hi, I need the research assistant please!'), ['research', 'assistant']);
  });

  it('fits a name best', () => {
    assert.equal(likeness(words('I need the research assistant'), assistant), 1);
    assert.equal(likeness(words('I need the research assistant'), prompts), 0);
  });

  it('counts the description for half', () => {
    assert.equal(likeness(words('something for documents'), assistant) > 0, true);
    assert.equal(likeness(['documents'], assistant), 0.5);
  });

  it('takes a plural for the singular', () => {
    assert.equal(likeness(['prompts'], prompts), 1);
  });

  it('means nothing in particular when only polite words are left', () => {
    assert.equal(likeness(words('I want access'), assistant), 0);
  });
});
