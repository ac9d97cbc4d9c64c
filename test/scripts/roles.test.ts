import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod/v4';
import { type Visit, visitPractice } from '../practice/visit.js';
import { tempFolder } from '../support/temp-folder.js';
import { runScript } from './run-script.js';

const data = z.object({
  knownDays: z.number(),
  unused: z.array(z.looseObject({ person: z.string() })),
  standing: z.array(z.looseObject({ person: z.string(), name: z.string() })),
  weak: z.array(z.looseObject({ window: z.number() })),
  missing: z.object({ role: z.boolean(), group: z.boolean() }),
});

describe('npm run roles', () => {
  const folder = tempFolder();
  let visit: Visit;
  before(async () => {
    visit = await visitPractice();
  });
  after(async () => {
    await visit.close();
    folder.remove();
  });

  const run = (...args: readonly string[]) =>
    runScript('roles', { practiceUrl: visit.url, data: folder.path }, args);

  it('findings: what to put right, in words, and fails because of it', async () => {
    const { code, out, err } = await run('findings');
    assert.equal(code, 1, err);
    assert.match(
      out,
      /^Active all the time:\n- \S.*: AI Administrator \(privileged\), since \d{4}-\d\d-\d\d\n/,
    );
    assert.match(out, /Who never activates a role can be told when the bot has run for a day\./);
    assert.match(out, /Found: 0 unused, \d+ standing, \d+ with weak rules\.\n$/);
  });

  it('findings: the same as data, without making a database where there is none', async () => {
    const { code, out } = await run('findings', '--json');
    assert.equal(code, 1);
    const found = data.parse(JSON.parse(out));
    assert.deepEqual([found.knownDays, found.unused, found.missing], [0, [], { role: false, group: false }]);
    assert.ok(found.standing.length > 0 && found.weak.length > 0);
    assert.equal(existsSync(path.join(folder.path, 'latchkey.sqlite')), false);
  });

  it('says in one sentence what it does not understand', async () => {
    for (const [args, says] of [
      [[], /^Say findings\.\n\nnpm run roles/],
      [['findings', 'more'], /^There is one word too many: more\./],
      [['findings', '--xml'], /npm run roles -- findings/],
    ] as const) {
      const { code, out, err } = await run(...args);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, says);
      assert.doesNotMatch(err, /\n {4}at /);
    }
  });
});
