import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';

export type Postgres =
  | { readonly kind: 'running'; readonly url: string }
  | { readonly kind: 'programs'; readonly folder: string };

/** A server somebody gave us, or the programs to start one; Debian keeps them off the PATH, newest version last. */
export function findPostgres(env: NodeJS.ProcessEnv = process.env): Postgres | undefined {
  const url = env.LATCHKEY_TEST_DATABASE_URL?.trim();
  if (url !== undefined && url !== '') return { kind: 'running', url };
  const onPath = (env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const folder = [...debianFolders(), ...onPath].find((each) =>
    ['initdb', 'postgres'].every((program) => existsSync(path.join(each, program))),
  );
  return folder === undefined ? undefined : { kind: 'programs', folder };
}

function debianFolders(): readonly string[] {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => path.join(root, version, 'bin'));
}
