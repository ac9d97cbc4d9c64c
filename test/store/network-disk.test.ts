import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { isAppError } from '../../src/base/errors.js';
import { refuseNetworkDisk } from '../../src/store/network-disk.js';
import { type TempFolder, tempFolder } from '../support/temp-folder.js';

describe('a data folder on a network disk', () => {
  const mounts = [
    '/dev/sda1 / ext4 rw 0 0',
    '//files.example/share /data cifs rw 0 0',
    '/dev/sdb1 /data/local ext4 rw 0 0',
    'server:/export /mnt/with\\040space nfs4 rw 0 0',
    'blobs /blobs fuse rw 0 0',
  ].join('\n');
  const isRefused = (folder: string, text = mounts): boolean => {
    try {
      refuseNetworkDisk(folder, text);
      return false;
    } catch (error) {
      assert.ok(isAppError(error) && error.code === 'store.network-disk');
      return true;
    }
  };

  it('is refused, however deep below the mount', () => {
    assert.equal(isRefused('/data'), true);
    assert.equal(isRefused('/data/latchkey/bot'), true);
    assert.equal(isRefused('/mnt/with space/latchkey'), true);
    assert.equal(isRefused('/blobs/latchkey'), true);
    assert.equal(isRefused('/data/..latchkey'), true);
  });

  it('is not seen where there is none', () => {
    assert.equal(isRefused('/database'), false);
    assert.equal(isRefused('/data/local/latchkey'), false);
    assert.equal(isRefused('/var/lib/latchkey'), false);
    assert.equal(isRefused('/data', ''), false);
  });

  it('counts when it was mounted over a local one', () => {
    const twice = '/dev/sdb1 /data ext4 rw 0 0\nserver:/export /data nfs rw 0 0';
    assert.equal(isRefused('/data', twice), true);
  });

  describe('behind a link', () => {
    let folder: TempFolder;
    before(() => {
      folder = tempFolder();
    });
    after(() => folder.remove());

    it('is refused', () => {
      const share = path.join(folder.path, 'share');
      mkdirSync(share);
      symlinkSync(share, path.join(folder.path, 'data'), 'dir');
      const text = `/dev/sda1 / ext4 rw 0 0\nserver:/export ${share} nfs rw 0 0`;
      assert.equal(isRefused(path.join(folder.path, 'data', 'not-yet-made'), text), true);
    });
  });
});
