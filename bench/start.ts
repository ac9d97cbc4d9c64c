import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { projectRoot } from '../src/base/project-root.js';
import { flow } from './flow.js';
import { type Section, short } from './page.js';
import type { Place } from './place.js';
import { type Remote, remote } from './remote.js';

const presses = 200;

/** What `npm start` takes before somebody can use it, how it does its work, and what it keeps. */
export async function start({ data, port, otherPort }: Place): Promise<readonly Section[]> {
  const buildMs = timeOf(performance.now(), () =>
    spawnSync('npm run build --silent', { cwd: projectRoot(), shell: true, stdio: 'ignore' }),
  );
  const started = performance.now();
  const places = { LATCHKEY_DATA: data, LATCHKEY_PORT: String(port), PRACTICE_PORT: String(otherPort) };
  const running = spawn(process.execPath, [fileURLToPath(new URL('../scripts/start.js', import.meta.url))], {
    env: { ...process.env, ...places },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(running.stdout)) if (line.startsWith('ready')) break;
  const readyMs = timeOf(started);
  running.stdout.resume();
  const pid = running.pid ?? 0;
  const fresh = memoryRow('when ready', pid);
  const control = remote(`http://127.0.0.1:${otherPort}`);
  const told = await flow(control);
  await pressOften(control);
  const used = memoryRow(`after those stories and ${presses} presses`, pid);
  if (running.kill()) await once(running, 'exit');
  const total = buildMs + readyMs;
  const parts = `${short(total / 1000)} s (build ${short(buildMs / 1000)}, start ${short(readyMs / 1000)})`;
  const section = {
    title: 'Start and memory',
    text: `\`npm start\` when it was built before, until both processes are ready and everybody has the app. A press here opens the
list of packages with the person's own token.`,
    head: ['', 'measured : limit', 'limit', 'measured*'],
    rows: [['npm start -> ready', short(total / 5_000), '5 s', parts], fresh, used],
  };
  return [told, section];
}

function timeOf(started: number, work: () => unknown = () => undefined): number {
  work();
  return performance.now() - started;
}

/** The tenant runs in the process that was started, the bot in its only child. */
function memoryRow(when: string, pid: number): readonly string[] {
  const table =
    process.platform === 'win32'
      ? ''
      : execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss='], { encoding: 'utf8' });
  const all = table.split('\n').map((line) => line.trim().split(/\s+/).map(Number));
  const [tenant, bot] = [0, 1].map(
    (column) => (all.find((row) => row[column] === pid)?.[2] ?? Number.NaN) / 1024,
  );
  const sum = (tenant ?? 0) + (bot ?? 0);
  const parts = `${short(sum)} MB (tenant ${short(tenant ?? 0)}, bot ${short(bot ?? 0)})`;
  return [`memory of both processes, ${when}`, short(sum / 350), '350 MB', parts];
}

async function pressOften(control: Remote): Promise<void> {
  for (const person of ['engineer', 'finance']) {
    await control.say(person, 'Hello');
    const { id } = await control.shows(person, '"packages.open"');
    for (let press = 0; press < presses / 2; press++) {
      await control.press(person, id, 'packages.open', { query: '' });
    }
  }
}
