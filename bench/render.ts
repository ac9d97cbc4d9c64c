import { readCardFixtures } from '../scripts/cards/fixtures.js';
import { projectRoot } from '../src/base/project-root.js';
import { createRenderer } from '../src/cards/render.js';
import { ratio, short } from './numbers.js';
import type { Section } from './table.js';

const measureMs = 600;

/** What it costs to fill in the card that approvers get, with a renderer that is kept, as the bot keeps it. */
export function render(): Section {
  const root = projectRoot();
  const renderer = createRenderer({ root });
  const wanted = ['ordinary', 'longest'];
  const cards = readCardFixtures(root).filter(
    ({ template, name }) => template === 'packages/decide' && wanted.includes(name),
  );
  const rows = cards.map((card) => {
    const { content, bytes } = renderer.render(card);
    const rendered = perSecond(() => renderer.render(card));
    const written = perSecond(() => JSON.stringify(content));
    return [`packages/decide, ${card.name}`, ratio(written, rendered), short(bytes), short(rendered)];
  });
  return {
    title: 'Cards',
    text: 'Filling in a template, making what people wrote harmless, and checking the result. No card may be above 25 KB.',
    head: ['', 'render : JSON.stringify', 'bytes', 'cards/s*'],
    rows,
  };
}

function perSecond(work: () => unknown): number {
  const run = (ms: number): number => {
    const started = performance.now();
    let count = 0;
    for (; performance.now() - started < ms; count++) work();
    return (count * 1000) / (performance.now() - started);
  };
  run(measureMs / 2);
  return Math.max(run(measureMs), run(measureMs));
}
