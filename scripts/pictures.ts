import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../src/base/project-root.js';
import { chromiumPath, launchChromium } from './browser.js';
import { packagesStory } from './pictures/packages-story.js';
import { reviewsStory } from './pictures/reviews-story.js';
import { rolesStory } from './pictures/roles-story.js';
import { openStage } from './pictures/stage.js';

/** `npm run pictures`: plays the stories of the README in the room and photographs them for docs/pictures. */
const folder = path.join(projectRoot(), 'docs/pictures');

const executable = chromiumPath();
if (executable === undefined) throw new Error('No Chromium found: install it, or set CHROMIUM_PATH.');
mkdirSync(folder, { recursive: true });
const browser = await launchChromium(executable);
try {
  for (const theme of ['light', 'dark'] as const) {
    for (const story of [packagesStory, reviewsStory, rolesStory]) {
      const stage = await openStage();
      const page = await browser.newPage({ viewport: { width: 1500, height: 940 }, deviceScaleFactor: 1.5 });
      await story({
        page,
        stage,
        theme,
        save: (shown, name) => shown.screenshot({ path: path.join(folder, `${name}-${theme}.png`) }),
      });
      await page.close();
      await stage.close();
    }
  }
} finally {
  await browser.close();
}
process.exit(0);
