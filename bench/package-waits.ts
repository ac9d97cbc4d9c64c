import { agentWorkshop, redTeam } from '../practice/world/packages.js';
import { type Story, type Told, tell } from './package-story.js';
import { quantile, type Section, short } from './page.js';
import type { Remote } from './remote.js';
import { pressCells, type Step } from './step-cost.js';

/** Nobody asks twice for the same, and nobody decides about themselves. */
const project = {
  package: agentWorkshop.id,
  policy: agentWorkshop.otherPolicies?.[0]?.id ?? '',
};
const stories: readonly Story[] = [
  ...['engineer', 'finance', 'starter'].map((asker) => withQuestions(asker, ['manager', 'appowner'])),
  withQuestions('appowner', ['manager', 'security']),
  withQuestions('helpdesk', ['security', 'appowner']),
  ...['engineer', 'finance', 'starter', 'appowner'].map(
    (asker): Story => ({
      asker,
      wanted: { package: redTeam.id },
      questions: false,
      approvers: ['manager', 'security'],
    }),
  ),
];

function withQuestions(asker: string, approvers: Story['approvers']): Story {
  return { asker, wanted: project, questions: true, approvers };
}

/** What each step costs, and how long people wait for each other. */
export async function packageWaits(control: Remote): Promise<readonly Section[]> {
  const told: Told[] = [];
  for (const [index, story] of stories.entries()) told.push(await tell(control, story, index + 1));
  return [pressSection(told), waitSection(told)];
}

const limit = 3_000;

function pressSection(told: readonly Told[]): Section {
  const row = (what: string, stepOf: (each: Told) => Step): readonly string[] => {
    const { calls, times } = pressCells(told.map(stepOf), limit);
    return [what, calls, ...times];
  };
  return {
    title: 'Packages: what a press costs',
    text: `Calls that Graph counts, and in brackets the requests they travel in; the middle of ${told.length} stories of two stages, each with another
person or package, most with four questions. What a press of Ask or of the first Approve costs counts until the next approver
has their card, and of the last one until the access is there, with what background jobs did meanwhile. The limit for an answer is 3 s.`,
    head: ['', 'Graph calls (requests)', 'worst : limit', 'p50 ms*', 'worst ms*'],
    rows: [
      row('“I want access” -> the list', ({ list }) => list),
      row('press of a package -> the form', ({ form }) => form),
      row('press of Ask -> its answer', ({ ask }) => ask),
      row('the first press of Approve -> its answer', ({ first }) => first),
      row('the second press of Approve -> its answer', ({ second }) => second),
    ],
  };
}

const waits = [
  ["press of Ask -> the first approver's card in their chat", 2_000, 'askToCard'],
  ["press of Approve -> the second approver's card in their chat", 2_000, 'firstToCard'],
  ["press of Approve -> the asker's card says that they have access", 10_000, 'secondToAccess'],
] as const;

function waitSection(told: readonly Told[]): Section {
  const rows = waits.map(([what, most, key]) => {
    const samples = told.map((each) => each[key]);
    const worst = Math.max(...samples);
    return [what, short(worst / most), `${most / 1000} s`, short(quantile(samples, 0.5)), short(worst)];
  });
  return {
    title: 'Packages: from one person to the other',
    text: `The same ${told.length} stories. Entra needs 300 ms here until a request is pending, and 500 ms from the approval to the delivery; both are in these times.`,
    head: ['', 'worst : limit', 'limit', 'p50 ms*', 'worst ms*'],
    rows,
  };
}
