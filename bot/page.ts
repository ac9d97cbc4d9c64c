import type { ServerResponse } from 'node:http';

export interface Page {
  readonly title: string;
  readonly text: string;
}

const headers = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'content-security-policy':
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

/** No script, no style, nothing loaded: the address of this page holds a code that nobody else must learn. */
export function endPage(res: ServerResponse, status: number, { title, text }: Page): void {
  const html = [
    '<!doctype html>',
    '<html lang="en">',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>Latchkey - ${title}</title>`,
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
