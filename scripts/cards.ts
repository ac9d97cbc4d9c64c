import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../src/base/project-root.js';
import { createRenderer } from '../src/cards/render.js';
import { readCardFixtures } from './cards/fixtures.js';
import { galleryPage } from './cards/page.js';
import { photograph } from './cards/photos.js';

/** `npm run cards`: every card with every example, as one page to look at; with --png also as pictures. */
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: path.join(projectRoot(), 'dist/gallery') },
    png: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
});
const root = projectRoot();
const renderer = createRenderer({ root });
const exhibits = readCardFixtures(root)
  .filter(({ template }) => template.replace('/', '-').includes(values.only))
  .map((fixture) => ({ ...fixture, rendered: renderer.render(fixture) }));

mkdirSync(values.out, { recursive: true });
const page = path.join(values.out, 'index.html');
writeFileSync(page, galleryPage(root, exhibits));
console.log(`${exhibits.length} cards in ${page}`);
if (values.png) {
  console.log(`${await photograph(path.resolve(page), values.out, values.only)} pictures in ${values.out}`);
}
