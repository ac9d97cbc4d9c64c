import assert from 'node:assert/strict';
import {
  type AskedQuestion,
  choiceOnCard,
  comparePatterns,
  readAnswers,
} from '../../../../src/flows/packages/ask/answer-rules.js';

const text: AskedQuestion = {
  id: 'project',
  text: 'Which project?',
  required: true,
  editable: true,
  kind: 'text',
  pattern: '^[A-Z]{2,6}-[0-9]{1,4}$',
  many: false,
  choices: [],
};
const choice: AskedQuestion = {
  ...text,
  id: 'data',
  kind: 'choice',
  pattern: '',
  many: true,
  choices: [
    { value: 'a,b', text: 'Both' },
    { value: 'public', text: 'Public' },
  ],
};
const problemsOf = (question: AskedQuestion, typed: string) =>
  readAnswers([question], new Map([[question.id, typed]])).problems[question.id];

describe('answers on the form of a package', () => {
  it('are sent with the question they answer and the words people read', () => {
    const typed = new Map([
      ['project', ' NORD-12 '],
      ['data', `${choiceOnCard('a,b')},public,public`],
    ]);
    assert.deepEqual(readAnswers([text, choice], typed), {
      answers: [
        {
          questionId: 'project',
          question: 'Which project?',
          kind: 'text',
          value: 'NORD-12',
          display: 'NORD-12',
        },
        {
          questionId: 'data',
          question: 'Which project?',
          kind: 'choice',
          value: 'a,b,public',
          display: 'Both, Public',
        },
      ],
      problems: {},
    });
  });

  it('to questions that nobody asked are not looked at', () => {
    const typed = new Map([
      ['project', 'NORD-12'],
      ['__proto__', 'x'],
      ['other', 'x'],
    ]);
    assert.equal(readAnswers([text], typed).answers.length, 1);
  });

  for (const [what, question, typed, says] of [
    ['missing', text, '  ', /answer this/],
    ['missing among choices', choice, '', /at least one/],
    ['missing, one choice', { ...choice, many: false }, '', /choose one/],
    ['not in the form asked for', text, 'nord 12', /form/],
    ['too long', { ...text, pattern: '' }, 'x'.repeat(1001), /1000 characters/],
    ['not on the list', choice, 'public,secret', /from the list/],
    ['two where one is allowed', { ...choice, many: false }, 'public,public', /from the list/],
  ] as const) {
    it(`are sent back when ${what}`, () => assert.match(problemsOf(question, typed) ?? '', says));
  }

  it('may be left out where they are not required', () => {
    assert.equal(problemsOf({ ...text, required: false }, ''), undefined);
  });

  const fitsPattern = (pattern: string, typed: string) => comparePatterns([{ pattern, text: typed }])[0];

  it('a pattern that cannot be read here is left to Entra', () => {
    assert.ok(fitsPattern('(?i)nord', 'anything'));
    assert.ok(fitsPattern('[', 'anything'));
    assert.ok(fitsPattern('', 'anything'));
    assert.ok(!fitsPattern('^x$', 'y'));
  });

  it('a pattern that would take for ever is stopped', () => {
    const before = performance.now();
    assert.ok(fitsPattern('^(a+)+$', `${'a'.repeat(60)}!`));
    assert.ok(performance.now() - before < 1000);
  });

  it('the patterns of a form have one time together, and those before the slow one count', () => {
    const slow = { pattern: '^(a+)+$', text: `${'a'.repeat(60)}!` };
    const wrong = { pattern: '^x$', text: 'y' };
    const before = performance.now();
    const fits = comparePatterns([wrong, ...Array.from({ length: 20 }, () => slow), wrong]);
    assert.ok(performance.now() - before < 300);
    assert.equal(fits[0], false);
    assert.ok(fits.slice(1).every(Boolean));
  });

  it('a pattern cannot do anything but be compared', () => {
    assert.ok(!fitsPattern('"; throw "x', 'y'));
  });
});
