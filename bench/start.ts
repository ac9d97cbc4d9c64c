import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { projectRoot } from '../src/base/project-root.js';
import { ratio, short } from './numbers.js';
import { processes } from './process-facts.js';
import { remote } from './remote.js';
import { ended, freePort } from './stage.js';
import type { Section } from './table.js';

const presses = 200;
const limit = { ms: 5_000, megabytes: 350 };

/** What `npm start` takes before somebody can use it, and what it keeps. */
export async function start(): Promise<Section> {
  const buildMs = build();
  const data = mkdtempSync(path.join(tmpdir(), 'latchkey-bench-'));
  const ports = { practice: await freePort(), bot: await freePort() };
  const started = performance.now();
  const running = spawn(process.execPath, [fileURLToPath(new URL('../scripts/start.js', import.meta.url))], {
    env: {
      ...process.env,
      LATCHKEY_DATA: data,
      LATCHKEY_PORT: String(ports.bot),
      PRACTICE_PORT: String(ports.practice),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const lines = createInterface(running.stdout);
    for (;;) if (String(await once(lines, 'line')).startsWith('ready')) break;
    const readyMs = performance.now() - started;
    const fresh = memory(running.pid ?? 0);
    await pressOften(`http://127.0.0.1:${ports.practice}`);
    return report(buildMs, readyMs, [fresh, memory(running.pid ?? 0)]);
  } finally {
    await ended(running);
    rmSync(data, { recursive: true, force: true });
  }
}

/** Nothing has changed since: what is left is the look whether something has. */
function build(): number {
  const started = performance.now();
  spawnSync('npm run build --silent', { cwd: projectRoot(), shell: true, stdio: 'ignore' });
  return performance.now() - started;
}

interface Memory {
  readonly tenant: number | undefined;
  readonly bot: number | undefined;
}

function memory(pid: number): Memory {
  const all = processes();
  return {
    tenant: all.find((each) => each.pid === pid)?.megabytes,
    bot: all.find((each) => each.parent === pid)?.megabytes,
  };
}

/** Each press reads Graph with the person's own token and makes a card. */
async function pressOften(url: string): Promise<void> {
  const control = remote(url);
  for (const person of ['engineer', 'finance']) {
    await control.say(person, 'Hello');
    const { id } = await control.shows(person, '"packages.open"');
    for (let press = 0; press < presses / 2; press++) {
      await control.press(person, id, 'packages.open', { query: '' });
    }
  }
}

function report(buildMs: number, readyMs: number, [fresh, used]: readonly [Memory, Memory]): Section {
  const total = buildMs + readyMs;
  const row = (when: string, { tenant, bot }: Memory): readonly string[] => {
    const sum = tenant === undefined || bot === undefined ? undefined : tenant + bot;
    const parts = `${short(sum)} MB (tenant ${short(tenant)}, bot ${short(bot)})`;
    return [`memory of both processes, ${when}`, ratio(sum, limit.megabytes), `${limit.megabytes} MB`, parts];
  };
  const parts = `${short(total / 1000)} s (build ${short(buildMs / 1000)}, start ${short(readyMs / 1000)})`;
  return {
    title: 'Start and memory',
    text: `\`npm start\` when it was built before, until both processes are ready and everybody has the app. A press here opens the
list of packages, with the person's own token.`,
    head: ['', 'measured : limit', 'limit', 'measured*'],
    rows: [
      ['npm start -> ready', ratio(total, limit.ms), `${limit.ms / 1000} s`, parts],
      row('when ready', fresh),
      row(`after ${presses} presses`, used),
    ],
  };
}
