import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { npmStart } from './npm-start.js';
import type { Section } from './page.js';
import { reviewBulk } from './review-bulk.js';
import { messageOf, reviewCards } from './review-cards.js';
import { writeWorld } from './review-world.js';
import { sweeps } from './sweeps.js';

const smaller = [
  { name: 'Archive of a few', people: 35 },
  { name: 'Archive of a thousand', people: 1_000 },
];
const restSeconds = 20;
const largest = { name: 'Archive of ten thousand', people: 10_000 };

/** What reviews cost: to know of them, to look at people in them, to decide, and to keep them in memory. */
export async function reviewSections(data: string): Promise<readonly Section[]> {
  const swept = await sweeps(path.join(data, 'sweeps'));
  const world = path.join(data, 'world');
  writeWorld(world, [...smaller, largest]);
  const { control, memoryRow, stop } = await npmStart(world, { bot: 3989, tenant: 3990 });
  try {
    const few = await Promise.all(smaller.map((made) => messageOf(control, made)));
    const many = await messageOf(control, largest);
    const shown = await reviewCards(control, [...few, many]);
    const afterLooking = memoryRow('after these people and pages');
    const decided = await reviewBulk(control, many);
    const afterDeciding = memoryRow('after the decisions too');
    await pause(restSeconds * 1000);
    const kept = {
      title: 'Access reviews: memory',
      text: `The same two processes, with the three reviews of above. People press with pauses; here one press follows the other, and
what they leave behind is only cleared away when it is quiet.`,
      head: ['', 'measured : limit', 'limit', 'measured*'],
      rows: [afterLooking, afterDeciding, memoryRow(`${restSeconds} s later`)],
    };
    return [swept, shown, decided, kept];
  } finally {
    await stop();
  }
}
