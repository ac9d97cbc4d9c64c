import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Rendered } from '../../src/cards/render.js';

export interface Exhibit {
  readonly template: string;
  readonly name: string;
  readonly rendered: Rendered;
}

export const themes = ['light', 'dark'] as const;
export const widths = [360, 640] as const;

const styles = ['theme.css', 'inputs.css', 'card.css'];
const modules = ['host-config.js', 'markdown.js'];
const libraries = ['adaptivecards/dist/adaptivecards.min.js', 'markdown-it/dist/markdown-it.min.js'];

/** One page that needs no server: the official renderer, the look of the room, and every card in both themes. */
export function galleryPage(root: string, exhibits: readonly Exhibit[]): string {
  const read = (...parts: readonly string[]): string => readFileSync(path.join(root, ...parts), 'utf8');
  // The room has one theme at a time, this page both: what belongs to the root there belongs to a frame here.
  const css = styles
    .map((file) => read('practice/room/page', file))
    .join('\n')
    .replaceAll(':root[data-theme="dark"]', '.frame[data-theme="dark"]')
    .replaceAll(':root', ':root, .frame');
  const scripts = libraries
    .map((file) => `<script>${unbroken(read('node_modules', file))}</script>`)
    .join('\n');
  // The modules of the room import nothing, so joined they are one script.
  const code = modules.map((file) => read('practice/room/page', file).replace(/^export /gm, '')).join('\n');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Cards of Latchkey</title>
<style>${css}\n${look}</style>
<body>
${exhibits.map(section).join('\n')}
${scripts}
<script type="module">${unbroken(`${code}\n${draw}`)}</script>
</html>`;
}

function section({ template, name, rendered }: Exhibit, index: number): string {
  const about = `${escapeHtml(rendered.summary)} <small>(${rendered.bytes} bytes)</small>`;
  const frames = themes.flatMap((theme) =>
    widths.map((width) => {
      const id = `${template.replace('/', '-')}.${name.replaceAll(/\W+/g, '-')}.${theme}.${width}`;
      return `<div class="frame" data-theme="${theme}" id="${id}" style="width:${width}px" data-card="${index}"></div>`;
    }),
  );
  const json = unbroken(JSON.stringify(rendered.content));
  return `<section><h2>${template}: ${escapeHtml(name)}</h2><p>${about}</p>
<script type="application/json" id="card-${index}">${json}</script>
<div class="frames">${frames.join('\n')}</div></section>`;
}

/** What a script holds must not end it. */
function unbroken(script: string): string {
  return script.replaceAll('</', '<\\/').replaceAll('<!--', '<\\!--');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

const look = `
body { margin: 24px; overflow: auto; height: auto; font-family: var(--font); background: #d8d8dc; color: #242424; }
section { margin-bottom: 40px; }
section > p { max-width: 100ch; color: #444; overflow-wrap: anywhere; }
.frames { display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start; }
.frame { box-sizing: border-box; padding: 12px; border-radius: 8px; background: var(--chat); color: var(--text); }
.frame textarea, .frame input { font: inherit; }
`;

const draw = `
const library = globalThis.AdaptiveCards;
library.AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = markdown(text);
  result.didProcess = true;
};
for (const frame of document.querySelectorAll('.frame')) {
  const card = new library.AdaptiveCard();
  card.hostConfig = new library.HostConfig(hostConfig);
  card.parse(JSON.parse(document.getElementById('card-' + frame.dataset.card).textContent));
  const box = document.createElement('div');
  box.className = 'card';
  box.append(card.render());
  frame.append(box);
}
document.body.dataset.drawn = 'yes';
`;
