import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod/v4';
import { projectRoot } from '../../src/base/project-root.js';
import { verbProblems } from './verb-form.js';

const root = projectRoot();
const flows = readdirSync(path.join(root, 'src/flows')).filter((name) =>
  existsSync(path.join(root, 'src/flows', name, 'index.ts')),
);
const shape = z.object({ name: z.string(), verbs: z.array(z.object({ name: z.string() })).min(1) });

describe('the form of a verb', () => {
  it('there is a flow', () => assert.ok(flows.length > 0));

  for (const flow of flows) {
    it(`is filled in for every verb of ${flow}`, async () => {
      const module: object = await import(`../../src/flows/${flow}/index.js`);
      const found = Object.values(module).find((value) => shape.safeParse(value).success);
      const { name, verbs } = shape.parse(found);
      assert.equal(name, flow);
      assert.deepEqual(
        verbProblems(
          root,
          flow,
          verbs.map((verb) => verb.name),
        ),
        [],
      );
    });
  }

  it('is missed where it is not', () => {
    assert.deepEqual(verbProblems(root, 'packages', ['packages.grant']), [
      'packages.grant has no file src/flows/packages/grant.ts',
      'packages.grant has no test/clicks/packages.grant.test.ts',
      'packages.grant has no card with its button',
      'packages.grant has no line in src/flows/packages/README.md',
    ]);
    assert.match(
      verbProblems(root, 'packages', ['reviews.keep'])[0] ?? '',
      /is not named packages\.something/,
    );
  });
});
