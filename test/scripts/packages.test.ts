import assert from 'node:assert/strict';
import { z } from 'zod/v4';
import { elevatedPackage, standardPackage } from '../../practice/world/packages.js';
import { day } from '../../src/base/clock.js';
import { type Visit, visitPractice } from '../practice/visit.js';
import { tempFolder } from '../support/temp-folder.js';
import { runScript } from './run-script.js';

const data = z.object({
  package: z.object({ id: z.string(), name: z.string() }),
  people: z.number(),
  holders: z.array(
    z.looseObject({ name: z.string(), idle: z.enum(['never', 'long', '']), endsSoon: z.boolean() }),
  ),
  asking: z.looseObject({ total: z.number(), outcomes: z.record(z.string(), z.number()) }),
  failed: z.array(z.looseObject({ requestId: z.string() })),
  cut: z.object({ holders: z.literal(false), requests: z.literal(false) }),
  missing: z.object({ signIns: z.literal(false), requests: z.literal(false) }),
});

const sent = z.array(z.object({ token: z.string(), method: z.string(), path: z.string() }));
const inDays = (days: number): string => new Date(Date.now() + days * day).toISOString();

describe('npm run packages', () => {
  const folder = tempFolder();
  let visit: Visit;
  before(async () => {
    visit = await visitPractice();
    const has = (person: object, started: number, ends: number) =>
      visit.control('POST', '/packages/hold', {
        ...person,
        package: standardPackage.id,
        startsAt: inDays(-started),
        endsAt: inDays(ends),
      });
    // Two thousand and more, less the guests among them.
    assert.equal((await has({ archive: 2100 }, 30, 100)).status, 200);
    assert.equal((await has({ person: 'librarian' }, 200, 3)).status, 200);
    // Signed in 140 days ago.
    assert.equal((await has({ person: 'dormant' }, 200, 100)).status, 200);
    assert.equal((await has({ person: 'leaver' }, 100, 100)).status, 200);
  });
  after(async () => {
    await visit.close();
    folder.remove();
  });

  const run = (...args: readonly string[]) =>
    runScript('packages', { practiceUrl: visit.url, data: folder.path }, args);

  it('use: everybody who has a package, be they thousands, as data', async () => {
    const { code, out, err } = await run('use', '--package', standardPackage.id.toUpperCase(), '--json');
    assert.equal(code, 1, err);
    const found = data.parse(JSON.parse(out));
    assert.deepEqual(found.package, { id: standardPackage.id, name: standardPackage.displayName });
    assert.ok(found.people > 2000 && found.holders.length === found.people, String(found.people));
    const [first, second, third] = found.holders.map(({ name, idle, endsSoon }) => [name, idle, endsSoon]);
    assert.deepEqual(first, ['Hana Petrossian', '', true]);
    assert.deepEqual(second, ['Matteo Lindqvist-Osei', 'long', false]);
    assert.deepEqual(third?.slice(1), ['', false]);
    assert.deepEqual([found.asking.total, found.failed], [0, []]);
  });

  it('use: the same in words', async () => {
    const { code, out } = await run('use', '--package', standardPackage.id);
    assert.equal(code, 1);
    assert.match(
      out,
      /^AI research assistant - standard: 2\d{3} people, 0 of them guests\nEnds soon:\n- Hana /,
    );
    assert.match(out, /for too long:\n- Matteo Lindqvist-Osei: until [\d-]{10}, last sign-in [\d-]{10}\n/);
    assert.match(out, /\nRequests: Entra lists none\.\n/);
    assert.match(out, /\nFound: 1 near the end, 1 not in use, 0 not delivered\.\n$/);
  });

  it('use: nothing to put right where nobody has it', async () => {
    const { code, out } = await run('use', '--package', elevatedPackage.id);
    assert.equal(code, 0);
    assert.match(out, /^AI research assistant - elevated connectors: 0 people/);
  });

  it('asks Entra with the app’s own token, changes nothing, and asks not once a person', async () => {
    const { body } = await visit.control('GET', '/requests?service=graph');
    const asked = sent.parse(body);
    assert.ok(asked.length > 0 && asked.length < 400, String(asked.length));
    assert.ok(asked.every(({ token }) => token === 'app'));
    const posted = asked.filter(({ method }) => method !== 'GET').map(({ path }) => path);
    assert.deepEqual([...new Set(posted)], ['/v1.0/$batch']);
  });

  it('says in one sentence what it does not understand, and ends with 2', async () => {
    const unknown = '00000000-1111-4222-8333-444444444444';
    for (const [args, says] of [
      [[], /^Say use\.\n\nnpm run packages/],
      [['use', 'more'], /^There is one word too many: more\./],
      [['use'], /^Say which package: --package/],
      [['use', '--package', 'AI'], /^Say which package: --package/],
      [['use', '--package', unknown], /^Entra knows no such package\./],
      [['use', '--xml'], /npm run packages -- use/],
    ] as const) {
      const { code, out, err } = await run(...args);
      assert.deepEqual([code, out], [2, ''], args.join(' '));
      assert.match(err, says);
      assert.doesNotMatch(err, /\n {4}at /);
    }
  });
});
