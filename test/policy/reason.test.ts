import assert from 'node:assert/strict';
import fc from 'fast-check';
import { reasonProblem } from '../../src/policy/reason.js';

const tier = {
  reason: { atLeast: 20, refused: ['test', 'asap', 'access', 'need', 'i', 'please', 'for', 'now'] },
};
const good = 'Reading the supplier contracts of project Nord';
const invisible = fc
  .array(
    fc.constantFrom(
      ' ',
      '\t',
      '\n',
      '\u00A0',
      '\u200B',
      '\u2060',
      '\uFEFF',
      '\u00AD',
      '\u3164',
      '\u2800',
      '\u202E',
    ),
  )
  .map((chars) => chars.join(''));

describe('a reason', () => {
  for (const text of [
    good,
    'Für die Prüfung der Verträge mit Nord',
    '为了审查北方项目的供应商合同和条款以及价格',
    'Review of CVE-2026-1234',
  ]) {
    it(`will do: ${text}`, () => assert.equal(reasonProblem(tier, text), undefined));
  }

  const lacking: readonly [string, string, RegExp][] = [
    ['nothing', '', /write what you will do/],
    ['blanks only', ' \n\t ', /write what you will do/],
    ['characters nobody sees', '\u200B'.repeat(50), /write what you will do/],
    ['blanks that are letters', '\u3164'.repeat(50), /write what you will do/],
    ['signs only', '.....!!!!!?????-----', /write what you will do/],
    ['words that say nothing', 'I need access please, ASAP', /does not say what you will do/],
    ['the same in full-width letters', 'ｔｅｓｔ test TEST', /does not say what you will do/],
    ['one letter', 'a'.repeat(60), /same again and again/],
    ['two letters', 'xy'.repeat(30), /same again and again/],
    ['one word', 'contracts contracts contracts', /same again and again/],
    ['too few words', 'For Nord', /at least 20 characters. So far it has 8/],
    ['too few words and padding', `Nord${'\u200B'.repeat(40)} ${' '.repeat(40)}x`, /So far it has 6/],
    ['an emoji of many parts', '👩‍👩‍👧‍👦 x', /So far it has 3/],
  ];
  for (const [what, text, sentence] of lacking) {
    it(`is sent back: ${what}`, () => assert.match(reasonProblem(tier, text) ?? 'it was taken', sentence));
  }

  describe('for a decision about others', () => {
    const why: readonly [string, string, string][] = [
      ['nothing', ' ', 'Please write why.'],
      [
        'words that say nothing',
        'please  for now',
        '“please for now” does not say why. Please write a sentence about what you know.',
      ],
      [
        'one word',
        'knows knows knows',
        'That is the same again and again. Please write a sentence about what you know.',
      ],
      ['too few words', 'For Nord', 'Please say a little more: at least 20 characters. So far it has 8.'],
    ];
    for (const [what, text, sentence] of why) {
      it(`is sent back: ${what}`, () => assert.equal(reasonProblem(tier, text, 'decision'), sentence));
    }

    it('will do, or will not, by the same rules', () => {
      assert.equal(reasonProblem(tier, 'Left project Nord in spring', 'decision'), undefined);
      fc.assert(
        fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
          const asTask = reasonProblem(tier, text) === undefined;
          assert.equal(reasonProblem(tier, text, 'decision') === undefined, asTask);
        }),
      );
    });
  });

  it('is wanted in some words even where no length is', () => {
    assert.match(reasonProblem({ reason: { atLeast: 0, refused: [] } }, ' ') ?? '', /write what you will do/);
    assert.equal(reasonProblem({ reason: { atLeast: 0, refused: [] } }, 'Nord'), undefined);
  });

  it('is not made better or worse by what nobody sees around it', () => {
    fc.assert(
      fc.property(invisible, invisible, fc.constantFrom(good, 'short', '', 'test'), (before, after, text) => {
        assert.equal(reasonProblem(tier, before + text + after), reasonProblem(tier, text));
      }),
    );
  });

  it('never gets a worse answer by going on', () => {
    fc.assert(
      fc.property(fc.lorem({ mode: 'sentences', maxCount: 2 }), (more) => {
        assert.equal(reasonProblem(tier, `${good}. ${more}`), undefined);
      }),
    );
  });

  it('gets an answer whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const said = reasonProblem(tier, text);
        assert.ok(said === undefined || said.endsWith('.'));
      }),
    );
  });
});
