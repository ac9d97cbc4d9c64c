import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod/v4';
import { type Visit, visitPractice } from '../practice/visit.js';
import { tempFolder } from '../support/temp-folder.js';
import { runScript } from './run-script.js';

const named = z.array(z.looseObject({ name: z.string() }));
const data = z.looseObject({
  people: z.number(),
  withPasskey: z.number(),
  unread: z.literal(0),
  failed: z.literal(0),
  models: z.array(z.object({ name: z.string(), count: z.number(), advisory: z.boolean() })),
  oneKey: named,
  advisory: named,
});
const sent = z.array(z.object({ token: z.string(), method: z.string() }));

describe('npm run recovery', () => {
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
    runScript('recovery', { practiceUrl: visit.url, data: folder.path }, args);

  it('report: everybody’s keys by make, as data and as a file, without making a database', async () => {
    const file = path.join(folder.path, 'keys.csv');
    const { code, out, err } = await run('report', '--json', '--csv', file);
    assert.equal(code, 1, err);
    const found = data.parse(JSON.parse(out));
    assert.ok(found.withPasskey >= 3 && found.people > found.withPasskey, out);
    const old = found.models.filter(({ advisory }) => advisory).map(({ name }) => name);
    assert.deepEqual(old, ['YubiKey 5 NFC or 5C NFC, firmware 5.2 or 5.4']);
    assert.deepEqual(
      found.advisory.map(({ name }) => name),
      ['Ingrid Balasuntharam'],
    );
    const lines = readFileSync(file, 'utf8').trimEnd().split('\r\n');
    assert.match(lines[0] ?? '', /^\uFEFFName,User name,/);
    assert.ok(lines.length > found.people, String(lines.length));
    assert.equal(statSync(file).mode & 0o077, 0);
    assert.match(err, /people, \d+ of them with a passkey/);
    assert.equal(existsSync(path.join(folder.path, 'latchkey.sqlite')), false);
  });

  it('asks Entra with the app’s own token, and changes nothing', async () => {
    const { body } = await visit.control('GET', '/requests?service=graph');
    const asked = sent.parse(body);
    assert.ok(asked.length > 0 && asked.every(({ token, method }) => token === 'app' && method === 'GET'));
  });

  it('report: the same in words', async () => {
    const { code, out } = await run('report');
    assert.equal(code, 1);
    assert.match(out, /^Everybody: \d+ of \d+ with a passkey \(\d+ %\)\nAdministrators: /);
    assert.match(out, /\nKeys with firmware in advisory YSA-2024-03:\n- Ingrid Balasuntharam \(/);
    assert.match(out, /\nThe bot has not run here, so no cases are counted\.\n/);
  });

  it('says in one sentence what it does not understand, and ends with 2', async () => {
    for (const [args, says] of [
      [[], /^Say report\.\n\nnpm run recovery/],
      [['report', 'more'], /^There is one word too many: more\./],
      [['report', '--xml'], /npm run recovery -- report/],
      [['report', '--csv='], /^Say which file/],
    ] as const) {
      const { code, out, err } = await run(...args);
      assert.deepEqual([code, out], [2, ''], args.join(' '));
      assert.match(err, says);
      assert.doesNotMatch(err, /\n {4}at /);
    }
  });
});
