import path from 'node:path';
import { npmStart } from './npm-start.js';
import type { Section } from './page.js';
import { roleSweeps } from './role-sweeps.js';
import { roleWaits } from './role-waits.js';

/** What roles just in time cost: to list, to ask, to approve, and to know of those asked for elsewhere. */
export async function roleSections(data: string): Promise<readonly Section[]> {
  const { control, stop } = await npmStart(path.join(data, 'story'), { bot: 3991, tenant: 3992 });
  const told = await roleWaits(control).finally(stop);
  return [...told, await roleSweeps(path.join(data, 'sweeps'))];
}
