import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../src/base/project-root.js';
import { chromiumPath, launchChromium } from './browser.js';
import { packagesStory } from './pictures/packages-story.js';
import { projectStory } from './pictures/project-story.js';
import { recoveryStory } from './pictures/recovery-story.js';
import { reviewsStory } from './pictures/reviews-story.js';
import { rolesStory } from './pictures/roles-story.js';
import { openStage } from './pictures/stage.js';

/** `npm run pictures`: plays the stories of the README in the room and photographs them for docs/pictures; words after it choose some. */
const stories = {
  packages: packagesStory,
  project: projectStory,
  recovery: recoveryStory,
  reviews: reviewsStory,
  roles: rolesStory,
};
const wanted = process.argv.slice(2);
const folder = path.join(projectRoot(), 'docs/pictures');

const executable = chromiumPath();
if (executable === undefined) throw new Error('No Chromium found: install it, or set CHROMIUM_PATH.');
mkdirSync(folder, { recursive: true });
const browser = await launchChromium(executable);
try {
  for (const theme of ['light', 'dark'] as const) {
    for (const [name, story] of Object.entries(stories)) {
      if (wanted.length > 0 && !wanted.includes(name)) continue;
      const stage = await openStage();
      const page = await browser.newPage({ viewport: { width: 1500, height: 940 }, deviceScaleFactor: 1.5 });
      await story({
        page,
        stage,
        theme,
        save: (shown, picture, covered) =>
          shown.screenshot({
            path: path.join(folder, `${picture}-${theme}.png`),
            ...(covered === undefined ? {} : { mask: [covered], maskColor: '#6b6ba8' }),
          }),
      });
      await page.close();
      await stage.close();
    }
  }
} finally {
  await browser.close();
}
process.exit(0);
