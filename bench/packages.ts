import path from 'node:path';
import { npmStart } from './npm-start.js';
import { packageSweeps } from './package-sweeps.js';
import { packageWaits } from './package-waits.js';
import type { Section } from './page.js';

/** What access packages cost: to list, to ask, to approve in two stages, and to know of what happens elsewhere. */
export async function packageSections(data: string): Promise<readonly Section[]> {
  const { control, stop } = await npmStart(path.join(data, 'story'), { bot: 3993, tenant: 3994 });
  const told = await packageWaits(control).finally(stop);
  return [...told, await packageSweeps(path.join(data, 'sweeps'))];
}
