import path from 'node:path';
import { npmStart } from './npm-start.js';
import type { Section } from './page.js';
import { recoveryWaits } from './recovery-waits.js';
import { recoveryWatch } from './recovery-watch.js';

/** What a lost phone costs: until somebody is asked, until the help desk can act, and to watch over it. */
export async function recoverySections(data: string): Promise<readonly Section[]> {
  const { control, stop } = await npmStart(path.join(data, 'story'), { bot: 3995, tenant: 3996 });
  const told = await recoveryWaits(control).finally(stop);
  return [told, await recoveryWatch(path.join(data, 'watch'))];
}
