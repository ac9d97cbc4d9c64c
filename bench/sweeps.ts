import path from 'node:path';
import { z } from 'zod/v4';
import { makeSigningKeys, type SigningKeys } from '../practice/sign-in/keys.js';
import { sweepOnce } from '../src/flows/reviews/sweep/discover.js';
import { follow } from '../src/flows/reviews/sweep/follow.js';
import { type Cost, costIn, costText, less } from './graph-cost.js';
import { type Section, short } from './page.js';
import { openReviewHouse, type ReviewHouse } from './review-house.js';
import { type Made, placeOf } from './review-world.js';

const worlds = [
  { series: 9, people: 3 },
  { series: 60, people: 3 },
  { series: 300, people: 3 },
  { series: 1, people: 35 },
  { series: 1, people: 1_000 },
  { series: 1, people: 10_000 },
];

/** What the bot asks of Graph to know of reviews, counted where it arrives. */
export async function sweeps(data: string): Promise<Section> {
  const keys = await makeSigningKeys();
  const rows: (readonly string[])[] = [];
  for (const [index, world] of worlds.entries()) {
    rows.push(await rowOf(path.join(data, `${index}`), keys, world));
  }
  return {
    title: 'Access reviews: a sweep',
    text: `Calls that Graph counts, and in brackets the requests they travel in, for one sweep: there is one every 20 s. A quiet one is the
mean of two in a row, because some things are looked at in every second sweep only. The last two columns come on top of it, where
everything is looked at: a review with two reviewers begins; somebody decides in the portal about one of five people whom a card shows.`,
    head: ['', 'first look', 'quiet', 'one begins', 'one decision elsewhere'],
    rows,
  };
}

async function rowOf(
  folder: string,
  keys: SigningKeys,
  { series, people }: (typeof worlds)[number],
): Promise<readonly string[]> {
  const reviews = Array.from({ length: series }, (_, index) => ({ name: `Archive ${index + 1}`, people }));
  const house = await openReviewHouse(folder, keys, reviews);
  try {
    const costs = await measure(house, reviews);
    const name = `${short(series)} ${series === 1 ? 'review' : 'reviews'} of ${short(people)} people`;
    return [name, ...costs.map((cost, index) => `${index > 1 ? '+' : ''}${costText(cost)}`)];
  } finally {
    await house.close();
  }
}

async function measure(house: ReviewHouse, [made]: readonly Made[]): Promise<readonly Cost[]> {
  const { services, control } = house;
  if (made === undefined) throw new Error('No review to decide in');
  const round = (number: number) => sweepOnce(services, { round: number, after: '' });
  const first = await costIn(control, () => round(0));
  await round(1);
  const two = await costIn(control, async () => {
    await round(0);
    await round(1);
  });
  const quiet = await costIn(control, () => sweepOnce(services));
  await house.control.post('reviews/start', { reviews: ['platform-admins'] });
  const began = await costIn(control, () => sweepOnce(services));
  const quietAgain = await costIn(control, () => sweepOnce(services));
  await showFive(house, made);
  const decided = await costIn(control, async () => {
    await sweepOnce(services);
    await followAll(house);
  });
  return [
    first,
    { ...two, calls: two.calls / 2, requests: two.requests / 2 },
    less(began, quiet),
    less(decided, quietAgain),
  ];
}

const decisions = z.object({ value: z.array(z.object({ id: z.string() })) });

/** A card that shows five people, about one of whom is then decided elsewhere. */
async function showFive({ services, decide }: ReviewHouse, made: Made): Promise<void> {
  const at = `${placeOf(made)}/decisions`;
  const page = decisions.parse(
    await services.graph.reader(services.ids.guid()).get(at, { query: { $top: '5' } }),
  );
  const ids = page.value.map(({ id }) => id);
  await services.store.write((tx) =>
    tx
      .updateTable('packets')
      .set({ mode: 'list', shown: JSON.stringify(ids.map((id) => [id, 'NotReviewed||0'])) })
      .where('instance_id', '=', at.split('/').at(-2) ?? '')
      .execute(),
  );
  await decide(`${at}/${ids[0]}`);
}

/** As the job loop would. */
async function followAll({ services }: ReviewHouse): Promise<void> {
  const waiting = await services.store.db
    .selectFrom('jobs')
    .selectAll()
    .where('kind', '=', 'reviews.follow')
    .execute();
  if (waiting.length === 0) throw new Error('The sweep did not see the decision');
  for (const { id, kind, payload } of waiting) {
    await follow(services)({ id, kind, payload: JSON.parse(payload), attempt: 1 });
  }
}
