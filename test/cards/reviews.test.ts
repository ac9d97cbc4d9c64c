import assert from 'node:assert/strict';
import { readCardFixtures } from '../../scripts/cards/fixtures.js';
import { projectRoot } from '../../src/base/project-root.js';
import { createRenderer } from '../../src/cards/render.js';
import { cardActions, cardText } from '../support/card-text.js';

describe('what reviewers read', () => {
  const root = projectRoot();
  const renderer = createRenderer({ root });
  const fixtures = readCardFixtures(root).filter(({ template }) => template.startsWith('reviews/'));
  const card = (template: string, name: string): object => {
    const found = fixtures.find((each) => each.template === `reviews/${template}` && each.name === name);
    assert.ok(found, `${template} has no example ${name}`);
    return renderer.render(found).content;
  };
  const text = (template: string, name: string): string => cardText(card(template, name));
  const titles = (template: string, name: string): readonly string[] =>
    cardActions(card(template, name)).map(({ title }) => title);
  const inOrder = (whole: string, parts: readonly string[]): void => {
    const places = parts.map((part) => whole.indexOf(part));
    assert.ok(!places.includes(-1), `missing: ${parts.filter((part) => !whole.includes(part)).join(' | ')}`);
    assert.deepEqual(
      places,
      [...places].sort((a, b) => a - b),
    );
  };

  it('a packet: a question anybody understands, what it is good for, and how far it is', () => {
    inOrder(text('packet', 'opened by its reader'), [
      'Who still needs AI Pilot 2025?',
      'Sensitive',
      'Due in 5 days',
      'Early access to the research assistant',
      'Ingrid Balasuntharam',
      'Decided on your list: 12 of 35 people.',
      'Whoever is not decided about by then loses it.',
    ]);
    assert.match(text('packet', 'hygiene'), /Nobody owns this group\. It has no description\. Its name/);
  });

  it('only the message itself asks its reader to look again', () => {
    const withRefresh = fixtures.filter((fixture) => 'refresh' in renderer.render(fixture).content);
    assert.deepEqual([...new Set(withRefresh.map(({ template }) => template))], ['reviews/packet']);
    assert.ok(withRefresh.every(({ view }) => Object(view).mri !== ''));
    assert.equal('refresh' in card('packet', 'opened by its reader'), false);
  });

  it('a person: facts first, then what Entra recommends, then what each button does', () => {
    inOrder(text('person', 'second stage'), [
      'Does Tomasz Adeyemi still need AI Pilot 2025?',
      'Last sign-in',
      'Earlier stage',
      'Because: ',
      'Entra recommends to remove',
      'Why? (needed for Keep)',
      '**Not sure** removes the access after the review, like Remove.',
      'Remove\nNot sure',
    ]);
  });

  it('a person of whom nothing is known: what is missing', () => {
    const said = text('person', 'nothing known');
    for (const part of [
      'Entra does not say what they do',
      'Entra does not say when they last signed in',
      'Entra does not say how, or since when',
      'Entra does not say whether it is switched on',
      'Entra does not compare',
      'Entra recommends nothing here.',
    ]) {
      assert.ok(said.includes(part), part);
    }
  });

  it('a decision of somebody else: who, when, why, and that the last one counts', () => {
    inOrder(text('person', 'decided by somebody else'), [
      'Grace Okonkwo-Lindqvist kept this on {{DATE(2026-11-18T09:40:02Z, SHORT)}}.',
      'She runs the evaluation',
      'Your decision will replace it.',
    ]);
    assert.match(text('person', 'decided by somebody else, meanwhile'), /Nothing was changed by your press/);
  });

  it('their own access: yes and no in a self-review, and no way to keep it in the review of others', () => {
    assert.deepEqual(titles('person', 'self').slice(0, 3), [
      'Yes, keep my access',
      "No, I don't need it",
      'Not sure',
    ]);
    assert.equal(titles('person', 'own')[0], 'Remove my access');
    const verbs = cardActions(card('person', 'own')).map(({ verb }) => verb);
    assert.ok(!verbs.includes('reviews.keep') && !verbs.includes('reviews.unsure'));
  });

  it('a decision just made: what it was, and the way back', () => {
    assert.match(text('page', 'after a removal, standard'), /^You removed Ada Guest's access\./m);
    const [undo] = cardActions(card('page', 'after a removal, standard'));
    assert.deepEqual([undo?.verb, Object.keys(undo?.data ?? {})], ['reviews.undo', ['ref', 'item', 'seen']]);
  });

  it('a page: what was decided takes the place of the buttons that decide', () => {
    assert.equal(
      cardActions(card('page', 'ordinary')).filter(({ verb }) => verb === 'reviews.keep').length,
      3,
    );
    assert.equal(titles('page', 'ordinary').filter((title) => title === 'Change').length, 2);
    assert.deepEqual(cardActions(card('page', 'only in the portal')).filter(decides), []);
    const onlyLooks = cardActions(card('packet', 'only in the portal')).map(({ verb }) => verb);
    assert.deepEqual(onlyLooks, ['reviews.show', 'reviews.show']);
    assert.deepEqual(cardActions(card('person', 'only in the portal')).filter(decides), []);
  });

  it('many at once: what failed comes first, and only then a second try', () => {
    const said = text('bulk-result', 'some failed');
    inOrder(said, ['Not recorded', 'Left alone, decided by somebody else', 'Tomasz Adeyemi']);
    assert.equal(titles('bulk-result', 'some failed')[0], 'Try again for those 2');
    assert.ok(!titles('bulk-result', 'ordinary').some((title) => title.startsWith('Try again')));
  });

  it('somebody whose access ended: kindly, and how to get it back', () => {
    assert.match(text('removed', 'ordinary'), /says nothing about you or your work/);
    assert.deepEqual(cardActions(card('removed', 'ordinary')), [
      {
        verb: 'packages.open',
        title: 'Ask for it again',
        data: { package: '9c2f6b31-40d8-4e7a-8b15-6f0d3e9a7c21' },
      },
    ]);
  });

  it('the owner of a review: who kept everybody in seconds', () => {
    assert.match(text('quality', 'ordinary'), /Kept all 20 in about 3 seconds each\./);
  });

  it('every end of a review, and every state of a decision, in words of its own', () => {
    for (const [template, count] of [
      ['over', 6],
      ['recorded', 6],
      ['created', 3],
    ] as const) {
      const heads = fixtures
        .filter((each) => each.template === `reviews/${template}`)
        .map((fixture) => cardText(renderer.render(fixture).content).split('\n')[0]?.split(' by ')[0]);
      assert.equal(new Set(heads).size, count, heads.join(' | '));
    }
  });
});

function decides({ verb }: { readonly verb: string }): boolean {
  return /^reviews\.(keep|remove|unsure|bulk)/.test(verb);
}
