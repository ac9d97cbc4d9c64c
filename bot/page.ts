import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';

export interface Page {
  readonly title: string;
  readonly text: string;
}

const style = [
  ':root{color-scheme:light dark}',
  'body{font:16px/1.5 "Segoe UI",Arial,sans-serif;max-width:26rem;margin:4rem auto;padding:0 1.5rem}',
  'h1{font-size:1.4rem}',
].join('');
const styleHash = createHash('sha256').update(style).digest('base64');

const headers = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
};

/** No script, nothing loaded: the address of this page holds a code that nobody else must learn. */
export function endPage(res: ServerResponse, status: number, { title, text }: Page): void {
  const html = [
    '<!doctype html>',
    '<html lang="en">',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>Latchkey - ${title}</title>`,
    `<style>${style}</style>`,
    `<h1>${title}</h1>`,
    `<p>${text}</p>`,
    '</html>',
  ].join('\n');
  res.writeHead(status, { ...headers, 'content-type': 'text/html; charset=utf-8' });
  res.end(html);
}

export function redirect(res: ServerResponse, location: string): void {
  res.writeHead(302, { ...headers, location });
  res.end();
}

/** No body: whoever is turned away learns nothing from it. */
export function endBare(res: ServerResponse, status: number): void {
  res.writeHead(status, { 'content-length': '0' });
  res.end();
}

export function endJson(res: ServerResponse, status: number, body: unknown): void {
  // First, because it may throw, and a head that was sent cannot be taken back.
  const text = JSON.stringify(body);
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  res.end(text);
}
