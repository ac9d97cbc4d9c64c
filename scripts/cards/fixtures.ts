import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod/v4';
import type { Card } from '../../src/cards/card.js';

export interface CardFixture extends Card {
  /** What the example shows, such as `denied elsewhere`. */
  readonly name: string;
}

const fixtures = z.record(z.string(), z.record(z.string(), z.json()));
const repeated = z.strictObject({ repeat: z.string().min(1), length: z.int() });

/** Example views of every template, from test/cards/fixtures/<template>.json. */
export function readCardFixtures(root: string): readonly CardFixture[] {
  const folder = path.join(root, 'test/cards/fixtures');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.json'),
  );
  return files.sort().flatMap((file) => {
    const template = file
      .split(path.sep)
      .join('/')
      .replace(/\.json$/, '');
    const examples = fixtures.parse(JSON.parse(readFileSync(path.join(folder, file), 'utf8')));
    return Object.entries(examples).map(([name, view]) => ({
      template,
      name,
      view: { ...view, ...longTexts(view) },
    }));
  });
}

function longTexts(view: object): object {
  return Object.fromEntries(Object.entries(view).map(([key, value]) => [key, longText(value)]));
}

/** `{"repeat": "word ", "length": 4000}` stands for a text too long to be kept in a file. */
function longText(value: unknown): unknown {
  const long = repeated.safeParse(value);
  if (long.success) return long.data.repeat.repeat(long.data.length).slice(0, long.data.length);
  if (Array.isArray(value)) return value.map(longText);
  return typeof value === 'object' && value !== null ? longTexts(value) : value;
}
