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

/** Gives the template, parsed when it is first wanted and kept: parsing costs ten times what filling in does. */
export type Lazy = () => Template;

/** All of cards/. What is not a card at all stops the start, not a click; every expression is tried by a test. */
export function loadTemplates(folder: string): ReadonlyMap<string, Lazy> {
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

function load(folder: string, file: string): Lazy {
  try {
    const json: unknown = JSON.parse(readFileSync(path.join(folder, file), 'utf8'));
    shape.parse(json);
    let kept: Template | undefined;
    return () => {
      kept ??= new Template(json);
      return kept;
    };
  } catch (error) {
    throw cardError('cards.broken-template', error, { template: nameOf(file) });
  }
}
