import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { verifyRecord } from '../../src/audit/verify.js';
import { runOnServer } from '../support/databases.js';
import { findPostgres } from '../support/find-postgres.js';
import { readIn, refOf } from '../support/on-card.js';
import { type Cluster, startCluster } from '../support/postgres-cluster.js';
import { codeIn, isPassCard, nameOf } from '../support/recovery-card.js';
import { walkOf } from '../support/recovery-walk.js';
import type { Entry, InvokeAnswer } from '../support/remote-control.js';
import { openRecoveryPair, type RecoveryPair } from './recovery-pair.js';

const postgres = findPostgres();
const database = `latchkey_test_${randomUUID().replaceAll('-', '')}`;

/** Which bot takes a press is chance: the database keeps them apart. */
(postgres === undefined ? describe.skip : describe)('two bots before one database', function () {
  this.timeout(60_000);
  let cluster: Cluster;
  let pair: RecoveryPair;
  let walk: ReturnType<typeof walkOf>;
  before(async () => {
    assert.ok(postgres);
    cluster = await startCluster(postgres);
    await runOnServer(cluster.url, [`create database ${database}`]);
    const url = new URL(cluster.url);
    url.pathname = `/${database}`;
    pair = await openRecoveryPair(url.href);
    walk = walkOf(pair);
  });
  after(async () => {
    const verdict = await verifyRecord(pair.store);
    await pair.close();
    await runOnServer(cluster.url, [`drop database ${database} with (force)`]);
    await cluster.stop();
    assert.equal(verdict.kind, 'intact');
  });

  const made = async (about: string): Promise<number> => {
    const { id } = await caseOf(about);
    const passes = await pair.store.db
      .selectFrom('claims')
      .select('id')
      .where('item', '=', `recoveryCase:${id}`)
      .where('effect', '=', 'recovery.issue')
      .where('state', '=', 'done')
      .execute();
    return passes.length;
  };
  const caseOf = async (about: string) => {
    const rows = await pair.store.db.selectFrom('recovery_cases').selectAll().execute();
    const found = rows.find((one) => one.about.includes(nameOf(about)));
    assert.ok(found);
    return found;
  };
  /** A card of the same case for somebody else who may make the pass. */
  const fromBoard = async (person: string, about: string): Promise<Entry> => {
    const { id } = await caseOf(about);
    await pair.say(person, 'open cases');
    const board = await walk.cardWith(person, 'recovery.case');
    await pair.press(person, board.id, 'recovery.case', { case: id });
    return walk.cardWith(person, 'recovery.issue', new RegExp(nameOf(about)));
  };
  const assertOne = async (about: string, answers: readonly InvokeAnswer[]): Promise<void> => {
    const [shown, ...more] = answers.filter(({ value }) => isPassCard(value));
    assert.ok(shown, answers.map(readIn).join('\n---\n'));
    assert.deepEqual(more, []);
    assert.equal((await walk.usable(about)).length, 1);
    assert.equal(await made(about), 1);
    assert.equal(await walk.signIn(about, codeIn(shown)), '');
  };

  it('two helpers make the pass at the same moment: one is shown a code, and one pass works', async () => {
    const mine = await walk.ready('finance', 'manager');
    const theirs = await fromBoard('security', 'finance');
    await pair.advance('PT11S');
    const post = { service: 'graph', method: 'POST', path: 'temporaryAccessPassMethods' };
    await pair.fault({ match: post, do: { delayMs: 300 } });
    const answers = await Promise.all([
      pair.press('helpdesk', mine.id, 'recovery.issue', { ref: refOf(mine.card), replace: '' }),
      pair.press('security', theirs.id, 'recovery.issue', { ref: refOf(theirs.card), replace: '' }),
    ]);
    const posts = (await pair.requests('graph')).filter(
      ({ method, path }) => method === 'POST' && path.includes(post.path),
    );
    assert.equal(posts.length, 1);
    await assertOne('finance', answers);
  });

  it('one press is delivered to both: one code, and one pass', async () => {
    const card = await walk.ready('appowner', 'manager');
    const press = () =>
      pair.press('helpdesk', card.id, 'recovery.issue', { ref: refOf(card.card), replace: '' });
    await assertOne('appowner', await Promise.all([press(), press()]));
  });

  it('two of them open a case for the same person at once: one case, and both read of it', async () => {
    for (const key of ['engineer', 'security']) await pair.say(key, 'I cannot sign in');
    const [one, other] = [
      await walk.cardWith('engineer', 'recovery.open'),
      await walk.cardWith('security', 'recovery.open'),
    ];
    const { people } = await pair.get<{ people: readonly { key: string; id: string }[] }>('');
    const person = people.find(({ key }) => key === 'starter')?.id;
    const open = (key: string, { id }: Entry) =>
      pair.press(key, id, 'recovery.open', { what: 'locked-out', person });
    const answers = await Promise.all([open('engineer', one), open('security', other)]);
    const texts = answers.map(readIn);
    assert.equal(texts.filter((text) => /^Help is on its way/.test(text)).length, 1, texts.join('\n---\n'));
    assert.equal(texts.filter((text) => /already/.test(text)).length, 1, texts.join('\n---\n'));
    const rows = await pair.store.db.selectFrom('recovery_cases').select('about').execute();
    assert.equal(rows.filter(({ about }) => about.includes('Noor Achterberg')).length, 1);
  });
});
