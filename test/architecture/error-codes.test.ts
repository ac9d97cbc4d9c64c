import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod/v4';
import { type ErrorTable, errorMaker } from '../../src/base/errors.js';
import { projectRoot } from '../../src/base/project-root.js';
import { errorCodeProblems } from './error-codes.js';
import { readSources } from './source-file.js';

const root = projectRoot();
const table = z.record(
  z.string().regex(/^[a-z]+\.[a-z-]+$/),
  z.object({
    retry: z.enum(['no', 'later', 'sign-in']),
    says: z.string().regex(/^[A-Z].*\.$/),
    next: z.string().regex(/^[A-Z].*\.$/),
  }),
);

const makers = readSources(root).filter(
  ({ path: file, code }) => /^(src|bot)\//.test(file) && /\berrorMaker\(/.test(code),
);

async function readTables(): Promise<readonly ErrorTable[]> {
  const files = makers.filter(({ path: file }) => file !== 'src/base/errors.ts');
  const modules = await Promise.all(
    files.map(({ path: file }): Promise<object> => import(`../../${file.replace(/\.ts$/, '.js')}`)),
  );
  return modules.flatMap((module) =>
    Object.values(module)
      .filter((value) => typeof value === 'object')
      .map((value) => table.parse(value)),
  );
}

describe('every error code', () => {
  it('is in a file called errors.ts', () => {
    assert.deepEqual(
      makers.map(({ path: file }) => file).filter((file) => !file.endsWith('/errors.ts')),
      [],
    );
  });

  it('is on the page, with the words people read, and the page knows no others', async () => {
    const tables = await readTables();
    assert.ok(tables.length >= 5);
    const page = readFileSync(path.join(root, 'docs/errors.md'), 'utf8');
    assert.deepEqual(errorCodeProblems(tables, page), []);
  });

  it('stands once', async () => {
    const codes = (await readTables()).flatMap((each) => Object.keys(each));
    assert.equal(new Set(codes).size, codes.length);
  });
});

describe('the check of error codes', () => {
  const one = { 'x.gone': { retry: 'no', says: 'It is gone.', next: 'Ask again.' } } as const;
  const line = '| `x.gone` | It is gone. | Ask again. | - |';

  it('finds a code that is not on the page, and one that is only there', () => {
    assert.deepEqual(errorCodeProblems([one], line), []);
    assert.deepEqual(errorCodeProblems([one], ''), ['x.gone is not in docs/errors.md']);
    assert.deepEqual(errorCodeProblems([], line), ['x.gone is in docs/errors.md and nowhere else']);
  });

  it('finds words that differ', () => {
    assert.deepEqual(errorCodeProblems([one], line.replace('gone.', 'away.')), [
      'x.gone says something else in docs/errors.md',
    ]);
  });

  it('does not make errors nobody has listed', () => {
    const make = errorMaker<Record<string, (typeof one)['x.gone']>>(one);
    assert.throws(() => make('x.other'), /No such error code/);
  });
});
