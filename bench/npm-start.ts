import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { leanNode } from '../scripts/lean.js';
import { short } from './page.js';
import { type Remote, remote } from './remote.js';

/** What `npm start` runs, bot and practice tenant, on ports of their own. */
export interface Running {
  readonly control: Remote;
  /** How much both processes hold now, as a row: measured : limit, limit, measured. */
  memoryRow(when: string): readonly string[];
  stop(): Promise<void>;
}

const limitMegabytes = 350;

/** Resolves when both are ready and everybody has the app. */
export async function npmStart(
  data: string,
  ports: { readonly bot: number; readonly tenant: number },
): Promise<Running> {
  const entry = fileURLToPath(new URL('../scripts/start.js', import.meta.url));
  const places = { LATCHKEY_DATA: data, LATCHKEY_PORT: `${ports.bot}`, PRACTICE_PORT: `${ports.tenant}` };
  const running = spawn(process.execPath, [...leanNode, entry], {
    env: { ...process.env, ...places },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!(await isReady(createInterface(running.stdout))))
    throw new Error('npm start ended before it was ready');
  return {
    control: remote(`http://127.0.0.1:${ports.tenant}`),
    memoryRow: (when) => memoryRow(when, running.pid ?? 0),
    stop: async () => {
      if (running.kill()) await once(running, 'exit');
    },
  };
}

async function isReady(lines: AsyncIterable<string>): Promise<boolean> {
  for await (const line of lines) if (line.startsWith('ready')) return true;
  return false;
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
  const ratio = short((tenant + bot) / limitMegabytes);
  return [`memory of both processes, ${when}`, ratio, `${limitMegabytes} MB`, parts];
}
