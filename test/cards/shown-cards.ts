import assert from 'node:assert/strict';
import { type CardFixture, readCardFixtures } from '../../scripts/cards/fixtures.js';
import { projectRoot } from '../../src/base/project-root.js';
import { createRenderer } from '../../src/cards/render.js';
import { type CardAction, cardActions, cardText } from '../support/card-text.js';

export interface ShownCards {
  readonly fixtures: readonly CardFixture[];
  card(template: string, name: string): object;
  text(template: string, name: string): string;
  buttons(template: string, name: string): readonly CardAction[];
  verbs(template: string, name: string): readonly string[];
  summary(fixture: CardFixture): string;
}

/** The examples of one flow, as their readers see them. */
export function shownCards(flow: string): ShownCards {
  const root = projectRoot();
  const renderer = createRenderer({ root });
  const fixtures = readCardFixtures(root).filter(({ template }) => template.startsWith(`${flow}/`));
  const card = (template: string, name: string): object => {
    const found = fixtures.find((each) => each.template === `${flow}/${template}` && each.name === name);
    assert.ok(found, `${template} has no example ${name}`);
    return renderer.render(found).content;
  };
  const buttons = (template: string, name: string) => cardActions(card(template, name));
  return {
    fixtures,
    card,
    text: (template, name) => cardText(card(template, name)),
    buttons,
    verbs: (template, name) => buttons(template, name).map(({ verb }) => verb),
    summary: (fixture) => renderer.render(fixture).summary,
  };
}

/** Each part is there, and after the one before it. */
export function inOrder(whole: string, parts: readonly string[]): void {
  let from = 0;
  for (const part of parts) {
    const at = whole.indexOf(part, from);
    assert.notEqual(at, -1, `missing or too early: ${part}\n${whole}`);
    from = at + part.length;
  }
}
