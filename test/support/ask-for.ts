import { hasButton } from './on-card.js';
import { goodReason, type PackagesStage } from './packages-stage.js';
import type { Entry } from './remote-control.js';
import { until } from './until.js';

/** A person asks for a package in plain words and sends the form; answers the entry that now shows the request. */
export async function askFor(stage: PackagesStage, person: string, words: string): Promise<Entry> {
  await stage.say(person, `I need ${words}`);
  const form = await until(`a form for ${person}`, async () =>
    (await stage.timeline(person)).findLast(({ card }) => hasButton(card, 'packages.ask')),
  );
  await stage.press(person, form.id, 'packages.ask', { reason: goodReason });
  return form;
}
