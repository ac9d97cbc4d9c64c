import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { platformAdmins } from '../../practice/world/groups.js';
import { elevatedPackage } from '../../practice/world/packages.js';
import { projectRoot } from '../../src/base/project-root.js';
import { starterText } from '../policy/starter-policy.js';
import { tempFolder } from '../support/temp-folder.js';

const script = fileURLToPath(new URL('../../scripts/policy.js', import.meta.url));
const unnamed = '11111111-aaaa-4aaa-8aaa-000000000009';
const starter = path.join(projectRoot(), 'policy.yaml');

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('npm run policy', () => {
  const folder = tempFolder();
  after(() => folder.remove());

  it('check: says that a file is in order', () => {
    const { status, stdout } = run('check', starter);
    assert.equal(status, 0);
    assert.match(stdout, /is in order\.\nflows +packages: act, reviews: act\n/);
  });

  it('check: names file, line and column of a mistake, and fails', () => {
    const file = path.join(folder.path, 'policy.yaml');
    writeFileSync(file, starterText().replace('packages: act', 'package: act'));
    const { status, stderr } = run('check', file);
    assert.equal(status, 1);
    assert.ok(stderr.startsWith(file));
    assert.match(stderr, /:\d+:3 flows\.package is not known here; did you mean packages\?/);
  });

  it('explain: the tier, what is asked for, and the lines that decide it', () => {
    const { status, stdout } = run('explain', '--package', elevatedPackage.id, starter);
    assert.equal(status, 0);
    assert.match(stdout, /is sensitive\.\n/);
    assert.match(stdout, /- The requester must give a reason of 20 characters or more\./);
    const line =
      starterText()
        .split('\n')
        .findIndex((each) => each.includes(elevatedPackage.id)) + 1;
    assert.ok(stdout.includes(`policy.yaml:${line}  assigned.packages.${elevatedPackage.id}`));
  });

  it('explain: what reviewers are asked, and how often it deserves a review', () => {
    const explained = (id: string) => run('explain', '--group', id, starter).stdout;
    const privileged = explained(platformAdmins.id);
    assert.match(privileged, /is privileged\.\n/);
    assert.match(privileged, /When it is reviewed:\n- It deserves a review every month\.\n/);
    assert.match(
      privileged,
      /- The reviewer must give a reason for every decision: 40 characters or more\.\n/,
    );
    assert.match(privileged, /- People are kept one by one\.\n/);
    assert.match(privileged, /- “Not sure” removes the access; the person can ask for it again\.\n/);
    assert.match(explained(unnamed), /is sensitive\.\n[\s\S]*every quarter[\s\S]*everybody who is kept/);
  });

  it('explain: an application, by the rules of the file', () => {
    const file = path.join(folder.path, 'policy.yaml');
    const text = starterText()
      .replace('applications: {}', `applications:\n    ${unnamed}: standard`)
      .replace('atLeast: 10', 'atLeast: 0')
      .replace('notSure: remove', 'notSure: dont-know');
    writeFileSync(file, text);
    const { status, stdout } = run('explain', '--application', unnamed, file);
    assert.equal(status, 0);
    assert.match(stdout, /^application \S+ is standard\.\n/);
    assert.match(stdout, /- It deserves a review for every project, in no fixed rhythm\.\n/);
    assert.match(
      stdout,
      /for a decision against what Entra recommends, and where Entra asks for one: some words are enough\.\n/,
    );
    assert.match(stdout, /- Up to 200 people may be kept with one press/);
    assert.match(stdout, /- “Not sure” records “don’t know”/);
    assert.match(stdout, new RegExp(`  assigned\\.applications\\.${unnamed}\n`));
  });

  for (const [what, args] of [
    ['nothing', []],
    ['an unknown command', ['explode']],
    ['nothing to explain', ['explain', starter]],
    ['an unknown option', ['explain', '--user', 'x']],
    ['a file that is not there', ['check', 'none.yaml']],
  ] as const) {
    it(`says how it is used when given ${what}`, () => {
      const { status, stderr } = run(...args);
      assert.equal(status, 2);
      assert.match(stderr, /npm run policy -- check/);
    });
  }
});
