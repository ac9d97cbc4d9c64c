import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { projectRoot } from '../src/base/project-root.js';
import { edge } from './edge.js';
import { packageSections } from './packages.js';
import { sectionText } from './page.js';
import { recoverySections } from './recovery.js';
import { render } from './render.js';
import { reviewSections } from './reviews.js';
import { roleSections } from './roles.js';
import { start } from './start.js';

/** `npm run bench`: measures, prints, and writes docs/performance.md. Nothing here passes or fails. */
const busy = loadavg()[0] ?? 0;
const data = mkdtempSync(path.join(tmpdir(), 'latchkey-bench-'));
process.once('exit', () => rmSync(data, { recursive: true, force: true }));
const sections = [
  await edge(path.join(data, 'edge')),
  ...(await start(path.join(data, 'start'))),
  ...(await packageSections(path.join(data, 'packages'))),
  ...(await reviewSections(path.join(data, 'reviews'))),
  ...(await roleSections(path.join(data, 'roles'))),
  ...(await recoverySections(path.join(data, 'recovery'))),
  render(),
];
const page = `# Performance

Written by \`npm run build && npm run bench\`, which takes about two minutes. Bot, practice tenant and whoever presses share one machine,
and nothing leaves it. Ratios come first, because they travel; columns with a * are true for the machine of this run only.
Nothing is asserted: a slow machine fails no test.

This run: ${availableParallelism()} cores, Node ${process.versions.node}, ${process.platform} ${process.arch}, load average ${busy.toFixed(1)} before it${busy > availableParallelism() / 2 ? ' (noisy: others worked on it too)' : ''}, ${new Date().toISOString().slice(0, 10)}.

${sections.map(sectionText).join('\n')}`;
writeFileSync(path.join(projectRoot(), 'docs/performance.md'), page);
console.log(page);
