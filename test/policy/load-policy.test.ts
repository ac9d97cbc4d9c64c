import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { isAppError } from '../../src/base/errors.js';
import { loadPolicy } from '../../src/policy/load-policy.js';
import { tempFolder } from '../support/temp-folder.js';
import { starterPolicy, starterText } from './starter-policy.js';

describe('loading the policy file', () => {
  const folder = tempFolder();
  const file = path.join(folder.path, 'policy.yaml');
  after(() => folder.remove());

  it('gives what is in it', async () => {
    writeFileSync(file, starterText());
    assert.deepEqual(await loadPolicy(file), starterPolicy());
  });

  it('does not go on with a file that has mistakes, and says where the first one is', async () => {
    writeFileSync(file, starterText().replace('packages: act', 'packages: on'));
    await assert.rejects(loadPolicy(file), (error) => {
      assert.ok(isAppError(error) && error.code === 'policy.invalid');
      assert.match(String(error.detail.first), /policy\.yaml:\d+:3 flows\.packages write one of/);
      return true;
    });
  });

  it('does not go on without a file', async () => {
    const missing = loadPolicy(path.join(folder.path, 'none.yaml'));
    await assert.rejects(missing, (error) => isAppError(error) && error.code === 'policy.unreadable');
  });

  it('is not brought down by a file that grows when it is read', async () => {
    const bomb = [
      'a: &a [x, x]',
      ...'bcdefghijklmnop'.split('').map((key, index) => {
        const before = 'abcdefghijklmno'[index];
        return `${key}: &${key} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`;
      }),
    ].join('\n');
    writeFileSync(file, bomb);
    await assert.rejects(loadPolicy(file), (error) => isAppError(error) && error.code.startsWith('policy.'));
  });
});
