import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readCardFixtures } from '../../scripts/cards/fixtures.js';

/** A new verb needs its file, a card with its button, its click test and its line in the flow's README. */
export function verbProblems(root: string, flow: string, verbs: readonly string[]): readonly string[] {
  const cards = cardTexts(root);
  return verbs.flatMap((verb) => {
    const name = verb.slice(flow.length + 1);
    const missing = [
      [verb.startsWith(`${flow}.`), `is not named ${flow}.something`],
      [
        existsSync(path.join(root, 'src/flows', flow, `${name}.ts`)),
        `has no file src/flows/${flow}/${name}.ts`,
      ],
      [existsSync(path.join(root, 'test/clicks', `${verb}.test.ts`)), `has no test/clicks/${verb}.test.ts`],
      [cards.some((text) => text.includes(`"verb": "${verb}"`)), 'has no card with its button'],
      [readme(root, flow).includes(`\`${verb}\``), `has no line in src/flows/${flow}/README.md`],
    ] as const;
    return missing.filter(([fine]) => !fine).map(([, what]) => `${verb} ${what}`);
  });
}

function cardTexts(root: string): readonly string[] {
  const templates = new Set(readCardFixtures(root).map(({ template }) => template));
  return [...templates].map((template) => readFileSync(path.join(root, 'cards', `${template}.json`), 'utf8'));
}

function readme(root: string, flow: string): string {
  const file = path.join(root, 'src/flows', flow, 'README.md');
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}
