import { personByKey } from '../practice/world/people.js';
import { quantile, type Section, short } from './page.js';
import type { Remote } from './remote.js';

/** Who asks, for what, and who decides: nobody asks for the same thing twice. */
const stories = ['engineer', 'finance', 'starter', 'helpdesk'].flatMap((asker) => [
  {
    asker,
    what: 'AI research assistant - standard',
    approver: asker === 'helpdesk' ? 'security' : 'manager',
  },
  { asker, what: 'AI research assistant - elevated connectors', approver: 'security' },
]);

/** What a person waits for, and the longest that the design allows. */
const waits = [
  ['a message -> the form in the chat', 3_000],
  ['press of Ask -> its answer', 3_000],
  ["press of Ask -> the approver's card in their chat", 2_000],
  ['press of Approve -> its answer', 3_000],
  ["press of Approve -> the requester's card says you have access", 10_000],
] as const;

/** The whole story of a request, one after the other, each with a person and a package of its own. */
export async function flow(control: Remote): Promise<Section> {
  const told: (readonly number[])[] = [];
  for (const story of stories) told.push(await tell(control, story));
  const calls = told.map((times) => times.at(-1) ?? 0);
  const rows = waits.map(([what, limit], index) => {
    const samples = told.map((times) => times[index] ?? 0);
    const worst = Math.max(...samples);
    return [what, short(worst / limit), `${limit / 1000} s`, short(quantile(samples, 0.5)), short(worst)];
  });
  return {
    title: 'One request, from the first word to "you have access"',
    text: `${stories.length} stories one after the other, each with another person or package. The practice Graph answers at once but works like
the real one: 300 ms until a request is pending, 500 ms from the approval to the delivery; both are in these times, and
so is the first sign-in. Calls to Graph in a story, with those of background jobs: **${quantile(calls, 0.5)}** (at most ${Math.max(...calls)}).`,
    head: ['', 'worst : limit', 'limit', 'p50 ms*', 'worst ms*'],
    rows,
  };
}

async function tell(control: Remote, { asker, what, approver }: (typeof stories)[number]): Promise<number[]> {
  const name = personByKey(asker)?.displayName ?? asker;
  const since = (await control.graphCalls()).at(-1)?.id;
  const saidAt = Date.now();
  await control.say(asker, `I need the ${what}`);
  const form = await control.shows(asker, what, '"packages.ask"');

  const askedAt = Date.now();
  const reason = 'Reading the supplier contracts of project Nord';
  const ask = await control.press(asker, form.id, 'packages.ask', { reason });
  const card = await control.shows(approver, name, what, '"packages.approve"');
  await control.shows(asker, what, 'Waiting for a decision');

  const approvedAt = Date.now();
  const approve = await control.press(approver, card.id, 'packages.approve', { comment: 'Yes' });
  const { at, updatedAt = at } = await control.shows(asker, what, 'You have access');
  // The tenant notes when a message came and when it was changed: how often we look does not count.
  const calls = (await control.graphCalls(since)).length;
  return [form.at - saidAt, ask, card.at - askedAt, approve, updatedAt - approvedAt, calls];
}
