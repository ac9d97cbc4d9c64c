import { readCardFixtures } from '../scripts/cards/fixtures.js';
import { projectRoot } from '../src/base/project-root.js';
import { createRenderer } from '../src/cards/render.js';
import { type Section, short } from './page.js';

/** What it costs to fill in the card that approvers get, with a renderer that is kept, as the bot keeps it. */
export function render(): Section {
  const renderer = createRenderer({ root: projectRoot() });
  const rows = readCardFixtures(projectRoot())
    .filter(({ template, name }) => template === 'packages/decide' && /^(ordinary|longest)$/.test(name))
    .map((card) => {
      const { content, bytes } = renderer.render(card);
      const rendered = perSecond(() => renderer.render(card));
      const written = perSecond(() => JSON.stringify(content));
      return [`packages/decide, ${card.name}`, short(written / rendered), short(bytes), short(rendered)];
    });
  const text = 'Filling in a template, making harmless what people wrote, checking the result.';
  return { title: 'Cards', text, head: ['', 'render : JSON.stringify', 'bytes', 'cards/s*'], rows };
}

/** The best of three half seconds: the first is the warm-up. */
function perSecond(work: () => unknown): number {
  const counts = [0, 0, 0].map((count) => {
    for (const end = performance.now() + 500; performance.now() < end; count++) work();
    return count;
  });
  return Math.max(...counts) * 2;
}
