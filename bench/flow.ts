import { personByKey } from '../practice/world/people.js';
import { quantile, ratio, short } from './numbers.js';
import { type Remote, remote } from './remote.js';
import type { Stage } from './stage.js';
import type { Section } from './table.js';

const standard = 'AI research assistant - standard';
const elevated = 'AI research assistant - elevated connectors';

/** Who asks, for what, and who decides: nobody asks for the same thing twice. */
const stories = [
  ...['engineer', 'finance', 'starter', 'appowner'].map((asker) => [asker, standard, 'manager'] as const),
  ['helpdesk', standard, 'security'],
  ...['engineer', 'finance', 'starter', 'helpdesk', 'manager'].map(
    (asker) => [asker, elevated, 'security'] as const,
  ),
] as const;

/** What a person waits for, and the longest that the design allows. */
const waits = [
  ['a message -> the form in the chat', 'form', 3_000],
  ['press of Ask -> its answer', 'ask', 3_000],
  ['press of Approve -> its answer', 'approve', 3_000],
  ["press of Ask -> the approver's card in their chat", 'asked', 2_000],
  ["press of Approve -> the requester's card says approved", 'told', 10_000],
  ["press of Approve -> the requester's card says you have access", 'settled', 10_000],
] as const;

type Times = Readonly<Record<(typeof waits)[number][1] | 'calls', number>>;

/** The whole story of a request, one after the other, each with a person and a package of its own. */
export async function flow({ url }: Stage): Promise<Section> {
  const control = remote(url);
  const told: Times[] = [];
  for (const [asker, what, approver] of stories) told.push(await tell(control, asker, what, approver));
  const calls = told.map((times) => times.calls);
  const rows = waits.map(([what, name, limit]) => {
    const samples = told.map((times) => times[name]);
    const worst = Math.max(...samples);
    return [what, ratio(worst, limit), `${limit / 1000} s`, short(quantile(samples, 0.5)), short(worst)];
  });
  return {
    title: 'One request, from the first word to "you have access"',
    text: `${stories.length} stories one after the other, each with another person or package, against the practice tenant. Its Graph answers at once,
but works like the real one: 300 ms until a request is pending, 500 ms from the approval to the delivery; both are in these
times. So is the sign-in of whoever presses for the first time. Calls to Graph in a story, those of background jobs
included: **${quantile(calls, 0.5)}** (at most ${Math.max(...calls)}).`,
    head: ['', 'worst : limit', 'limit', 'p50 ms*', 'worst ms*'],
    rows,
  };
}

async function tell(control: Remote, asker: string, what: string, approver: string): Promise<Times> {
  const name = personByKey(asker)?.displayName ?? asker;
  const since = (await control.requests()).at(-1)?.id;
  const saidAt = Date.now();
  await control.say(asker, `I need the ${what}`);
  const form = await control.shows(asker, what, '"packages.ask"');

  const askedAt = Date.now();
  const ask = await timed(() =>
    control.press(asker, form.id, 'packages.ask', { reason: 'For project Nord' }),
  );
  const card = await control.shows(approver, name, what, '"packages.approve"');
  await control.shows(asker, what, 'Waiting for a decision');

  const approvedAt = Date.now();
  const approve = await timed(() => control.press(approver, card.id, 'packages.approve', { comment: 'Yes' }));
  const told = await Promise.any([
    control.shows(asker, what, 'Approved'),
    control.shows(asker, what, 'You have access'),
  ]);
  const settled = await control.shows(asker, what, 'You have access');
  return {
    ...{ ask, approve },
    // The tenant notes when a message came and when it was last changed: our own looking costs nothing here.
    form: Date.parse(form.at) - saidAt,
    asked: Date.parse(card.at) - askedAt,
    told: Date.parse(told.updatedAt ?? told.at) - approvedAt,
    settled: Date.parse(settled.updatedAt ?? settled.at) - approvedAt,
    calls: (await control.requests(since)).length,
  };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
