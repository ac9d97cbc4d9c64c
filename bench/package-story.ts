import { projectQuestionIds } from '../practice/world/package-questions.js';
import { personByKey } from '../practice/world/people.js';
import type { Remote } from './remote.js';
import { costSince, type Step } from './step-cost.js';

/** Somebody asks for a package of two stages and gets it: what each step took. */
export interface Told {
  readonly list: Step;
  readonly form: Step;
  readonly ask: Step;
  /** Until the first approver's message is in their chat. */
  readonly askToCard: number;
  readonly first: Step;
  /** Until the second approver's message is in their chat. */
  readonly firstToCard: number;
  readonly second: Step;
  /** Until the asker's message says that they have it. */
  readonly secondToAccess: number;
}

export interface Story {
  readonly asker: string;
  readonly wanted: { readonly package: string; readonly policy?: string };
  readonly questions: boolean;
  readonly approvers: readonly [first: string, second: string];
}

const answers = {
  [`q-${projectQuestionIds.project}`]: 'NORD-12',
  [`q-${projectQuestionIds.purpose}`]: 'Sorting contracts by supplier',
  [`q-${projectQuestionIds.site}`]: 'VIE',
  [`q-${projectQuestionIds.data}`]: 'public,internal',
};

export async function tell(control: Remote, story: Story, number: number): Promise<Told> {
  const { asker, wanted, questions, approvers } = story;
  const askerName = personByKey(asker)?.displayName ?? asker;
  // What everybody's card of this story shows, and no other.
  const reason = `Story ${number}: reading the supplier contracts of project Nord`;
  const cost = () => costSince(control);

  const listCost = await cost();
  const saidAt = Date.now();
  await control.say(asker, 'I want access to something');
  const list = await control.shows(asker, '"packages.open"', wanted.package);
  const listed = { ms: list.at - saidAt, ...(await listCost()) };

  const formCost = await cost();
  const formMs = await control.press(asker, list.id, 'packages.open', wanted);
  const form = { ms: formMs, ...(await formCost()) };

  const askCost = await cost();
  const askedAt = Date.now();
  const askMs = await control.press(asker, list.id, 'packages.ask', {
    reason,
    ...(questions ? { startDate: '', endDate: '', ...answers } : {}),
  });
  const [one, two] = approvers;
  const card = await control.shows(one, askerName, reason, '"packages.approve"');
  const ask = { ms: askMs, ...(await askCost()) };

  const comment = 'Yes, this is planned';
  const firstCost = await cost();
  const firstAt = Date.now();
  const firstMs = await control.press(one, card.id, 'packages.approve', { comment });
  const later = await control.shows(two, askerName, reason, '2 of 2', '"packages.approve"');
  const first = { ms: firstMs, ...(await firstCost()) };

  const secondCost = await cost();
  const secondAt = Date.now();
  const secondMs = await control.press(two, later.id, 'packages.approve', { comment });
  const has = await control.shows(asker, reason, 'You have access');
  const second = { ms: secondMs, ...(await secondCost()) };
  // The tenant notes when a message came and when it was changed: how often we look does not count.
  return {
    ...{ list: listed, form, ask, first, second },
    askToCard: card.at - askedAt,
    firstToCard: later.at - firstAt,
    secondToAccess: (has.updatedAt ?? has.at) - secondAt,
  };
}
