import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { checkPolicy } from '../../scripts/doctor/check-policy.js';
import { projectRoot } from '../../src/base/project-root.js';
import { type TempFolder, tempFolder } from '../support/temp-folder.js';
import { sentences, told } from './told.js';

const delivered = path.join(projectRoot(), 'policy.yaml');

describe('doctor: policy file', () => {
  let folder: TempFolder;
  let file = '';
  beforeEach(() => {
    folder = tempFolder();
    file = path.join(folder.path, 'policy.yaml');
  });
  afterEach(() => folder.remove());

  it('is content with the one that is delivered, and says what is on', async () => {
    const { findings, policy } = await checkPolicy(delivered);
    assert.deepEqual(told(findings), ['ok policy.file']);
    assert.match(sentences(findings), /packages: act, reviews: act/);
    assert.equal(policy?.flows.packages, 'act');
  });

  it('names the line of every mistake', async () => {
    writeFileSync(file, `${readFileSync(delivered, 'utf8')}\nsurprise: 1\nanother: 2\n`);
    const { findings, policy } = await checkPolicy(file);
    assert.deepEqual(told(findings), ['error policy.file', 'error policy.file']);
    assert.match(sentences(findings), /policy\.yaml:\d+:\d+ surprise/);
    assert.equal(policy, undefined);
  });

  it('says that the file is not there', async () => {
    const { findings } = await checkPolicy(file);
    assert.deepEqual(told(findings), ['error policy.file']);
    assert.match(sentences(findings), /ENOENT/);
  });
});
