import { spawnSync } from 'node:child_process';
import { projectRoot } from '../src/base/project-root.js';
import { flow } from './flow.js';
import { npmStart } from './npm-start.js';
import { type Section, short } from './page.js';
import type { Remote } from './remote.js';

const presses = 200;

/** What `npm start` takes before somebody can use it, how it does its work, and what it keeps. */
export async function start(data: string): Promise<readonly Section[]> {
  const began = performance.now();
  spawnSync(process.execPath, ['scripts/build-if-stale.mjs'], { cwd: projectRoot(), stdio: 'ignore' });
  const built = performance.now();
  const { control, memoryRow, stop } = await npmStart(data, { bot: 3987, tenant: 3988 });
  const [build, ready] = [(built - began) / 1000, (performance.now() - built) / 1000];
  const fresh = memoryRow('when ready');
  const told = await flow(control);
  await pressOften(control);
  const used = memoryRow(`after those requests and ${presses} presses`);
  await stop();
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

async function pressOften(control: Remote): Promise<void> {
  await control.say('engineer', 'Hello');
  const { id } = await control.shows('engineer', '"packages.open"');
  for (let i = 0; i < presses; i++) await control.press('engineer', id, 'packages.open', { query: '' });
}
