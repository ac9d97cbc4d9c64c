import type { Browser, Locator, Page } from 'playwright-core';
import { chromiumPath, launchChromium, listen, ownView, sayNoChromium } from '../../scripts/browser.js';
import { missing } from '../support/missing.js';
import type { Stage } from '../support/stage.js';

/** For the describe around it: a stage, and a window on the room in which these people sit side by side. */
export function roomStory<Staged extends Pick<Stage, 'url' | 'close'>>(
  openStage: () => Promise<Staged>,
  people: readonly string[],
) {
  let stage: Staged | undefined;
  let browser: Browser | undefined;
  let page: Page | undefined;
  const complaints: string[] = [];
  before(async function () {
    const executable = chromiumPath();
    if (executable === undefined) {
      sayNoChromium();
      this.skip();
    }
    [stage, browser] = await Promise.all([openStage(), launchChromium(executable)]);
    page = await browser.newPage({ viewport: { width: 1500, height: 940 } });
    page.setDefaultTimeout(10_000);
    listen(page, complaints);
    await page.goto(`${stage.url}/?people=${people.join(',')}&panel=on`);
  });
  after(async () => {
    await browser?.close();
    await stage?.close();
  });
  const open = (): Page => page ?? missing('page before the first test');
  return {
    /** What the browser complained about, a line each. */
    complaints,
    get stage(): Staged {
      return stage ?? missing('stage before the first test');
    },
    get page(): Page {
      return open();
    },
    /** The newest message in somebody's chat that says this. */
    newest: (name: string, text: string): Locator =>
      open().getByRole('region', { name }).getByRole('article').filter({ hasText: text }).last(),
    press: (card: Locator, name: string): Promise<void> =>
      card.getByRole('button', { name, exact: true }).click(),
    ownView: (person: string): Promise<void> => ownView(open(), person),
  };
}
