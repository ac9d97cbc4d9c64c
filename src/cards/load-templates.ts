import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
// Its front door drags the sources of the whole card renderer into the compiler.
import { Template } from 'adaptivecards-templating/lib/template-engine.js';
import { z } from 'zod/v4';
import { cardError } from './errors.js';

/** What every template must have: 1.5 is the newest version that Teams shows everywhere. */
const shape = z.object({
  type: z.literal('AdaptiveCard'),
  version: z.literal('1.5'),
  fallbackText: z.string().min(1),
  body: z.array(z.object({ type: z.string() })).min(1),
});

/** All of cards/, parsed once: parsing costs ten times what filling in does. A broken one stops the start, not a click. */
export function loadTemplates(folder: string): ReadonlyMap<string, Template> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.json'),
  );
  return new Map(files.map((file) => [nameOf(file), load(folder, file)]));
}

function nameOf(file: string): string {
  return file
    .split(path.sep)
    .join('/')
    .replace(/\.json$/, '');
}

function load(folder: string, file: string): Template {
  try {
    const json: unknown = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
    shape.parse(json);
    return new Template(json);
  } catch (error) {
    throw cardError('cards.broken-template', error, { template: nameOf(file) });
  }
}
