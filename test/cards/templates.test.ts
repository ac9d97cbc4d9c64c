import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type CardFixture, readCardFixtures } from '../../scripts/cards/fixtures.js';
import { projectRoot } from '../../src/base/project-root.js';
import { createRenderer } from '../../src/cards/render.js';
import { cardActions, cardText } from '../support/card-text.js';
import { type CardShape, cardShape } from './card-shape.js';
import { livingIn } from './living-in.js';
import { rendererComplaints } from './official-renderer.js';
import { expressionsOf, namesIn, whensOf } from './template-expressions.js';

/** Every verb that a flow knows. A button with any other would do nothing. */
const verbs = [
  'house.help',
  ...['open', 'reports', 'ask', 'mine', 'show', 'cancel', 'extend'].map((name) => `packages.${name}`),
  ...['give-back', 'reprocess', 'owned', 'approvals', 'approval'].map((name) => `packages.${name}`),
  ...['approve', 'deny'].map((name) => `packages.${name}`),
  ...['list', 'show', 'keep', 'remove', 'unsure', 'undo'].map((name) => `reviews.${name}`),
  ...['bulk', 'bulk-remove', 'bulk-keep', 'plan', 'draft', 'create'].map((name) => `reviews.${name}`),
  ...['roles', 'form', 'ask', 'show', 'cancel', 'end', 'favourite'].map((name) => `pim.${name}`),
  ...['approvals', 'approval', 'approve', 'deny', 'expected', 'question'].map((name) => `pim.${name}`),
  'pim.findings',
  ...['help', 'find', 'open', 'show', 'withdraw', 'sign-out', 'attest'].map((name) => `recovery.${name}`),
  ...['refuse', 'board', 'case', 'issue', 'read-out', 'remove', 'revoke'].map((name) => `recovery.${name}`),
  ...['close', 'mine', 'not-me', 'handled', 'drop-passes', 'report'].map((name) => `recovery.${name}`),
  'recovery.report-file',
];

const root = projectRoot();
const renderer = createRenderer({ root });
const fixtures = readCardFixtures(root);
const templates = readdirSync(path.join(root, 'cards'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.json'))
  .map((file) =>
    file
      .split(path.sep)
      .join('/')
      .replace(/\.json$/, ''),
  )
  .sort();

const sourceOf = (template: string): object =>
  JSON.parse(readFileSync(path.join(root, 'cards', `${template}.json`), 'utf8'));
const shown = (fixture: CardFixture): CardShape => cardShape.parse(renderer.render(fixture).content);
const find = (template: string, name: string): CardFixture => {
  const found = fixtures.find((each) => each.template === template && each.name === name);
  assert.ok(found, `${template} has no example ${name}`);
  return found;
};

describe('the templates', () => {
  it('have examples, and every example has a template', () => {
    assert.deepEqual([...new Set(fixtures.map(({ template }) => template))].sort(), templates);
  });

  for (const template of templates) {
    const own = fixtures.filter((fixture) => fixture.template === template);

    describe(template, () => {
      it('has an ordinary, a longest and a hostile example', () => {
        const names = new Set(own.map(({ name }) => name));
        const ordinary = names.has('ordinary') || names.has('waiting') || names.has('approved by you');
        assert.ok(ordinary && names.has('longest') && names.has('hostile'), [...names].join());
      });

      it('asks only for what the view has', () => {
        const known = new Set(own.flatMap(({ view }) => keysOf(view)).concat(keysOf(sourceOf(template))));
        const asked = expressionsOf(sourceOf(template)).flatMap(namesIn);
        assert.deepEqual(
          asked.filter((name) => !known.has(name)),
          [],
        );
      });

      // A condition that cannot be read counts as false, so a slip of the pen would hide an element for good.
      for (const { condition, of } of whensOf(sourceOf(template))) {
        it(`has an example in which ${condition} is true, and one in which it is not`, () => {
          const seen = new Set(own.flatMap(({ view }) => of(view)));
          assert.deepEqual([...seen].sort(), [false, true]);
        });
      }
    });
  }
});

describe('every card with every example', () => {
  for (const fixture of fixtures) {
    it(`${fixture.template}: ${fixture.name}`, () => {
      const { content, summary } = renderer.render(fixture);
      const card = cardShape.parse(content);
      assert.deepEqual(rendererComplaints(content), []);
      assert.deepEqual(
        cardActions(content).filter(({ verb }) => !verbs.includes(verb)),
        [],
      );
      const heading = JSON.stringify(card.body[0]).includes('"style":"heading"');
      assert.ok(heading, 'a screen reader looks for a heading first');
      assert.equal(card.actions.at(-1)?.type, 'Action.OpenUrl', 'the way out comes last');
      assert.ok(summary.length > 10 && !summary.includes('\n'));
      assert.deepEqual(
        livingIn(content).filter((tag) => tag !== 'strong'),
        [],
      );
    });
  }
});

describe('what people read', () => {
  const text = (template: string, name: string): string => cardText(shown(find(template, name)));
  const titles = (template: string, name: string): readonly string[] =>
    cardActions(shown(find(template, name))).map(({ title }) => title);

  it('an approver: who, what, why, and why they are asked', () => {
    const said = text('packages/decide', 'named, sensitive');
    for (const part of [
      'Leilani Brandvold asks for access',
      'Financial Controller, Finance',
      'AI research assistant - elevated connectors',
      'Sensitive',
      '30 days',
      'project Nord',
      'the package names you',
      'Wanjiru Halvorsen',
    ]) {
      assert.ok(said.includes(part), part);
    }
    assert.deepEqual(titles('packages/decide', 'named, sensitive'), ['Approve', 'Deny']);
  });

  it('an approver of a guest: that it is one, in words', () => {
    assert.match(text('packages/decide', 'guest'), /Guest\./);
    assert.doesNotMatch(text('packages/decide', 'ordinary'), /Guest\./);
  });

  it('an approver who may only decide in the portal: no buttons to decide', () => {
    assert.deepEqual(titles('packages/decide', 'only in the portal'), []);
    assert.match(text('packages/decide', 'only in the portal'), /My Access/);
  });

  it('a requester: who decided and with which words', () => {
    const said = text('packages/status', 'denied');
    assert.match(said, /^Denied/);
    assert.match(said, /Olumide Castellane denied it:\nPlease take the training first/);
    assert.deepEqual(titles('packages/status', 'denied'), ['Ask again']);
    assert.match(text('packages/status', 'delivering'), /Olumide Castellane approved it/);
  });

  it('a requester who waits: for whom, and a way to take it back', () => {
    assert.match(text('packages/status', 'waiting'), /Who decides: \nOlumide/);
    assert.deepEqual(titles('packages/status', 'waiting'), ['Look again', 'Take it back']);
  });

  it('a form that was sent back: what is missing, beside the field, and what was written is still there', () => {
    const said = text('packages/ask', 'reason too short');
    assert.match(said, /Not sent yet\nPlease look at what is marked below/);
    assert.match(said, /for work\nPlease say a little more/);
  });

  it('help: each suggestion as a button', () => {
    assert.deepEqual(titles('shared/help', 'several'), [
      'Show what I can ask for',
      'Research assistant',
      'Prompt library',
    ]);
  });

  it('sign-in: the same command by itself and by the button, for that person only', () => {
    const { refresh, actions } = shown(find('shared/sign-in', 'stronger'));
    const [button] = actions;
    assert.ok(button?.type === 'Action.Execute' && refresh !== undefined);
    assert.deepEqual([refresh.action.verb, refresh.action.data], [button.verb, button.data]);
    assert.equal(refresh.userIds.length, 1);
  });

  it('every state of a request in words of its own', () => {
    for (const template of ['packages/status', 'packages/decided']) {
      const states = Object.keys(Object(sourceOf(template)).$data.title);
      const heads = fixtures
        .filter((fixture) => fixture.template === template)
        .map((fixture) => [Object(fixture.view).state, cardText(shown(fixture)).split('\n')[0]]);
      assert.deepEqual(new Set(heads.map(([state]) => state)), new Set(states));
      const byState = new Map(heads.map(([state, head]) => [state, String(head).split(' by ')[0]]));
      assert.equal(new Set(byState.values()).size, states.length);
    }
  });
});

function keysOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(keysOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [key, ...keysOf(item)]);
}
