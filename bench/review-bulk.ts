import { costOf } from './graph-cost.js';
import { type Section, short } from './page.js';
import type { Remote } from './remote.js';
import type { Message } from './review-cards.js';
import { reviewer } from './review-world.js';

const singles = 40;
const bulkOf = 200;
const reason = 'Has not searched the archive since the project ended';

interface Work {
  readonly decisions: number;
  readonly ms: number;
  readonly calls: number;
  readonly requests: number;
}

/** What one press for many saves, compared with a press for each. */
export async function reviewBulk(control: Remote, message: Message): Promise<Section> {
  const single = await measured(control, () => decideOneByOne(control, message));
  const many = await measured(control, () => decideTogether(control, message));
  if (single.decisions !== singles || many.decisions !== bulkOf) {
    throw new Error(`${single.decisions} and ${many.decisions} decisions were recorded`);
  }
  return {
    title: 'Access reviews: many with one press',
    text: `${singles} people of a review of ${short(message.people)} removed by a press for each, which also shows the next one; then ${bulkOf} whom Entra
recommends to remove by one press. Until Entra has recorded the last of them and the card says so;
calls and requests with those of background jobs.`,
    head: [
      '',
      'decisions/s : single',
      'Graph calls each',
      'requests each',
      'decisions/s*',
      'until done, ms*',
    ],
    rows: [
      rowOf(`${singles} single presses`, single, single),
      rowOf(`one press for ${bulkOf}`, many, single),
    ],
  };
}

function rowOf(name: string, work: Work, single: Work): readonly string[] {
  const { decisions, ms, calls, requests } = work;
  const perSecond = (one: Work): number => (one.decisions * 1000) / one.ms;
  return [
    name,
    ...[perSecond(work) / perSecond(single), calls / decisions, requests / decisions].map(short),
    ...[perSecond(work), ms].map(short),
  ];
}

async function measured(control: Remote, work: () => Promise<number>): Promise<Work> {
  const since = await control.newestGraphCall();
  const ms = await work();
  const { decided: decisions, calls, requests } = costOf(await control.graphCalls(since));
  return { decisions, ms, calls, requests };
}

async function decideOneByOne(control: Remote, { id, ref }: Message): Promise<number> {
  await control.press(reviewer, id, 'reviews.show', { ref, mode: 'one', skip: 0 });
  let total = 0;
  for (let i = 0; i < singles; i++) total += await control.press(reviewer, id, 'reviews.remove', { reason });
  return total;
}

async function decideTogether(control: Remote, { id, ref }: Message): Promise<number> {
  await control.press(reviewer, id, 'reviews.show', { ref, mode: 'home' });
  await control.press(reviewer, id, 'reviews.bulk', { kind: 'remove' });
  const pressedAt = Date.now();
  const { ms, text } = await control.ask(reviewer, id, 'reviews.bulk-remove', {});
  const said = `You removed ${bulkOf} people`;
  if (text.includes(said)) return ms;
  // It went on after the answer: the message is changed when it is done.
  const { at, updatedAt = at } = await control.shows(reviewer, said);
  return updatedAt - pressedAt;
}
