import assert from 'node:assert/strict';
import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { checkDataFolder } from '../../scripts/doctor/check-data-folder.js';
import { type TempFolder, tempFolder } from '../support/temp-folder.js';
import { told } from './told.js';

describe('doctor: data folder', () => {
  let temp: TempFolder;
  let folder = '';
  beforeEach(() => {
    temp = tempFolder();
    folder = temp.path;
  });
  afterEach(() => temp.remove());

  it('is content with a private folder, and with one that can still be made', async () => {
    assert.deepEqual(told(await checkDataFolder(folder, roomy)), ['ok data.folder']);
    assert.deepEqual(told(await checkDataFolder(path.join(folder, 'new'), roomy)), ['ok data.folder']);
  });

  it('warns when the group can enter, and refuses when everybody can', async () => {
    await chmod(folder, 0o750);
    assert.deepEqual(told(await checkDataFolder(folder, roomy)), ['warning data.folder']);
    await chmod(folder, 0o755);
    assert.deepEqual(told(await checkDataFolder(folder, roomy)), ['error data.folder']);
  });

  it('refuses a file, and a folder nobody can make', async () => {
    const file = path.join(folder, 'file');
    await writeFile(file, '');
    assert.deepEqual(told(await checkDataFolder(file, roomy)), ['error data.folder']);
    const nowhere = path.join(folder, 'not', 'here');
    assert.deepEqual(told(await checkDataFolder(nowhere, roomy)), ['error data.folder']);
  });

  it('refuses SQLite on a network file system', async () => {
    const judge = async (type: string) =>
      told(await checkDataFolder(folder, { ...roomy, mounts: `disk / ${type} rw 0 0` }));
    assert.deepEqual(await judge('ext4'), ['ok data.folder']);
    assert.deepEqual(await judge('cifs'), ['error data.folder']);
    assert.deepEqual(await judge('nfs4'), ['error data.folder']);
  });

  it('warns before the disk is full', async () => {
    const judge = async (freeMiB: number) =>
      told(await checkDataFolder(folder, { diskOf: free(freeMiB), mounts: '' }));
    assert.deepEqual(await judge(500), ['warning data.space']);
    assert.deepEqual(await judge(50), ['error data.space']);
  });
});

const free = (mib: number) => async () => ({ bavail: mib, bsize: 1024 * 1024 });
const roomy = { diskOf: free(5000), mounts: '' };
