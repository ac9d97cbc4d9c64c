import assert from 'node:assert/strict';
import { projectRoot } from '../../src/base/project-root.js';
import { importProblems, permitProblems } from './imports.js';
import { readSources, sourceFile } from './source-file.js';

const sources = readSources(projectRoot());

describe('who may import whom', () => {
  it('is kept everywhere', () => {
    assert.ok(sources.length > 100);
    assert.deepEqual(sources.flatMap(importProblems), []);
  });

  it('leave to act is given by rules only', () => {
    assert.deepEqual(sources.flatMap(permitProblems), []);
  });
});

describe('the check of imports', () => {
  const wrong: readonly [string, string][] = [
    ['src/base/a.ts', "import { b } from '../policy/b.js';"],
    ['src/policy/a.ts', "import type { B } from '../cards/b.js';"],
    ['src/graph/a.ts', "import { tierOf } from '../policy/tier-of.js';"],
    ['src/jobs/a.ts', "import { render } from '../cards/render.js';"],
    ['src/flows/packages/a.ts', "import { b } from '../recovery/b.js';"],
    ['src/flows/house.ts', "import { b } from './packages/index.js';"],
    ['src/flows/packages/rules.ts', "import type { B } from '../../graph/b.js';"],
    ['src/flows/packages/rules.ts', "import type { B } from './facts.js';"],
    ['src/flows/a.ts', "import { b } from '../../bot/b.js';"],
    ['src/jobs/a.ts', "import { TurnContext } from 'botbuilder';"],
    ['practice/a.ts', "import { b } from '../src/base/b.js';"],
    ['practice/a.ts', "import restify from 'restify';"],
    ['scripts/a.ts', "import { b } from '../test/support/b.js';"],
    ['bot/a.ts', "import { b } from '../practice/b.js';"],
    ['src/base/a.ts', "export { b } from '../policy/b.js';"],
    ['src/base/a.ts', "const b = await import('../policy/b.js');"],
    ['src/base/a.ts', "import {\n  b,\n  c,\n} from '../policy/b.js';"],
    ['src/base/a.ts', "import '../policy/b.js';"],
  ];
  for (const [path, text] of wrong) {
    it(`finds in ${path}: ${text.replaceAll('\n', ' ')}`, () => {
      assert.equal(importProblems(sourceFile(path, text)).length, 1);
    });
  }

  const right: readonly [string, string][] = [
    ['src/graph/a.ts', "import type { Tier } from '../policy/policy.js';"],
    ['src/flows/packages/a.ts', "import { b } from '../turn.js';"],
    ['src/flows/packages/rules.ts', "import { permit } from '../../policy/decision.js';"],
    ['bot/a.ts', "import { TurnContext } from 'botbuilder';"],
    ['scripts/a.ts', "import { startBot } from '../bot/main.js';"],
    ['practice/a.ts', "import { z } from 'zod/v4';"],
  ];
  for (const [path, text] of right) {
    it(`allows in ${path}: ${text}`, () => assert.deepEqual(importProblems(sourceFile(path, text)), []));
  }

  it('finds leave that is given elsewhere', () => {
    const text = "const decision = permit('x.y', {}, []);";
    assert.equal(permitProblems(sourceFile('src/flows/packages/ask.ts', text)).length, 1);
    assert.deepEqual(permitProblems(sourceFile('src/flows/packages/rules.ts', text)), []);
  });
});
