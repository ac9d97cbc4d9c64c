import assert from 'node:assert/strict';
import { change, problems } from './change-starter.js';
import { starterAttesters as attesters, starterText } from './starter-policy.js';

const security = '0e5f3a03-4c7d-4e2b-9b6a-1c8d5e2f7003';
const span = 'write a time span such as 30m, 4h or 2d';
const people = 'write a whole number from 1 to 3';
const tries = 'write a whole number from 1 to 20';
const flags =
  'write one of: manager-changed, risky-sign-in, method-changed, repeated, new-location, opened-by-other';
const oldLog = 'is over 30d; Entra keeps its log no longer';

const cases: readonly (readonly [what: string, from: string, to: string, said: string])[] = [
  ['the rules spelt wrong', 'recovery:\n', 'recovry:\n', 'recovry is not known here; did you mean recovery?'],
  [
    'a key spelt wrong',
    'attesters:',
    'atesters:',
    'recovery.atesters is not known here; did you mean attesters?',
  ],
  ['nobody who vouches', 'members: 1', 'members: 0', `recovery.attestations.members ${people}`],
  ['half a person', 'members: 1', 'members: 1.5', `recovery.attestations.members ${people}`],
  ['a crowd', 'privileged: 2', 'privileged: 4', `recovery.attestations.privileged ${people}`],
  [
    'less care for those who can do more',
    'members: 1, privileged: 2',
    'members: 2, privileged: 1',
    'recovery.attestations.privileged may not be less than for members: more care, more people',
  ],
  [
    'who vouches, by name',
    attesters,
    'attesters: { Finance: [] }',
    'recovery.attesters.Finance is not an object id (a GUID)',
  ],
  [
    'who vouches, without anybody',
    attesters,
    `attesters: { ${security}: [] }`,
    `recovery.attesters.${security} name at least one person`,
  ],
  [
    'who vouches, as a list',
    attesters,
    `attesters: [${security}]`,
    'recovery.attesters must hold object ids, each with a list of people, one a line',
  ],
  [
    'managers of long ago',
    'managerChangedWithin: 14d',
    'managerChangedWithin: 31d',
    `recovery.managerChangedWithin ${oldLog}`,
  ],
  ['signs of long ago', 'flagsLookBack: 30d', 'flagsLookBack: 45d', `recovery.flagsLookBack ${oldLog}`],
  ['no cool-down', 'coolDown: 12h', 'coolDown: 0h', `recovery.coolDown ${span}`],
  ['no tries', 'triesADay: 3', 'triesADay: 0', `recovery.triesADay ${tries}`],
  ['tries without end', 'triesADay: 3', 'triesADay: 21', `recovery.triesADay ${tries}`],
  [
    'a pass of minutes',
    'longest: 1h',
    'longest: 9m',
    'recovery.pass.longest is under 10m; Entra makes no pass that short',
  ],
  [
    'a pass of days',
    'longest: 1h',
    'longest: 2d',
    'recovery.pass.longest is over 1d; a pass opens everything that its owner may open',
  ],
  [
    'a pass for some sign-ins',
    'once: privileged',
    'once: sometimes',
    'recovery.pass.once write one of: always, privileged, never',
  ],
  ['a sign nobody knows', 'block: [manager-changed,', 'block: [manager-change,', `recovery.block.0 ${flags}`],
  [
    'a sign twice',
    'block: [manager-changed,',
    'block: [risky-sign-in,',
    'recovery.block names the same sign twice',
  ],
  [
    'one sign that is no list',
    'block: [manager-changed, risky-sign-in]',
    'block: repeated',
    'recovery.block must be a list, such as [a, b]',
  ],
  [
    'never told',
    'escalateAfter: [30m, 2h]',
    'escalateAfter: []',
    'recovery.escalateAfter name at least one time span',
  ],
  [
    'told faster and faster',
    'escalateAfter: [30m, 2h]',
    'escalateAfter: [2h, 30m]',
    'recovery.escalateAfter must not get shorter',
  ],
  [
    'nobody at the help desk',
    'helpDesk:\n    - 0e5f3a04-4c7d-4e2b-9b6a-1c8d5e2f7004 # for everybody\n    - 0e5f3a03-4c7d-4e2b-9b6a-1c8d5e2f7003 # for privileged people',
    'helpDesk: []',
    'recovery.helpDesk name at least one person or group: somebody has to make the pass',
  ],
  [
    'nobody to tell',
    `security: [${security}]`,
    'security: []',
    'recovery.security name at least one person: somebody has to be told',
  ],
  ['a first day any time', 'hireWindow: 14d', 'hireWindow: any', `recovery.hireWindow ${span}`],
];

describe('a mistake in a rule for recovery', () => {
  for (const [what, from, to, said] of cases) {
    it(`is found with its line: ${what}`, () => {
      const { text, place } = change('recovery', from, to);
      const fits = new RegExp(`^policy\\.yaml:${place.split(':')[0]}:\\d+ `);
      const found = problems(text);
      assert.ok(
        found.some((line) => line.endsWith(` ${said}`) && fits.test(line)),
        `${place}: ${said}\n${found.join('\n') || 'nothing was found'}`,
      );
    });
  }

  it('is found in a switch', () => {
    const lines = problems(change('flows', 'recovery: act', 'recovery: on').text);
    assert.match(lines.join('\n'), /flows\.recovery write one of: off, notify, act$/);
  });

  it('is found in a file from before there was recovery, with all that is missing', () => {
    const text = starterText()
      .replace(/ {2}# Recovery: .*\n {2}recovery: act\n/, '')
      .replace(/\nrecovery:\n( {2}.*\n)+/, '\n');
    assert.deepEqual(
      problems(text).map((line) => line.replace(/^policy\.yaml:\d+:\d+ /, '')),
      [
        'flows.recovery is missing; write one of: off, notify, act',
        'recovery is missing; must hold the keys attestations, attesters, managerChangedWithin, coolDown, ' +
          'triesADay, pass, block, flagsLookBack, escalateAfter, helpDesk, security, hireWindow, one a line',
      ],
    );
  });
});
