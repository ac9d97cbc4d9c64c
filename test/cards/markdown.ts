import { createRequire } from 'node:module';

type MarkdownIt = (
  preset: 'commonmark' | 'default',
  options: { html: boolean; linkify: boolean },
) => { render(text: string): string };

const markdownIt = createRequire(import.meta.url)('markdown-it') as MarkdownIt;

/** More than Teams understands: tables, headings, quotes and strike-through too. */
const renderer = markdownIt('default', { html: false, linkify: false });

export function toHtml(text: string): string {
  return renderer.render(text).trim();
}

/** The elements that Markdown made of a text, apart from the paragraph around it. */
export function livingTags(text: string): readonly string[] {
  return [...toHtml(text).matchAll(/<([a-z0-9]+)/g)].map(([, tag = '']) => tag).filter((tag) => tag !== 'p');
}
