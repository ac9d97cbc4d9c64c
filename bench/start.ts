import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { projectRoot } from '../src/base/project-root.js';
import { flow } from './flow.js';
import { type Section, short } from './page.js';
import { type Remote, remote } from './remote.js';

const presses = 200;
const ports = { bot: 3987, tenant: 3988 };

/** What `npm start` takes before somebody can use it, how it does its work, and what it keeps. */
export async function start(data: string): Promise<readonly Section[]> {
  const began = performance.now();
  spawnSync(process.execPath, ['scripts/build-if-stale.mjs'], { cwd: projectRoot(), stdio: 'ignore' });
  const built = performance.now();
  const entry = fileURLToPath(new URL('../scripts/start.js', import.meta.url));
  const places = { LATCHKEY_DATA: data, LATCHKEY_PORT: `${ports.bot}`, PRACTICE_PORT: `${ports.tenant}` };
  const env = { ...process.env, ...places };
  const running = spawn(process.execPath, ['--max-semi-space-size=4', entry], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(running.stdout)) if (line.startsWith('ready')) break;
  const [build, ready] = [(built - began) / 1000, (performance.now() - built) / 1000];
  const pid = running.pid ?? 0;
  const fresh = memoryRow('when ready', pid);
  const control = remote(`http://127.0.0.1:${ports.tenant}`);
  const told = await flow(control);
  await pressOften(control);
  const used = memoryRow(`after those requests and ${presses} presses`, pid);
  if (running.kill()) await once(running, 'exit');
  const parts = `${short(build + ready)} s (look for changes ${short(build)}, start ${short(ready)})`;
  const kept = {
    title: 'Start and memory',
    text: `\`npm start\` when it was built before, until both processes are ready and everybody has the app. A press here opens the
list of packages with the person's own token.`,
    head: ['', 'measured : limit', 'limit', 'measured*'],
    rows: [['npm start -> ready', short((build + ready) / 5), '5 s', parts], fresh, used],
  };
  return [told, kept];
}

/** The tenant runs in the process that was started, the bot in its only child. */
function memoryRow(when: string, pid: number): readonly string[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' });
  const all = String(stdout)
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  const megabytes = (column: number) => (all.find((row) => row[column] === pid)?.[2] ?? Number.NaN) / 1024;
  const [tenant, bot] = [megabytes(0), megabytes(1)];
  const parts = `${short(tenant + bot)} MB (tenant ${short(tenant)}, bot ${short(bot)})`;
  return [`memory of both processes, ${when}`, short((tenant + bot) / 350), '350 MB', parts];
}

async function pressOften(control: Remote): Promise<void> {
  await control.say('engineer', 'Hello');
  const { id } = await control.shows('engineer', '"packages.open"');
  for (let i = 0; i < presses; i++) await control.press('engineer', id, 'packages.open', { query: '' });
}
