import assert from 'node:assert/strict';
import { cardActions } from '../support/card-text.js';
import { readIn } from '../support/on-card.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';
import { type Attack, plainCardOf } from './attack.js';
import { attackOnRecovery } from './recovery-attack.js';

const hostile = [
  '[Sign in here](https://evil.example) **urgent** $',
  '{$root.ref} {{DATE(2026-01-01T00:00:00Z)}} <at>all</at> \u202Egpj.exe \u0000',
].join('');

/** Whatever somebody types or sends, it is shown as what was typed, and asks Entra for nothing else. */
describe('hostile words in a recovery', () => {
  let stage: RecoveryStage;
  let attack: Attack;
  before(async () => {
    stage = await openRecoveryStage();
    attack = attackOnRecovery(stage);
  });
  after(() => stage.close());

  const assertTame = (card: unknown): void => {
    const text = JSON.stringify(card, livingOnly) ?? '';
    assert.doesNotMatch(text, /[^\\]\]\(https:\/\/evil/);
    assert.doesNotMatch(text, /"url":"https:\/\/evil/);
    assert.ok(!(JSON.stringify(card) ?? '').includes('\u202E'));
  };

  it('a name to search for is a name, and no part of a query', async () => {
    const plain = await plainCardOf(stage, 'engineer');
    for (const name of [
      '"',
      '" OR "displayName:a',
      "' or startswith(displayName,'a",
      'a"&$select=id&$top=999#',
      '%22%20OR%20%22',
      '\\',
      '*',
      '   ',
      hostile.slice(0, 80),
    ]) {
      const answer = await stage.press('engineer', plain, 'recovery.find', { what: 'lost', name });
      assert.equal(answer.statusCode, 200, name);
      assert.doesNotMatch(readIn(answer), /TypeError|\{"error"|Request_BadRequest/, name);
      const found = cardActions(answer.value).filter(({ verb }) => verb === 'recovery.open');
      assert.ok(found.length <= 6, name);
      assertTame(answer.value);
    }
    const calls = (await stage.requests('graph')).filter(({ path }) =>
      /\/users\?.*(search|startswith)/.test(path),
    );
    assert.ok(calls.every(({ token }) => token === 'user'));
  });

  it('a search finds no guest, and not whoever searches', async () => {
    const plain = await plainCardOf(stage, 'engineer');
    for (const [name, person] of [
      ['Ayumi', 'engineer'],
      ['Extern', 'guest'],
    ] as const) {
      const answer = await stage.press('engineer', plain, 'recovery.find', { what: 'lost', name });
      assert.ok(!JSON.stringify(answer.value).includes(stage.idOf(person)));
    }
  });

  it('what the opener wrote and how somebody vouched is shown as text on every card', async () => {
    await stage.open('engineer', 'stolen', 'finance', hostile);
    const { id } = await stage.cardWith('manager', 'recovery.attest');
    await stage.advance('PT11S');
    await stage.press('manager', id, 'recovery.attest', { how: 'video', note: hostile });
    await stage.advance('PT11S');
    await stage.issueCard('helpdesk', 'finance');
    for (const person of ['engineer', 'finance', 'manager', 'helpdesk', 'security'])
      for (const { card } of await stage.timeline(person)) assertTame(card);
    const plain = await plainCardOf(stage, 'helpdesk');
    assertTame((await stage.press('helpdesk', plain, 'recovery.board')).value);
  });

  it('the words of the end are shown as text, to whoever reads them', async () => {
    const { id } = await stage.issueCard('helpdesk', 'finance');
    await stage.press('helpdesk', id, 'recovery.close', { note: hostile });
    assert.equal((await stage.caseOf('finance')).state, 'closed');
    await stage.advance('PT11S');
    for (const person of ['engineer', 'finance', 'manager', 'helpdesk', 'security'])
      for (const { card } of await stage.timeline(person)) assertTame(card);
  });

  it('references that nobody has are nobody’s', async () => {
    for (const verb of [
      'attest',
      'refuse',
      'issue',
      'close',
      'remove',
      'revoke',
      'read-out',
      'mine',
      'not-me',
    ])
      for (const ref of ['', '../x', "' or 1=1 --", '__proto__', '\u0000'])
        assert.equal(
          (await attack('engineer', `recovery.${verb}`, { ref })).code,
          'flows.unknown-card',
          verb,
        );
  });

  it('pages and cases of the board are what they are', async () => {
    for (const data of [{ skip: -1 }, { skip: 1.5 }, { skip: 'all' }, { skip: 1e9 }, { skip: null }]) {
      const plain = await plainCardOf(stage, 'helpdesk');
      const answer = await stage.press('helpdesk', plain, 'recovery.board', data);
      assert.doesNotMatch(readIn(answer), /TypeError|undefined|SQL/, JSON.stringify(data));
    }
  });
});

/** Inputs and runs of rich text show what they hold letter by letter; in everything else Markdown comes alive. */
function livingOnly(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== 'object' || !('type' in value)) return value;
  return value.type === 'TextRun' || value.type === 'Input.Text' ? undefined : value;
}
