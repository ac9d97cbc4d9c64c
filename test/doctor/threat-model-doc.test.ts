import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../src/base/project-root.js';

const root = projectRoot();
const text = readFileSync(path.join(root, 'docs', 'threat-model.md'), 'utf8');

describe('docs/threat-model.md', () => {
  it('names folders with tests as its proof', () => {
    const named = new Set(text.match(/(?<=`)test\/[a-z]+(?=`)/g) ?? []);
    assert.ok(named.size > 0);
    for (const folder of named) {
      const files = readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' });
      assert.ok(
        files.some((file) => file.endsWith('.test.ts')),
        `${folder} holds no test`,
      );
    }
  });

  it('leaves no threat without an answer and a proof', () => {
    const rows = text.split('\n').filter((line) => line.startsWith('| **'));
    assert.ok(rows.length > 20);
    for (const row of rows) {
      const [, answer = '', proof = ''] = row
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim());
      assert.ok(answer !== '' && proof !== '', row);
      assert.ok(proof !== '-' || /[*_]by design[*_]/.test(answer), row);
    }
  });
});
