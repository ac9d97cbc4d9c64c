import assert from 'node:assert/strict';
import { hears } from '../../../src/flows/recovery/said.js';
import { type Happening, understand, type Whose } from '../../../src/flows/recovery/words.js';

type Line = readonly [said: string, what: Happening | undefined, whose: Whose | undefined, name?: string];

const ours: readonly Line[] = [
  ['I lost my phone', 'lost', 'mine'],
  ['i’ve lost my phone!!', 'lost', 'mine'],
  ['My phone is gone', 'lost', 'mine'],
  ["I can't find my work phone anywhere", 'lost', 'mine'],
  ['I left my phone in a taxi', 'lost', 'mine'],
  ['lost phone', 'lost', undefined],
  ['my laptop has disappeared', 'lost', 'mine'],
  ['My phone was stolen', 'stolen', 'mine'],
  ['somebody stole my laptop from my car', 'stolen', 'mine'],
  ['I got mugged on the way home', 'stolen', 'mine'],
  ['stolen phone', 'stolen', undefined],
  ['my security key was stolen', 'stolen', 'mine'],
  ['My phone is broken', 'broken', 'mine'],
  ['I dropped my phone into the water', 'broken', 'mine'],
  ['my phone died', 'broken', 'mine'],
  ["my phone won't turn on any more", 'broken', 'mine'],
  ["my yubikey doesn't work", 'broken', 'mine'],
  ['I have a new phone', 'new-phone', 'mine'],
  ['I switched to another iPhone', 'new-phone', 'mine'],
  ['my phone was reset', 'new-phone', 'mine'],
  ['I cannot sign in', 'locked-out', 'mine'],
  ["I can't log in to my account", 'locked-out', 'mine'],
  ['I am locked out', 'locked-out', 'mine'],
  ["it won't let me sign in", 'locked-out', 'mine'],
  ['I forgot my password', 'locked-out', 'mine'],
  ['sign-in does not work', 'locked-out', undefined],
  ['My security key is gone', 'key-lost', 'mine'],
  ['I lost my YubiKey', 'key-lost', 'mine'],
  ['lost my usb key', 'key-lost', 'mine'],
  ['We have a new starter', 'starter', 'other'],
  ['Noor Achterberg starts next week', 'starter', 'other', 'Noor Achterberg'],
  ['new colleague joins us on Monday', 'starter', 'other'],
  ['My colleague lost her phone', 'lost', 'other'],
  ['Leilani Brandvold lost her phone', 'lost', 'other', 'Leilani Brandvold'],
  ["Leilani's phone was stolen", 'stolen', 'other', 'Leilani'],
  ['Tomasz is locked out', 'locked-out', 'other', 'Tomasz'],
  ['she can’t sign in', 'locked-out', 'other'],
  ['I need a temporary access pass', undefined, 'mine'],
  ['account recovery', undefined, undefined],
  ['help me sign in', undefined, 'mine'],
];

const others: readonly string[] = [
  'I need the research assistant',
  'I lost access to the prompt library',
  'activate AI admin for my new phone rollout role',
  'my reviews',
  'show my roles',
  'my new colleague needs access to the prompt library',
  'what access do I have',
  'I want to join AI Chat Users',
  'extend my access',
  'Exchange admin starting tomorrow for two hours',
  'how do I get on the list of testers',
  'the token count is missing in the report',
  'approvals',
  'who has the elevated connectors',
  'hello',
  '',
  'x'.repeat(500),
];

describe('the words of somebody who cannot sign in', () => {
  for (const [said, what, whose, name = ''] of ours)
    it(`understands “${said}”`, () => assert.deepEqual(understand(said), { what, whose, name }));

  for (const said of others)
    it(`leaves “${said.slice(0, 60)}” to others`, () => assert.equal(understand(said), undefined));

  it('are not read slowly, however they are put together', () => {
    const worst = ['lost my '.repeat(60), 'can not '.repeat(60), 'my phone '.repeat(50), "A'-".repeat(160)];
    const began = performance.now();
    for (const said of worst) understand(said.slice(0, 500));
    assert.ok(performance.now() - began < 500);
  });
});

describe('what this flow hears', () => {
  const verbs = { board: 'board', report: 'report', help: 'help' };

  it('cases and the report by their names, everything else by what happened', () => {
    assert.deepEqual(hears('open cases', verbs), { verb: 'board', data: {} });
    assert.deepEqual(hears('recovery board', verbs), { verb: 'board', data: {} });
    assert.deepEqual(hears('passkey report', verbs), { verb: 'report', data: {} });
    assert.deepEqual(hears('I lost my phone', verbs), { verb: 'help', data: { said: 'I lost my phone' } });
    assert.equal(hears('my roles', verbs), undefined);
  });

  it('hands on no more than fits the verb', () => {
    const command = hears(`I lost my phone ${'so sad '.repeat(200)}`, verbs);
    assert.equal(String(Object(command?.data).said).length, 500);
  });
});
