import { costOf } from './graph-cost.js';
import { quantile, type Section, short } from './page.js';
import type { Remote } from './remote.js';
import { type Made, reviewer } from './review-world.js';

const rounds = 8;
const pageSize = 5;

const modes = [
  { mode: 'one', what: 'a person' },
  { mode: 'list', what: 'a page' },
] as const;

interface Case {
  readonly name: string;
  readonly mode: 'one' | 'list';
  readonly people: number;
  readonly message: string;
  readonly data: object;
}

interface Shown {
  readonly ms: number;
  readonly bytes: number;
  readonly calls: number;
  readonly requests: number;
}

/** A reviewer's message about one review, and the reference that its buttons carry. */
export interface Message extends Made {
  readonly id: string;
  readonly ref: string;
}

/** What it costs to show somebody, and whether that depends on how many come before. By turns; the first round warms up. */
export async function reviewCards(control: Remote, messages: readonly Message[]): Promise<Section> {
  const cases = messages.flatMap(casesOf);
  const told = cases.map((): Shown[] => []);
  for (let round = 0; round <= rounds; round++) {
    for (const [index, each] of cases.entries()) {
      const shown = await show(control, each);
      if (round > 0) told[index]?.push(shown);
    }
  }
  const middle = (index: number, key: keyof Shown): number =>
    quantile(
      (told[index] ?? []).map((shown) => shown[key]),
      0.5,
    );
  const base = (mode: string): number =>
    middle(
      cases.findIndex((each) => each.mode === mode),
      'ms',
    );
  const rows = cases.map(({ name, mode }, index) => [
    name,
    short(middle(index, 'ms') / base(mode)),
    `${short(middle(index, 'calls'))} (${short(middle(index, 'requests'))})`,
    short(middle(index, 'bytes')),
    short(middle(index, 'ms')),
  ]);
  return {
    title: 'Access reviews: a person, a page',
    text: `\`reviews.show\` at the first, a middle and the last place of reviews of different sizes, with the reviewer's own token; a page holds
${pageSize} people. The first of each kind is what the others are compared with.`,
    head: ['', 'time : first', 'Graph calls (requests)', 'bytes', 'p50 ms*'],
    rows,
  };
}

function casesOf({ id, ref, people }: Message): readonly Case[] {
  return modes.flatMap(({ mode, what }) => {
    const last = mode === 'one' ? people - 1 : Math.floor((people - 1) / pageSize) * pageSize;
    const middle = Math.floor(last / 2 / pageSize) * pageSize;
    return [
      { place: 'first', skip: 0 },
      { place: 'middle', skip: middle },
      { place: 'last', skip: last },
    ].map(({ place, skip }) => ({
      name: `${what}, ${place} of ${short(people)}`,
      ...{ mode, people, message: id, data: { ref, mode, skip } },
    }));
  });
}

/** Asked for before anything is pressed: a card that shows somebody does not say of which review they are. */
export async function messageOf(control: Remote, made: Made): Promise<Message> {
  const { name } = made;
  const { id, card } = await control.shows(reviewer, name, '"reviews.show"');
  const ref = /"ref":"([^"]+)"/.exec(JSON.stringify(card))?.[1];
  if (ref === undefined) throw new Error(`The card about ${name} has no reference`);
  return { ...made, id, ref };
}

async function show(control: Remote, { message, data, name }: Case): Promise<Shown> {
  const since = await control.newestGraphCall();
  const { ms, text } = await control.ask(reviewer, message, 'reviews.show', data);
  if (!text.includes('"reviews.remove"')) throw new Error(`${name} shows nobody: ${text.slice(0, 300)}`);
  const { calls, requests } = costOf(await control.graphCalls(since));
  return { ms, bytes: Buffer.byteLength(text), calls, requests };
}
