import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { storeError } from './errors.js';

const networkTypes = /^(nfs\d?|cifs|smb\w*|9p|fuse\..*|ceph|glusterfs)$/;

/** WAL needs shared memory between processes, which network disks do not have. */
export function refuseNetworkDisk(folder: string, mounts: string = readMounts()): void {
  const type = mountType(path.resolve(folder), mounts);
  if (type !== undefined && networkTypes.test(type))
    throw storeError('store.network-disk', undefined, { type });
}

/** The longest mount point above the folder counts. */
function mountType(folder: string, mounts: string): string | undefined {
  const above = mounts
    .split('\n')
    .map((line) => line.split(' '))
    .filter(([, point]) => point !== undefined && isAbove(point.replaceAll('\\040', ' '), folder))
    .sort(([, a], [, b]) => (b?.length ?? 0) - (a?.length ?? 0));
  return above[0]?.[2];
}

function isAbove(point: string, folder: string): boolean {
  const between = path.relative(point, folder);
  return between === '' || (!between.startsWith('..') && !path.isAbsolute(between));
}

function readMounts(): string {
  return existsSync('/proc/mounts') ? readFileSync('/proc/mounts', 'utf8') : '';
}
