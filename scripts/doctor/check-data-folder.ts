import { constants } from 'node:fs';
import { access, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { refuseNetworkDisk } from '../../src/store/network-disk.js';
import { error, type Finding, nameOf, ok, warning } from './finding.js';

const id = 'data.folder';
const mib = 1024 * 1024;

type StatFs = (place: string) => Promise<{
  readonly bavail: number;
  readonly bsize: number;
}>;

export interface DiskPorts {
  readonly diskOf?: StatFs;
  /** As in /proc/mounts. */
  readonly mounts?: string;
}

/** The folder of the SQLite database: ours alone, writable, on a local disk that is not full. */
export async function checkDataFolder(
  folder: string,
  { diskOf = statfs, mounts }: DiskPorts = {},
): Promise<readonly Finding[]> {
  const place = path.resolve(folder);
  const info = await stat(place).catch(() => undefined);
  if (info === undefined) return [await missing(place)];
  if (!info.isDirectory()) return [unusable(place, 'is not a folder')];
  try {
    await access(place, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (thrown) {
    return [unusable(place, `cannot be written (${nameOf(thrown)})`)];
  }
  const problems = [
    ...readers(place, info.mode),
    ...network(place, mounts),
    ...space(place, await diskOf(place)),
  ];
  return problems.length > 0 ? problems : [ok(id, `${place} is writable and private.`)];
}

async function missing(place: string): Promise<Finding> {
  try {
    await access(path.dirname(place), constants.W_OK);
    return ok(id, `${place} does not exist yet; the bot makes it when it starts.`);
  } catch {
    return unusable(place, 'does not exist and cannot be made');
  }
}

function unusable(place: string, what: string): Finding {
  const fix = 'Make the folder, owned by the user the bot runs as, or set LATCHKEY_DATA to another one.';
  return error(id, { what: `${place} ${what}.`, why: 'The bot keeps its database there.', fix });
}

function readers(place: string, mode: number): readonly Finding[] {
  if (process.platform === 'win32' || (mode & 0o077) === 0) return [];
  const why = 'Names, reasons and the record of decisions are in there.';
  const fix = `chmod 700 ${place}`;
  if ((mode & 0o007) !== 0)
    return [error(id, { what: `Every user of this machine can enter ${place}.`, why, fix })];
  return [warning(id, { what: `The group of ${place} can enter it.`, why, fix })];
}

function space(place: string, { bavail, bsize }: Awaited<ReturnType<StatFs>>): readonly Finding[] {
  const free = Math.floor((bavail * bsize) / mib);
  if (free >= 1024) return [];
  const advice = {
    what: `${free} MiB are free on the disk of ${place}.`,
    why: 'On a full disk nothing can be decided, because a decision is written down first.',
    fix: 'Make room, or grow the disk: see "The store is full" in docs/operations.md.',
  };
  return [free < 100 ? error('data.space', advice) : warning('data.space', advice)];
}

function network(place: string, mounts: string | undefined): readonly Finding[] {
  try {
    refuseNetworkDisk(place, mounts);
    return [];
  } catch {
    const what = `${place} is not on a local disk.`;
    const fix = 'Use a local disk, or PostgreSQL through LATCHKEY_DATABASE_URL.';
    return [error(id, { what, why: 'SQLite loses or corrupts data on a network file system.', fix })];
  }
}
