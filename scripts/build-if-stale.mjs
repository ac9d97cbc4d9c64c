import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** `npm start` need not wait for the compiler when nothing was changed since it last ran. */
const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = path.join(root, 'dist/.tsbuildinfo');
const sources = ['bot', 'src', 'practice', 'scripts'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|json)$/.test(file))
    .map((file) => path.join(root, folder, file)),
);
const newest = Math.max(
  ...[...sources, path.join(root, 'tsconfig.json'), path.join(root, 'package-lock.json')].map(
    (file) => statSync(file).mtimeMs,
  ),
);

if (!existsSync(stamp) || statSync(stamp).mtimeMs < newest) {
  const built = spawnSync('npm', ['run', 'build', '--silent'], { cwd: root, stdio: 'inherit', shell: true });
  process.exitCode = built.status ?? 1;
}
