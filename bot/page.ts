import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Telling } from './telling.js';

export interface Page {
  readonly title: string;
  readonly text: string;
  /** For whoever opened this window; without it the page runs nothing. */
  readonly telling?: Telling;
}

const style = [
  ':root{color-scheme:light dark}',
  'body{font:16px/1.5 "Segoe UI",Arial,sans-serif;max-width:26rem;margin:4rem auto;padding:0 1.5rem}',
  'h1{font-size:1.4rem}',
].join('');

const policy = [
  "default-src 'none'",
  `style-src ${hashOf(style)}`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
];

function headersFor(sources: readonly string[] = []): Record<string, string> {
  const scripts = sources.length === 0 ? [] : [`script-src ${sources.join(' ')}`];
  return {
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'content-security-policy': [...policy, ...scripts].join('; '),
  };
}

/** Nothing loaded from elsewhere, nothing run but what is named: the address of this page may hold a code. */
export function endPage(res: ServerResponse, status: number, { title, text, telling }: Page): void {
  const html = [
    '<!doctype html>',
    `<html lang="en"${telling === undefined ? '' : ` ${telling.attribute}`}>`,
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>Latchkey - ${title}</title>`,
    `<style>${style}</style>`,
    `<h1>${title}</h1>`,
    `<p>${text}</p>`,
    ...(telling?.scripts ?? []),
    '</html>',
  ].join('\n');
  res.writeHead(status, { ...headersFor(telling?.sources), 'content-type': 'text/html; charset=utf-8' });
  res.end(html);
}

function hashOf(inline: string): string {
  return `'sha256-${createHash('sha256').update(inline).digest('base64')}'`;
}

export function redirect(res: ServerResponse, location: string): void {
  res.writeHead(302, { ...headersFor(), location });
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
