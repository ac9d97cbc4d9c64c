import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { practiceEnvironment } from '../../scripts/practice-environment.js';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a script as `npm run` does. Not in this process: the practice tenant lives here, and has to answer meanwhile. */
export function runScript(
  name: string,
  { practiceUrl, data }: { readonly practiceUrl: string; readonly data: string },
  args: readonly string[],
): Promise<Ran> {
  const script = fileURLToPath(new URL(`../../scripts/${name}.js`, import.meta.url));
  const env = { ...process.env, ...practiceEnvironment({ practiceUrl, botPort: 1, data }) };
  return new Promise((done) => {
    execFile(process.execPath, [script, ...args], { env }, (error, out, err) =>
      done({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}
