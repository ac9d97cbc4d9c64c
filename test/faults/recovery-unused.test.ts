import assert from 'node:assert/strict';
import { verifyRecord } from '../../src/audit/verify.js';
import { cardOf, dataOf, hasButton, readIn } from '../support/on-card.js';
import { caseItem, newWorld } from '../support/recovery-rows.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';

const ended = 'Nobody took a step for seven days, so the case ended by itself.';
const note = 'She has left the company';

/** A case that nobody needs ends by itself after seven days; one with a pass that opens the account does not. */
describe('a case that nobody took a step in for seven days', () => {
  let stage: RecoveryStage;
  before(async () => {
    stage = await openRecoveryStage();
  });
  beforeEach(() => newWorld(stage));
  after(async () => {
    const verdict = await verifyRecord(stage.store());
    await stage.close();
    assert.equal(verdict.kind, 'intact');
  });

  const newest = async (about: string) => {
    const item = await caseItem(stage, about);
    const { db } = stage.store();
    const rows = await db
      .selectFrom('audit')
      .selectAll()
      .where('item', '=', item)
      .where('kind', '=', 'item.changed')
      .orderBy('seq', 'desc')
      .execute();
    const [{ actor, data } = assert.fail('Nothing is recorded')] = rows;
    return { actor, ...JSON.parse(data) };
  };
  const stateOf = async (about: string) => (await stage.caseOf(about)).state;
  /** Some rounds of the watch, each later than the last. */
  const rounds = async (): Promise<void> => {
    for (let round = 0; round < 3; round += 1) await stage.advance('PT20S');
  };
  const usable = async () =>
    (await stage.staged('finance')).passes.filter(({ state }) => !/expired|used/i.test(state));
  /** Entra knows nobody of that id any more. */
  const leave = (person: string) =>
    stage.fault({
      match: { service: 'graph', path: stage.idOf(person) },
      do: { status: 404, body: { error: { code: 'Request_ResourceNotFound', message: 'No such resource' } } },
      times: 10_000,
    });

  it('is open until then, and ends: everybody reads why, nobody can press anything, and the record says who ended it', async () => {
    const { id } = await stage.open('finance', 'lost');
    const asked = await stage.cardWith('manager', 'recovery.attest');
    const vouch = dataOf(asked.card, 'recovery.attest');
    await stage.advance('P6DT23H');
    await rounds();
    assert.equal(await stateOf('finance'), 'attest');
    await stage.advance('PT1H');
    await stage.reaches('finance', 'closed');
    assert.match(await stage.says('finance', id, /^Case closed/), new RegExp(ended));
    await stage.told('security', new RegExp(ended));
    await stage.told('manager', new RegExp(ended));
    await stage.inTime('the card without buttons', async () =>
      (await stage.timeline('manager')).every(({ card }) => !hasButton(card, 'recovery.attest')),
    );
    const { actor, from, to, seen } = await newest('finance');
    assert.deepEqual([actor, from, to, seen], ['latchkey', 'attest', 'closed', { unused: true }]);
    const late = await stage.press('manager', asked.id, 'recovery.attest', { ...vouch, how: 'video', note });
    assert.doesNotMatch(readIn(late), /The help desk is next/);
    assert.equal(await stateOf('finance'), 'closed');
    assert.equal((await stage.refusals()).length, 1);
    assert.deepEqual(await stage.sent(), []);
    const { answer } = await stage.open('finance', 'lost');
    assert.match(readIn(answer), /^Help is on its way/);
  });

  it('whose pass ran out ends as well, and whoever made it reads that', async () => {
    await stage.open('finance', 'broken');
    await stage.attest('manager', 'finance');
    await stage.pass('helpdesk', 'finance');
    const { id } = await stage.cardWith('helpdesk', 'recovery.close');
    await stage.advance('PT62M');
    await stage.reaches('finance', 'issue');
    await stage.advance('P7D');
    await stage.reaches('finance', 'closed');
    assert.match(await stage.says('helpdesk', id, /This case is closed/), new RegExp(ended));
    assert.deepEqual(await usable(), []);
  });

  it('while a pass from elsewhere opens the account it stays open, and closing it deletes that pass', async () => {
    await stage.does('policy', { longestMinutes: 43_200 });
    await stage.open('finance', 'broken');
    await stage.attest('manager', 'finance');
    const { id } = await stage.cardWith('helpdesk', 'recovery.close');
    const { code } = await stage.does<{ code: string }>('pass', {
      ...{ person: 'finance', by: 'security', minutes: 20_160, once: false },
    });
    await stage.advance('P7DT1H');
    await rounds();
    assert.equal(await stateOf('finance'), 'issue');
    assert.equal((await usable()).length, 1, 'the bot has no right to delete it by itself');
    const { id: last } = await stage.cardWith('helpdesk', 'recovery.close');
    const closed = await stage.press('helpdesk', last, 'recovery.close', { note });
    assert.match(readIn(closed), /This case is closed/);
    assert.equal(await stateOf('finance'), 'closed');
    assert.deepEqual(await usable(), []);
    assert.notEqual(await stage.signIn('finance', code), '');
    assert.match(await stage.says('helpdesk', id, /This case is closed/), /She has left the company/);
  });

  it('ends by itself once that pass is over', async () => {
    await stage.does('policy', { longestMinutes: 43_200 });
    await stage.open('finance', 'broken');
    await stage.does('pass', { person: 'finance', by: 'security', minutes: 11_520, once: false });
    await stage.advance('P7DT1H');
    await rounds();
    assert.equal(await stateOf('finance'), 'attest');
    await stage.advance('P1D');
    await stage.reaches('finance', 'closed');
    assert.equal(JSON.parse((await stage.caseOf('finance')).about).outcome, ended);
  });

  it('of an incident a person has to say that it is over', async () => {
    await stage.does('pass', { person: 'finance', by: 'helpdesk', minutes: 60 });
    await stage.advance('PT20S');
    const { id } = await stage.told('finance', /^Was this you\?/);
    await stage.press('finance', id, 'recovery.not-me');
    await stage.advance('P8D');
    await rounds();
    assert.equal((await stage.caseOf('finance')).closed_at, 0);
  });

  it('ends for somebody whom the directory does not know any more, too', async () => {
    await stage.open('finance', 'lost');
    await leave('finance');
    await stage.advance('P7DT1M');
    await stage.reaches('finance', 'closed');
    assert.equal(JSON.parse((await stage.caseOf('finance')).about).outcome, ended);
    await stage.told('security', new RegExp(ended));
  });

  it('of somebody who was deleted meanwhile gets no other pass, and is closed by the help desk', async () => {
    await stage.open('finance', 'broken');
    await stage.attest('manager', 'finance');
    await stage.pass('helpdesk', 'finance');
    const { id } = await stage.cardWith('helpdesk', 'recovery.close');
    await leave('finance');
    const again = await stage.press('helpdesk', id, 'recovery.issue');
    assert.doesNotMatch(readIn(again), /Request_ResourceNotFound|^Read this out/);
    const answer = await stage.press('helpdesk', id, 'recovery.close', { note });
    cardOf(answer);
    assert.match(readIn(answer), /This case is closed[\s\S]*She has left the company/);
    await stage.reaches('finance', 'closed');
    const { actor, to } = await newest('finance');
    assert.deepEqual([actor, to], [stage.idOf('helpdesk'), 'closed']);
    await stage.told('security', /She has left the company/);
    await stage.says('helpdesk', id, /This case is closed/);
  });
});
