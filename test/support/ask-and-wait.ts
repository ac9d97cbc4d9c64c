import { cardActions, cardText } from './card-text.js';
import type { Entry } from './remote-control.js';
import type { Stage } from './stage.js';
import { until } from './until.js';

export const goodReason = 'Reading the supplier contracts of project Nord';

/** A person asks for a package in plain words and sends the form; answers the entry that now shows the request. */
export async function askFor(stage: Stage, person: string, words: string): Promise<Entry> {
  await stage.say(person, `I need ${words}`);
  const form = await until(`a form for ${person}`, async () =>
    (await stage.timeline(person)).findLast(({ card }) => has(card, 'packages.ask')),
  );
  await stage.press(person, form.id, 'packages.ask', { reason: goodReason });
  return form;
}

/** All messages of a person's chat that can be read to say this. */
export async function cardsThatSay(stage: Stage, person: string, fits: RegExp): Promise<readonly Entry[]> {
  return (await stage.timeline(person)).filter(({ card }) => card !== undefined && fits.test(cardText(card)));
}

/** The same message as it stands now. */
export async function textNow(stage: Stage, person: string, id: string): Promise<string> {
  return cardText((await stage.timeline(person)).find((entry) => entry.id === id)?.card);
}

export function has(card: unknown, verb: string): boolean {
  return cardActions(card).some((action) => action.verb === verb);
}
