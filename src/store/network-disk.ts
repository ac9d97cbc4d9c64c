import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { storeError } from './errors.js';

const networkTypes = /^(nfs\d?|cifs|smb\w*|9p|fuse|fuse\..*|ceph|glusterfs|lustre|afs|vboxsf)$/;

/** WAL needs shared memory between processes, which network disks do not have. */
export function refuseNetworkDisk(folder: string, mounts: string = readMounts()): void {
  const type = mountType(realPath(path.resolve(folder)), mounts);
  if (type !== undefined && networkTypes.test(type))
    throw storeError('store.network-disk', undefined, { type });
}

/** Where a link leads to counts, not where it lies; the folder itself may have to be made yet. */
function realPath(folder: string): string {
  if (existsSync(folder)) return realpathSync(folder);
  const above = path.dirname(folder);
  return above === folder ? folder : path.join(realPath(above), path.basename(folder));
}

/** The longest mount point above the folder counts; of two on the same point the later one hides the other. */
function mountType(folder: string, mounts: string): string | undefined {
  const above = mounts
    .split('\n')
    .map((line) => line.split(' '))
    .map(([, point = '', type]) => ({ point: point.replaceAll('\\040', ' '), type }))
    .filter(({ point }) => point !== '' && isAbove(point, folder))
    .sort((a, b) => a.point.length - b.point.length);
  return above.at(-1)?.type;
}

function isAbove(point: string, folder: string): boolean {
  const between = path.relative(point, folder);
  return between === '' || !(between === '..' || between.startsWith('../') || path.isAbsolute(between));
}

function readMounts(): string {
  return existsSync('/proc/mounts') ? readFileSync('/proc/mounts', 'utf8') : '';
}
