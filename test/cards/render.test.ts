// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how templates write it
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { readCardFixtures } from '../../scripts/cards/fixtures.js';
import { isAppError } from '../../src/base/errors.js';
import { projectRoot } from '../../src/base/project-root.js';
import { createRenderer, type Renderer } from '../../src/cards/render.js';
import { tempFolder } from '../support/temp-folder.js';
import { cardShape } from './card-shape.js';
import { livingIn } from './living-in.js';
import { rendererComplaints } from './official-renderer.js';

const plain = {
  type: 'AdaptiveCard',
  version: '1.5',
  fallbackText: 'For ${name}',
  body: [{ type: 'TextBlock', text: '${name}', wrap: true }],
};

describe('putting a view into a template', () => {
  const folder = tempFolder();
  after(() => folder.remove());

  const rendererOf = (template: object): Renderer => {
    mkdirSync(path.join(folder.path, 'cards/x'), { recursive: true });
    writeFileSync(path.join(folder.path, 'cards/x/y.json'), JSON.stringify(template));
    return createRenderer({ root: folder.path });
  };
  const render = (template: object, view: object) => rendererOf(template).render({ template: 'x/y', view });
  const fails = (run: () => unknown, code: string) =>
    assert.throws(run, (error) => isAppError(error) && error.code === code);

  it('gives the card, a line for the notification, and its size', () => {
    const { content, summary, bytes } = render(plain, { name: '*Ayumi*' });
    assert.deepEqual(content, {
      ...plain,
      fallbackText: 'For *Ayumi*',
      body: [{ type: 'TextBlock', text: '\\*Ayumi\\*', wrap: true }],
    });
    assert.equal(summary, 'For *Ayumi*');
    assert.equal(bytes, JSON.stringify(content).length);
  });

  it('shows null and undefined as nothing', () => {
    assert.equal(render(plain, { name: null }).summary, 'For ');
    assert.equal(render(plain, { name: undefined }).summary, 'For ');
  });

  it('fails when the template asks for something the view does not have', () => {
    fails(() => render(plain, { title: 'x' }), 'cards.unfilled');
  });

  it('leaves out a property whose condition does not hold', () => {
    const template = { ...plain, refresh: { $when: "${name == 'x'}", userIds: ['29:x'] } };
    assert.equal('refresh' in render(template, { name: 'x' }).content, true);
    assert.equal('refresh' in render(template, { name: 'y' }).content, false);
  });

  it('takes a view that looks like a template for words', () => {
    assert.equal(render(plain, { name: '${secret} ${$root.name}' }).summary, 'For ${secret} ${$root.name}');
  });

  it('never touches ids, links and what a button sends', () => {
    const data = {
      ref: 'a_b*c',
      query: '${x}\n**y** {{DATE(1)}}',
      at: [null, 3, 'P1D'],
      lasts: 'P1D',
      cut: 3,
    };
    const action = { type: 'Action.Execute', title: '${title}', verb: '${verb}', data: '${data}' };
    const link = { type: 'Action.OpenUrl', title: 'Open', url: '${url}' };
    const template = { ...plain, actions: [action, link, { ...action, data: { ref: '${name}' } }] };
    const url = 'https://e.example/_a_/*?x=[1]&y=$';
    const view = { name: 'a_b*c', title: '*T*', verb: 'x.y_z', data, url };
    const { content } = render(template, view);
    assert.deepEqual('actions' in content && content.actions, [
      { type: 'Action.Execute', title: '*T*', verb: 'x.y_z', data },
      { type: 'Action.OpenUrl', title: 'Open', url },
      { type: 'Action.Execute', title: '*T*', verb: 'x.y_z', data: { ref: 'a_b*c' } },
    ]);
  });

  it('cuts a text where the template says so, and does not send that note', () => {
    const template = { ...plain, body: [{ type: 'TextBlock', text: '${name}', wrap: true, cut: 10 }] };
    const { content } = render(template, { name: 'A very long name' });
    assert.deepEqual('body' in content && content.body, [
      { type: 'TextBlock', text: 'A very lo…', wrap: true },
    ]);
  });

  it('says moments as Teams wants them, and lengths in words', () => {
    const text = '{{DATE(${askedAt}, SHORT)}} for ${lasts}';
    const template = { ...plain, body: [{ type: 'TextBlock', text, wrap: true }] };
    const shown = (lasts: string) => {
      const { content } = render(template, { name: '', askedAt: '2026-11-19T08:12:44.1234567+01:00', lasts });
      return 'body' in content && Array.isArray(content.body) && content.body[0].text;
    };
    assert.equal(shown('P30D'), '{{DATE(2026-11-19T07:12:44Z, SHORT)}} for 30 days');
    assert.match(shown('2027-01-31T23:00:00Z'), /for Until \{\{DATE\(2027-01-31T23:00:00Z, SHORT\)\}\}$/);
    assert.match(shown(''), /for No end date$/);
    assert.match(shown('[x](https://e.example)'), /for \\\[x\\\]\(https/);
  });

  it('fails when the card is bigger than Teams takes', () => {
    fails(() => render(plain, { name: 'ä'.repeat(13_000) }), 'cards.too-big');
  });

  it('does not know a template that is not there', () => {
    const renderer = rendererOf(plain);
    for (const template of ['x/z', '../x/y', 'x/y.json', '__proto__']) {
      fails(() => renderer.render({ template, view: {} }), 'cards.unknown-template');
    }
  });

  for (const [what, template] of [
    ['no fallback text', { ...plain, fallbackText: '' }],
    ['another version', { ...plain, version: '1.6' }],
  ] as const) {
    it(`does not start with a template that has ${what}`, () => {
      fails(() => rendererOf(template), 'cards.broken-template');
    });
  }

  it('fails, and says which, when an expression cannot be read', () => {
    const template = { ...plain, body: [{ type: 'TextBlock', text: '${if(}' }] };
    fails(() => render(template, { name: 'x' }), 'cards.broken-template');
  });
});

describe('any text in any field of any card', () => {
  const root = projectRoot();
  const renderer = createRenderer({ root });
  const spiky = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom(
      '[x](https://evil.example)',
      '![x](https://evil.example/p.png) **b** _i_ ~~s~~ `c`',
      '<at>Everybody</at> <b>x</b> <https://evil.example>',
      '\n\n# Approved\n- one\n1. two\n> three\n```\ncode',
      '${$root.ref} ${if(',
      '{{DATE(2020-01-01T00:00:00Z, SHORT)}}',
      '*'.repeat(4000),
      '\u0000'.repeat(4000),
      '😀'.repeat(2000),
    ),
  );
  /** What a reader never sees, or what must be one of a few words. */
  const fixed = new Set(
    [
      'ref activation id item seen group tier state why approval comment portalUrl verb mri data packageId',
      'kind counts ifNobody decision signIn how enabled outlier lastDecision recommendation because unsure',
      'reasonHint result blocked role scope query endedBy stepUp log danger windows ticketSystems rolesUrl groupsUrl',
      'at until since asOf activeUntil decideBy endFrom minutes ticketSystem ticketNumber startDate startTime',
      'policy way conflicts neverWith endDate lastDay as startsAt endsAt deniedAt escalatesAt reminder blocked request',
      'assignment packageId setUp failedAt url idle signInAt oldestAt waitingSinceAt',
    ].flatMap((names) => names.split(' ')),
  );
  /** Of the cards of recovery alone: elsewhere some of these hold what somebody wrote. */
  const fixedThere = new Set(
    'what step steps happened case age still bar says replace value infoUrl'.split(' '),
  );
  const keeps =
    (template: string) =>
    (key: string): boolean =>
      fixed.has(key) || (template.startsWith('recovery/') && fixedThere.has(key));

  /** Each text of the view replaced by one of the strings, in turn. */
  const spoil = (template: string, spikes: readonly string[]) => {
    const kept = keeps(template);
    // To pick from a list there has to be a word: the flow puts the kind before what Entra calls it.
    const texts = template === 'recovery/clean-up' ? spikes.map((spike) => `Key ${spike}`) : spikes;
    let count = 0;
    const spoilt = (view: unknown): unknown => {
      if (typeof view === 'string') return texts[count++ % texts.length];
      if (Array.isArray(view)) return view.map(spoilt);
      if (typeof view !== 'object' || view === null) return view;
      const entries = Object.entries(view).map(([key, item]) => [key, kept(key) ? item : spoilt(item)]);
      return Object.fromEntries(entries);
    };
    return spoilt;
  };

  for (const fixture of readCardFixtures(root).filter(
    ({ name }) => name === 'ordinary' || name === 'waiting',
  )) {
    it(`${fixture.template} stays a card in which nothing came alive`, () => {
      const clean = renderer.render(fixture).content;
      fc.assert(
        fc.property(fc.array(spiky, { minLength: 1, maxLength: 6 }), (texts) => {
          const view = { ...fixture.view, ...Object(spoil(fixture.template, texts)(fixture.view)) };
          const { content } = renderer.render({ template: fixture.template, view });
          assert.deepEqual(rendererComplaints(content), []);
          assert.deepEqual(livingIn(content), livingIn(clean));
          assert.deepEqual(sent(content), sent(clean));
        }),
        { numRuns: 60 },
      );
    });
  }

  /** Everything that goes back to the bot or leads away. */
  function sent(card: object): readonly string[] {
    return [
      ...JSON.stringify(card).matchAll(
        /"(?:ref|again|item|seen|group|package|kind|id|scope|url|verb|userIds|query|person|case|replace)":(?:"[^"]*"|\[[^\]]*\])/g,
      ),
    ].map(([found]) => found);
  }

  it('has a shape that could fail', () => {
    assert.equal(cardShape.safeParse({ ...plain, actions: [] }).success, true);
    assert.equal(cardShape.safeParse({ ...plain, actions: [], cut: 1 }).success, false);
  });
});
