import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Child {
  /** Lines it has printed. */
  readonly said: readonly string[];
  /** Resolves at this many lines, or when it has ended. */
  lines(count: number): Promise<void>;
  kill(): Promise<void>;
  /** Its exit code. */
  ended: Promise<number | null>;
}

/** One of the programs beside this file, in a process of its own that can be killed. */
export function startChild(program: 'writer' | 'worker', ...args: readonly string[]): Child {
  const file = fileURLToPath(new URL(`./${program}.js`, import.meta.url));
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: string[] = [];
  const waiting = new Set<() => void>();
  createInterface(child.stdout).on('line', (line) => {
    said.push(line);
    for (const look of waiting) look();
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    said,
    ended,
    lines: (count) => {
      const enough = new Promise<void>((resolve) => {
        const look = (): void => {
          if (said.length >= count) resolve();
        };
        waiting.add(look);
        look();
      });
      return Promise.race([enough, ended.then(() => undefined)]);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
