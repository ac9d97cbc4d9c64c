// biome-ignore-all lint/suspicious/noTemplateCurlyInString: code about templates
import assert from 'node:assert/strict';
import { projectRoot } from '../../src/base/project-root.js';
import { budgetProblems, longestFile, longestFunction, median } from './budgets.js';
import { codeOf } from './code-of.js';
import { functionsOf } from './functions-of.js';
import { readSources, sourceFile } from './source-file.js';

const sources = readSources(projectRoot());

describe('the size and manners of the code', () => {
  it(`no file is over ${longestFile} lines, no function over ${longestFunction}, nothing is in that is not allowed`, () => {
    assert.deepEqual(sources.flatMap(budgetProblems), []);
  });

  it('functions of src/ and bot/ have a median of 20 lines or fewer, files one of 80 or fewer', () => {
    const ours = sources.filter(({ path }) => /^(src|bot)\//.test(path));
    const functions = ours.flatMap(({ code }) => functionsOf(code)).map(({ lines }) => lines);
    assert.ok(functions.length > 200, `only ${functions.length} functions were found`);
    assert.ok(median(functions) <= 20, `the median function has ${median(functions)} lines`);
    const files = median(ours.map(({ text }) => text.split('\n').length));
    assert.ok(files <= 80, `the median file has ${files} lines`);
  });
});

describe('the check of size and manners', () => {
  const problems = (text: string): readonly string[] => budgetProblems(sourceFile('src/x.ts', text));
  const body = (lines: number): string => '  run();\n'.repeat(lines);

  it('finds a file that is too long', () => {
    assert.match(problems('x();\n'.repeat(longestFile + 1)).join(), /has 251 lines/);
    assert.deepEqual(problems('x();\n'.repeat(longestFile)), []);
  });

  for (const [what, head] of [
    ['a function', 'function long(a: string): void {'],
    ['one with a return type in braces', 'export function long(): { readonly a: string } {'],
    [
      'one with a default in braces',
      'export async function long({ a = {} }: X = {}): Promise<readonly Map<string, Y>[]> {',
    ],
    ['an arrow', 'const long = (a: string): string => {'],
    ['a bare arrow', 'const long = a => {'],
    ['a method', '  async long(a: string): Promise<void> {'],
    ['one that returns a function', 'function long(): (x: number) => string {'],
  ] as const) {
    it(`finds ${what} that is too long`, () => {
      assert.match(problems(`${head}\n${body(longestFunction)}}\n`).join(), /function of 62 lines/);
      assert.deepEqual(problems(`${head}\n${body(longestFunction - 2)}}\n`), []);
    });
  }

  it('does not take a block or a chapter of a test for a function', () => {
    assert.deepEqual(problems(`if (a) {\n${body(80)}}\n`), []);
    const chapter = `describe('x', () => {\n${body(80)}  it('y', z);\n});\n`;
    assert.deepEqual(budgetProblems(sourceFile('test/x.test.ts', chapter)), []);
    assert.equal(problems(chapter).length, 1);
  });

  for (const [what, text] of [
    ['any', 'const a: any = 1;'],
    ['any', 'const a = b as any;'],
    ['any', 'const a = new Map<string, any>();'],
    ['a non-null !', 'const a = b!.c;'],
    ['a non-null !', 'f(a[0]!);'],
    ['a default export', 'export default function f() {}'],
    ['something left to do', `// TO${'DO'}: later`],
  ] as const) {
    it(`finds ${what}: ${text}`, () => assert.match(problems(text).join(), new RegExp(`has ${what}`)));
  }

  it('takes a reason given to Biome for an excuse, in tests only', () => {
    const excused = '// biome-ignore lint/suspicious/noExplicitAny: read by a library\nconst a: any = 1;';
    assert.deepEqual(budgetProblems(sourceFile('test/x.ts', excused)), []);
    assert.equal(
      budgetProblems(sourceFile('test/x.ts', excused.replace(': read by a library', ''))).length,
      1,
    );
    assert.equal(problems(excused).length, 1);
  });

  it('does not mind those words in comments, strings and other places', () => {
    const fine = [
      '// any, b!',
      "const any = 'as any';",
      'if (!a !== b) c();',
      'const p = /any!/;',
      'x(`${a} as any!`);',
    ];
    for (const text of fine) assert.deepEqual(problems(text), [], text);
  });
});

describe('code without strings and comments', () => {
  it('keeps code and lines, and nothing else', () => {
    const text = 'a(`x ${b({ c: `}` })} y`); // {\nd = /[/}]{2}/.test(e) / 2; /* {\n */ f("\\"{");';
    const code = codeOf(text);
    assert.equal(code.split('\n').length, text.split('\n').length);
    assert.doesNotMatch(code, /[{}xy]/);
    assert.match(code, /d = .*\.test\(e\) \/ 2;/);
  });
});
