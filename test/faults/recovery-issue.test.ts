import assert from 'node:assert/strict';
import { verifyRecord } from '../../src/audit/verify.js';
import { dataOf, readIn } from '../support/on-card.js';
import { codeIn, isPassCard } from '../support/recovery-card.js';
import { cardRef, newWorld } from '../support/recovery-rows.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';
import type { FaultOrder, InvokeAnswer } from '../support/remote-control.js';
import { noNonsense } from './packages-trouble.js';

const post = { service: 'graph', method: 'POST', path: 'temporaryAccessPassMethods' };

/** Whatever becomes of the call that makes a pass: a code that works is shown, or there is no pass. */
describe('making a pass in trouble', () => {
  let stage: RecoveryStage;
  let message: string;
  before(async () => {
    // One case has them all, each after a pass that was made again.
    stage = await openRecoveryStage({
      policy: (starter) => starter.replace('triesADay: 3', 'triesADay: 20'),
    });
    await vouchedFor();
  });
  after(async () => {
    const verdict = await verifyRecord(stage.store());
    await stage.close();
    assert.equal(verdict.kind, 'intact');
  });

  const vouchedFor = async (): Promise<void> => {
    await stage.open('finance', 'new-phone');
    await stage.attest('manager', 'finance');
    message = (await stage.issueCard('helpdesk', 'finance')).id;
  };
  const anew = async (): Promise<void> => {
    await newWorld(stage);
    await vouchedFor();
  };

  /** The button of the message as the person reads it by then: a press on one that is not there would prove nothing. */
  const press = async (): Promise<InvokeAnswer> => {
    const { card } = await stage.entry('helpdesk', message);
    return stage.press('helpdesk', message, 'recovery.issue', { ...dataOf(card, 'recovery.issue') });
  };
  const look = async (): Promise<InvokeAnswer> =>
    stage.press('helpdesk', message, 'recovery.show', {
      ref: await cardRef(stage, 'helpdesk', 'recovery.issue', 'finance'),
    });
  /** How often Entra was asked to make a pass. */
  const asked = async (): Promise<number> =>
    (await stage.requests('graph')).filter(
      ({ method, path }) => method === 'POST' && path.includes(post.path),
    ).length;
  const usable = async () =>
    (await stage.staged('finance')).passes.filter(({ state }) => !/expired|used/i.test(state));
  const settled = () =>
    stage.inTime('every claim to be settled', async () => {
      const { db } = stage.store();
      const open = await db.selectFrom('claims').select('id').where('state', '=', 'claimed').execute();
      return open.length === 0;
    });
  /** The same message is pressed again, as the person reads it by then, until a code is shown. */
  const shownInTheEnd = async (): Promise<string> => {
    await settled();
    await stage.advance('PT1M');
    await stage.advance('PT11S');
    assert.doesNotMatch(readIn(await look()), noNonsense);
    const answer = await press();
    assert.ok(isPassCard(answer.value), readIn(answer));
    return codeIn(answer);
  };

  const troubles: Readonly<Record<string, FaultOrder['do']>> = {
    'the answer is lost': { drop: true, afterEffect: true },
    'the connection is cut before it arrives': { drop: true },
    'Entra is down': { status: 503 },
    'Entra is down, and made it all the same': { status: 503, afterEffect: true },
    'Entra is busy for long': { status: 429, retryAfter: 60 },
    'the answer is nonsense': { status: 201, body: { hello: 'world' }, afterEffect: true },
    'the answer names another code': { status: 201, body: { temporaryAccessPass: 7 }, afterEffect: true },
    'Entra refuses': { status: 403 },
  };
  for (const [what, effect] of Object.entries(troubles))
    it(`${what}: no code, plain words, and the next press makes the one that works`, async () => {
      await stage.advance('PT11S');
      await look();
      const before = await asked();
      await stage.fault({ match: post, do: effect, times: 3 });
      const answer = await press();
      assert.ok((await asked()) > before, readIn(answer));
      assert.ok(!isPassCard(answer.value), readIn(answer));
      assert.doesNotMatch(readIn(answer), noNonsense);
      await stage.clearFaults();
      const code = await shownInTheEnd();
      assert.equal((await usable()).length, 1);
      assert.equal(await stage.signIn('finance', code), '');
    });

  it('two helpers press at once: one is shown a code, and one pass works', async () => {
    await anew();
    const { id: caseId } = await stage.caseOf('finance');
    const { id: other } = await stage.hear('security', 'open cases');
    await stage.press('security', other, 'recovery.case', { case: caseId });
    await stage.advance('PT11S');
    const ref = await cardRef(stage, 'security', 'recovery.issue', 'finance');
    const answers = await Promise.all([
      press(),
      stage.press('security', other, 'recovery.issue', { ref, replace: '' }),
    ]);
    const shown = answers.filter(({ value }) => isPassCard(value));
    assert.equal(shown.length, 1);
    assert.equal((await usable()).length, 1);
    for (const answer of shown) assert.equal(await stage.signIn('finance', codeIn(answer)), '');
  });

  it('a pass that was made in the portal meanwhile is not replaced until somebody says so', async () => {
    await anew();
    const made = await stage.does<{ code: string }>('pass', { person: 'finance', by: 'security' });
    const answer = await press();
    assert.ok(!isPassCard(answer.value));
    assert.match(readIn(answer), /There is a pass for them already/);
    assert.equal(await stage.signIn('finance', made.code), '');
    await stage.advance('PT11S');
    const second = await press();
    assert.ok(isPassCard(second.value), readIn(second));
    assert.equal((await usable()).length, 1);
    assert.notEqual(await stage.signIn('finance', made.code), '');
  });

  it('while Entra is at it nobody closes the case over it; afterwards that takes the pass along', async () => {
    await anew();
    const { id: caseId } = await stage.caseOf('finance');
    const { id: other } = await stage.hear('security', 'open cases');
    await stage.press('security', other, 'recovery.case', { case: caseId });
    await stage.advance('PT11S');
    await stage.fault({ match: post, do: { delayMs: 1_500 } });
    const ref = await cardRef(stage, 'security', 'recovery.issue', 'finance');
    const making = press();
    await stage.inTime('the call', async () =>
      (await stage.requests('graph')).some(
        ({ path, method, status }) => method === 'POST' && path.includes(post.path) && status === 0,
      ),
    );
    const close = () =>
      stage.press('security', other, 'recovery.close', { ref, note: 'She found her phone again' });
    assert.match(readIn(await close()), /A pass is perhaps being made/);
    assert.equal((await stage.refusals()).at(-1), 'recovery.pass-under-way');
    const code = codeIn(await making);
    assert.match(readIn(await close()), /This case is closed/);
    assert.deepEqual(await usable(), []);
    assert.notEqual(await stage.signIn('finance', code), '');
  });

  it('Entra makes it when nobody waits any more: no code of that one, and the next one works alone', async () => {
    await anew();
    await stage.fault({ match: post, do: { delayMs: 8_500 } });
    const answer = await press();
    assert.ok(!isPassCard(answer.value));
    assert.doesNotMatch(readIn(answer), noNonsense);
    await stage.inTime('the late answer', async () =>
      (await stage.requests('graph')).every(({ status }) => status !== 0),
    );
    await settled();
    await stage.advance('PT1M');
    await stage.advance('PT11S');
    const first = await press();
    const shown = isPassCard(first.value) ? first : await press();
    assert.equal((await usable()).length, 1);
    assert.equal(await stage.signIn('finance', codeIn(shown)), '');
  });
});
