import assert from 'node:assert/strict';
import { readTicketPattern, ticketAtMost } from '../../src/policy/ticket-pattern.js';

function pattern(text: string): RegExp {
  const read = readTicketPattern(text);
  if (read.kind === 'problem') throw new Error(`${text} ${read.what}`);
  return read.pattern;
}

function problem(text: string): string {
  const read = readTicketPattern(text);
  return read.kind === 'problem' ? read.what : '';
}

describe('the pattern of a ticket number', () => {
  it('has to fit the whole number, with anchors or without', () => {
    for (const text of ['[A-Z]{2,5}-[0-9]{1,8}', '^[A-Z]{2,5}-[0-9]{1,8}$', 'CHG|INC-[0-9]+']) {
      assert.ok(pattern(text).test('INC-4711'), text);
      assert.ok(!pattern(text).test('INC-4711 and more'), text);
      assert.ok(!pattern(text).test('see INC-4711'), text);
      assert.ok(!pattern(text).test('INC-4711\n'), text);
    }
    assert.ok(!pattern('CHG|INC').test('CHGX'));
  });

  it('has to be a regular expression, by itself', () => {
    assert.match(problem('[A-Z'), /^is not a regular expression: \S/);
    assert.match(problem('a)(b'), /^is not a regular expression: \S/);
    assert.match(problem('a{2,1}'), /^is not a regular expression: \S/);
    assert.doesNotMatch(problem('[A-Z'), /Invalid regular expression/);
  });

  for (const text of [
    '[A-Z]+-[0-9]+',
    '(?:INC|CHG|RITM)[0-9]{7,10}',
    '[A-Z][A-Z0-9]+-[0-9]+(?:-[0-9]{1,3})?',
    '#?[0-9]{1,10}',
    '\\p{Lu}{2,5}\\u{2D}[0-9]+',
    '(?<kind>[A-Z]{3})[-/]\\d{4}[-/]\\d+',
    '(?:[A-Z]{2}-)+[0-9]+',
    '[\\])+*]+x',
    '\\(a\\+\\)\\+',
    '(?=.*[0-9])[A-Z0-9-]{4,20}',
  ]) {
    it(`may be ${text}`, () => assert.equal(problem(text), ''));
  }

  for (const text of [
    '(a+)+',
    '(a+)+$',
    '(?:a*)*b',
    '(a|a)*',
    '(a|ab)+c',
    '([a-z]+)*',
    '((a+)b?)+',
    '(a?){50}',
    '(a{1,9}){1,9}',
    '.*.*.*.*.*x',
    '(?<x>\\w+\\s?)+',
    '(?:(?:a|b)c?){30}',
    '(\\u{61}+)+',
    '(?:[)]+)+',
    '(a+?)+?',
    '(?:a{2,})*',
  ]) {
    it(`may not be ${text}, which could stall the bot`, () =>
      assert.match(problem(text), /busy for minutes/));
  }

  it('is answered soon, however bad the number', () => {
    for (const text of ['.*.*.*x', '(?:.{0,10}){6}x', '\\w*\\w*\\w*-', '(?:a?){19}b', '(?:a|a){20}b']) {
      const start = process.hrtime.bigint();
      assert.ok(!pattern(text).test('a'.repeat(ticketAtMost)), text);
      const took = Number(process.hrtime.bigint() - start) / 1e6;
      assert.ok(took < 1000, `${text} took ${took} ms`);
    }
  });
});
