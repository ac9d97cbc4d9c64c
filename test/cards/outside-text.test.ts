// biome-ignore-all lint/suspicious/noTemplateCurlyInString: this is how templates write it
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { disguise, exact, inputText, markdownText, plainText } from '../../src/cards/outside-text.js';
import { livingTags, toHtml } from './markdown.js';

const asMarkdown = (text: string, most?: number): string => markdownText(disguise(text), most);
const asPlain = (text: string, most?: number): string => plainText(disguise(text), most);

/** Strings made of what could come alive. */
const spiky = fc
  .array(
    fc.oneof(
      fc.constantFrom(...'*_`~[]()<>!#+-=.&{}$|\\:/@"\' \n\t'),
      fc.constantFrom('](https://e.example)', '**', '![', '<at>', '{{DATE(', '&lt;', '1. ', '\n\n# ', '- '),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    { maxLength: 40 },
  )
  .map((parts) => parts.join(''));

describe('text from outside, where Markdown is known', () => {
  it('stays words', () => {
    assert.deepEqual(
      livingTags(asMarkdown('[Approve](https://evil.example) ![x](https://e.example/p.png)')),
      [],
    );
    assert.deepEqual(
      livingTags(asMarkdown('**bold** _em_ ~~gone~~ `code` <b>html</b> <https://e.example>')),
      [],
    );
    assert.deepEqual(livingTags(asMarkdown('- item')), []);
    assert.deepEqual(livingTags(asMarkdown('1. one')), []);
    assert.deepEqual(livingTags(asMarkdown('# Approved by the CEO')), []);
    assert.deepEqual(livingTags(asMarkdown('> quoted')), []);
  });

  it('reads exactly as it was written', () => {
    assert.equal(toHtml(asMarkdown('2 * 3 = snake_case [1]')), '<p>2 * 3 = snake_case [1]</p>');
    assert.equal(toHtml(asMarkdown('Say &lt;i&gt; & more')), '<p>Say &amp;lt;i&amp;gt; &amp; more</p>');
  });

  it('gets no backslash it does not need, because some phones show them', () => {
    const ordinary = "AI research assistant - standard (R&D), O'Brien 50% off: 3.5 $ {x} #1 a+b!";
    assert.equal(asMarkdown(ordinary), ordinary);
  });

  it('cannot start a new line and look like a part of the card', () => {
    assert.equal(
      asMarkdown('for Nord\n\nApproved by:\r\nthe CEO\u2028yes'),
      'for Nord Approved by: the CEO yes',
    );
  });

  it('cannot use the dates that templates use', () => {
    assert.doesNotMatch(asMarkdown('{{DATE(2020-01-01T00:00:00Z, SHORT)}}'), /\{\{/);
    assert.doesNotMatch(asPlain('{{{TIME(2020-01-01T00:00:00Z)}}'), /\{\{/);
  });

  it('never comes alive, whatever it is', () => {
    fc.assert(fc.property(spiky, (text) => assert.deepEqual(livingTags(asMarkdown(text)), [])));
  });

  it('never comes alive when it is cut', () => {
    fc.assert(
      fc.property(spiky, fc.integer({ min: 2, max: 30 }), (text, most) =>
        assert.deepEqual(livingTags(asMarkdown(text, most)), []),
      ),
    );
  });
});

describe('text from outside, anywhere', () => {
  it('has no characters that only deceive', () => {
    assert.equal(asPlain('pay\u200Bpal \u202Egro.live\u202C \u2066x\u2069\u0007\u00AD'), 'paypal gro.live x');
  });

  it('keeps what scripts and emoji are made of', () => {
    const written = 'می‌خواهم 👩‍👩‍👧 e\u0301 नमस्ते';
    assert.equal(asPlain(written), written);
  });

  it('is cut between characters, never through one', () => {
    assert.equal(asPlain('abcdef', 4), 'abc…');
    assert.equal(asPlain('ab👩‍👩‍👧cdefghijk', 5), 'ab…');
    assert.equal(asPlain('abcd', 4), 'abcd');
  });

  it('keeps its line breaks where the writer goes on writing', () => {
    assert.equal(inputText(disguise('one\n**two**\u202E\u0000')), 'one\n**two**');
  });

  it('comes back from the disguise as it went in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => assert.equal(exact(disguise(text)), text)),
    );
  });

  it('is not lengthened by the disguise, so that templates may measure it', () => {
    fc.assert(fc.property(spiky, (text) => assert.equal(disguise(text).length, text.length)));
  });

  it('cannot bring a disguise of its own', () => {
    assert.equal(exact(disguise('\uDC24\uDC7Bname}')), '\uFFFD\uFFFDname}');
  });
});
