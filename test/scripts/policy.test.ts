import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { platformAdmins } from '../../practice/world/groups.js';
import { catalog, elevatedPackage, standardPackage } from '../../practice/world/packages.js';
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
    assert.match(stdout, /is in order\.\nflows +packages: act, reviews: act, pim: act, recovery: act\n/);
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

  describe('explain: what counts for packages', () => {
    const explained = (...args: readonly string[]) => run('explain', '--package', ...args).stdout;
    const [owner, security] = [
      '0e5f3a08-4c7d-4e2b-9b6a-1c8d5e2f7008',
      '0e5f3a03-4c7d-4e2b-9b6a-1c8d5e2f7003',
    ];
    const failed = 'Told when a delivery fails or nobody can approve';

    it('for how long, what is told before the end, and who answers', () => {
      const text = explained(elevatedPackage.id.toUpperCase(), starter);
      for (const sentence of [
        'Its holder is told 14 days, 3 days and 1 day before the end.',
        'Whoever holds it and has not signed in for 90 days is shown to its owners.',
        `${failed}: ${owner}.`,
      ]) {
        assert.ok(text.includes(`\n- ${sentence}\n`), `${sentence}\n${text}`);
      }
      const line = starterText()
        .slice(0, starterText().indexOf(`${owner}]`))
        .split('\n').length;
      assert.ok(text.includes(`policy.yaml:${line}  packages.owners.${elevatedPackage.id}`));
    });

    it('to guests, where guests may ask', () => {
      const guests = /- A guest asks for 30 days at most, where the package lets people choose\.\n/;
      assert.match(explained(standardPackage.id, starter), guests);
      assert.doesNotMatch(explained(elevatedPackage.id, starter), guests);
    });

    it('by its catalog, where the package is not named itself', () => {
      const named = explained(unnamed, '--catalog', catalog.id, starter);
      assert.ok(named.includes(`\n- ${failed}: ${security}.\n`), named);
      assert.match(named, new RegExp(`policy\\.yaml:\\d+  packages\\.owners\\.${catalog.id}`));
      const alone = explained(unnamed, starter);
      assert.match(
        alone,
        /- Nobody is named who answers for it; with --catalog its catalog is looked at too\.\n/,
      );
      const other = explained(unnamed, '--catalog', unnamed, starter);
      assert.match(other, /- Nobody is named who answers for it: nobody is told when a delivery fails\.\n/);
    });
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

  describe('explain: what is activated just in time', () => {
    const explained = (...args: readonly string[]) => {
      const { status, stdout } = run('explain', ...args);
      assert.equal(status, 0);
      return stdout;
    };
    const securityAdministrator = '194ae4cb-b126-40b2-bd5b-6091b380977d';
    const contributor = '25fbc0a9-bd7c-42a3-aa1a-3b75d497ee68';

    it('a role for emergencies: window, reason, ticket, sign-in, who is told and who looks back', () => {
      const text = explained('--role', securityAdministrator.toUpperCase(), starter);
      for (const sentence of [
        'It is active for 2 hours at most, or less where Entra allows less.',
        'A reason of 40 characters or more, also where Entra asks for none.',
        'A ticket only where Entra asks for one, of ServiceNow or Jira, that fits [A-Z]{2,5}-[0-9]{1,8} (such as INC-4711).',
        'A stronger sign-in only where Entra asks for one.',
        'It is for emergencies. Told at once: its owner, security (0e5f3a03-4c7d-4e2b-9b6a-1c8d5e2f7003), and the channel 19:securityroom@thread.tacv2.',
        'Afterwards its owner is shown what was done with it: 0e5f3a03-4c7d-4e2b-9b6a-1c8d5e2f7003. Somebody other than whoever used it has to close that.',
      ]) {
        assert.ok(text.includes(`\n- ${sentence}\n`), `${sentence}\n${text}`);
      }
      const at = (part: string) => starterText().slice(0, starterText().indexOf(part)).split('\n').length;
      assert.match(text, new RegExp(`policy\\.yaml:${at('  emergency:')}  pim\\.emergency\n`));
      const owners = starterText().indexOf('  owners:', starterText().indexOf('\npim:\n'));
      const line = starterText()
        .slice(0, starterText().indexOf(securityAdministrator, owners))
        .split('\n').length;
      assert.ok(text.includes(`policy.yaml:${line}  pim.owners.${securityAdministrator}`));
    });

    it('a group: its owners in Entra look back, where nobody is named', () => {
      const text = explained('--group', platformAdmins.id, starter);
      assert.match(
        text,
        /- Afterwards its owner .*: its owners in Entra, or security \(.*\) where it has none\.\n/,
      );
      assert.match(text, /When somebody activates it:[\s\S]*When it is reviewed:/);
      assert.match(explained('--group', unnamed, starter), /- Nobody looks back afterwards\.\n/);
    });

    it('an Azure role, unless the policy leaves Azure out', () => {
      const text = explained('--azure-role', contributor, starter);
      assert.match(text, /^azure-role \S+ is sensitive\.\n/);
      assert.match(text, /active for 4 hours at most/);
      assert.doesNotMatch(text, /When it is reviewed/);
      const file = path.join(folder.path, 'no-azure.yaml');
      writeFileSync(file, starterText().replace('azure: true', 'azure: false'));
      assert.match(explained('--azure-role', contributor, file), /- Nobody activates Azure roles here\.\n/);
    });

    it('what the file says otherwise', () => {
      const file = path.join(folder.path, 'other.yaml');
      const text = starterText()
        .replace('pim: act', 'pim: notify')
        .replace('longest: 8h', 'longest: 90m')
        .replace('longest: 4h', 'longest: 90m')
        .replace('longest: 2h', 'longest: 1h\n      stepUp: c7')
        .replaceAll('ticket: entra', 'ticket: always')
        .replace('systems: [ServiceNow, Jira]', 'systems: []')
        .replace(/ {4}pattern: .*\n/, '')
        .replace('example: INC-4711', 'example: ""');
      writeFileSync(file, text);
      const privileged = explained('--role', securityAdministrator, file);
      assert.match(privileged, /- Not here: the flow leads to the portal\.\n/);
      assert.match(privileged, /active for 1 hour at most/);
      assert.match(privileged, /- A ticket, every time\.\n/);
      assert.match(privileged, /- A sign-in that meets the authentication context c7, of whoever activates/);
      assert.match(explained('--role', unnamed, file), /active for 90 minutes at most/);
    });

    it('nothing of a package, which nobody activates', () => {
      assert.doesNotMatch(explained('--package', elevatedPackage.id, starter), /activates/);
    });
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
