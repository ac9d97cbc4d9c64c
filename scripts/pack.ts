import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../src/base/project-root.js';
import { fillManifest } from './pack/fill-manifest.js';
import { zip } from './pack/zip.js';

/** `npm run pack`: the app package for the Teams admin center, filled from the environment. */
const folder = path.join(projectRoot(), 'appPackage');
const filled = fillManifest(readFileSync(path.join(folder, 'manifest.json'), 'utf8'), process.env);
if (filled.kind === 'problems') {
  console.error(
    `The app package cannot be made:\n${filled.problems.map((problem) => `- ${problem}`).join('\n')}`,
  );
  process.exitCode = 1;
} else {
  const icons = ['color.png', 'outline.png'].map((name) => ({
    name,
    content: readFileSync(path.join(folder, name)),
  }));
  const manifest = { name: 'manifest.json', content: Buffer.from(filled.manifest) };
  const out = path.join(projectRoot(), 'dist', 'latchkey-teams-app.zip');
  mkdirSync(path.dirname(out), { recursive: true });
  writeFileSync(out, zip([manifest, ...icons]));
  console.log(`${path.relative(process.cwd(), out)} is ready: upload it in the Teams admin center.`);
}
