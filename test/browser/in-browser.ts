import type { Browser, Page } from 'playwright-core';
import { chromiumPath, launchChromium, listen, sayNoChromium } from '../../scripts/browser.js';
import { missing } from '../support/missing.js';

interface InBrowser<Staged> {
  readonly stage: Staged;
  readonly browser: Browser;
  /** What the pages complained about, a line each. */
  readonly complaints: string[];
  /** Opens an address, in a window of its own where no page is handed in. */
  open(address: string, page?: Page): Promise<Page>;
}

/** For the describe around it: a stage, and a browser to look at it. Where there is none, its tests are skipped. */
export function inBrowser<Staged extends { close(): Promise<void> }>(
  openStage: () => Promise<Staged>,
  begin: (opened: InBrowser<Staged>) => Promise<void> = async () => undefined,
): InBrowser<Staged> {
  let stage: Staged | undefined;
  let browser: Browser | undefined;
  const opened: InBrowser<Staged> = {
    complaints: [],
    get stage() {
      return stage ?? missing('stage before the first test');
    },
    get browser() {
      return browser ?? missing('browser before the first test');
    },
    open: async (address, given) => {
      const page = given ?? (await opened.browser.newPage({ viewport: { width: 1280, height: 800 } }));
      page.setDefaultTimeout(20_000);
      listen(page, opened.complaints);
      await page.goto(address);
      return page;
    },
  };
  before(async function () {
    const path = chromiumPath();
    if (path === undefined) {
      sayNoChromium();
      this.skip();
    }
    [stage, browser] = await Promise.all([openStage(), launchChromium(path)]);
    await begin(opened);
  });
  after(async () => {
    await browser?.close();
    await stage?.close();
  });
  return opened;
}
