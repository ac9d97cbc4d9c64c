import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PracticeContext } from '../context.js';
import { createRouter, type PracticeResponse, type Router } from '../http/router.js';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const vendored: Readonly<Record<string, string>> = {
  'adaptivecards.min.js': 'node_modules/adaptivecards/dist/adaptivecards.min.js',
  'markdown-it.min.js': 'node_modules/markdown-it/dist/markdown-it.min.js',
};

/** The room: a page in which several people of the practice tenant use Teams side by side. */
export function roomService(_ctx: PracticeContext): Router {
  const router = createRouter();
  const root = packageRoot();
  const serve = (name: string): Promise<PracticeResponse> => file(join(root, 'practice/room/page', name));

  router.on('GET', '/', () => serve('index.html'));
  router.on('GET', '/vendor/:name', ({ params }) => {
    const path = vendored[params.name ?? ''];
    // The libraries change only with an installation; a browser need not read half a megabyte at every look.
    return path ? file(join(root, path), { 'cache-control': 'max-age=86400' }) : missing;
  });
  router.on('GET', '/:name', ({ params }) => {
    // Plain names only, so that no path can leave the folder of the page.
    const name = params.name ?? '';
    return /^[a-z][a-z0-9-]*\.(css|js|svg)$/.test(name) ? serve(name) : missing;
  });
  return router;
}

/** Cards come from the bot under test: whatever they hold, nothing in them may run or load from elsewhere. */
const policy = [
  `default-src 'none'`,
  `script-src 'self'`,
  `style-src 'self'`,
  `img-src 'self' data:`,
  `connect-src 'self'`,
  `base-uri 'none'`,
  `form-action 'none'`,
  `frame-ancestors 'self'`,
];
const headers: Readonly<Record<string, string>> = {
  'content-security-policy': policy.join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

const missing: PracticeResponse = {
  status: 404,
  body: { error: { code: 'NotFound', message: 'No such page.' } },
};

async function file(path: string, more: Readonly<Record<string, string>> = {}): Promise<PracticeResponse> {
  if (!existsSync(path)) return missing;
  const type = types[extname(path)] ?? 'application/octet-stream';
  return { status: 200, headers: { ...headers, ...more, 'content-type': type }, body: await readFile(path) };
}

/** The page is served as written, not compiled: it stands beside package.json, whatever folder this file runs in. */
function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
