import assert from 'node:assert/strict';
import { checkNode } from '../../scripts/doctor/check-node.js';
import { told } from './told.js';

describe('doctor: Node version', () => {
  it('is content with a supported one', () => {
    assert.deepEqual(told(checkNode('v22.12.0')), ['ok node.version']);
    assert.deepEqual(told(checkNode('24.9.0')), ['ok node.version']);
  });

  it('warns of Node 20, which works but gets no fixes any more', () => {
    assert.deepEqual(told(checkNode('v20.20.2')), ['warning node.version']);
  });

  it('refuses what is older, or what is no version at all', () => {
    assert.deepEqual(told(checkNode('v18.20.0')), ['error node.version']);
    assert.deepEqual(told(checkNode('nightly')), ['error node.version']);
  });
});
