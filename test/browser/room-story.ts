import type { Locator, Page } from 'playwright-core';
import { ownView } from '../../scripts/browser.js';
import { missing } from '../support/missing.js';
import type { Stage } from '../support/stage.js';
import { inBrowser } from './in-browser.js';

/** For the describe around it: a stage, and a window on the room in which these people sit side by side. */
export function roomStory<Staged extends Pick<Stage, 'url' | 'close'>>(
  openStage: () => Promise<Staged>,
  people: readonly string[],
) {
  let page: Page | undefined;
  const opened = inBrowser(openStage, async ({ stage, browser, open }) => {
    const wide = await browser.newPage({ viewport: { width: 1500, height: 940 } });
    page = await open(`${stage.url}/?people=${people.join(',')}&panel=on`, wide);
  });
  const room = (): Page => page ?? missing('page before the first test');
  return {
    complaints: opened.complaints,
    get stage(): Staged {
      return opened.stage;
    },
    get page(): Page {
      return room();
    },
    /** The newest message in somebody's chat that says this. */
    newest: (name: string, text: string): Locator =>
      room().getByRole('region', { name }).getByRole('article').filter({ hasText: text }).last(),
    press: (card: Locator, name: string): Promise<void> =>
      card.getByRole('button', { name, exact: true }).click(),
    ownView: (person: string): Promise<void> => ownView(room(), person),
  };
}
