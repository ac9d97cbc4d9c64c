import assert from 'node:assert/strict';
import { verifyRecord } from '../../src/audit/verify.js';
import { readIn } from '../support/on-card.js';
import { codeIn, isPassCard } from '../support/recovery-card.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';
import { type Call, callsIn, noNonsense } from './packages-trouble.js';
import { type Deed, press, readyIn, usableOf } from './recovery-deeds.js';

/** Ways to sign in, besides a password. */
const hasTwo = ['finance'];
const subjects = ['finance', 'appowner', 'starter'];

/** Each call that a press makes is turned away: plain words, nothing half done, and the next press does it. */
export function everyCall(whats: readonly string[]): void {
  let stage: RecoveryStage;
  let cases = 0;
  before(async () => {
    stage = await openRecoveryStage({
      policy: (text) => text.replace('triesADay: 3', 'triesADay: 20'),
    });
  });
  after(async () => {
    const verdict = await verifyRecord(stage.store());
    await stage.close();
    assert.equal(verdict.kind, 'intact');
  });

  /** Each case is somebody else's: the bot sends a chat so much in half a minute and no more. */
  const ready = (what: string): Promise<Deed> => {
    cases += 1;
    const others = what === 'removing what was lost' ? hasTwo : subjects;
    return readyIn(stage, what, others[cases % others.length] ?? '');
  };
  const openClaims = async (): Promise<number> => {
    const { db } = stage.store();
    return (await db.selectFrom('claims').select('id').where('state', '=', 'claimed').execute()).length;
  };
  /** What was begun and whose end nobody heard is looked for when its lease is over. */
  const settled = async (): Promise<void> => {
    await stage.clearFaults();
    if ((await openClaims()) > 0) await stage.advance('PT2M');
    await stage.inTime('every claim to be settled', async () => (await openClaims()) === 0);
  };
  /** A press while this call is turned away; whether it was done all the same. */
  const turnedAway = async (deed: Deed, match: Call, status: number): Promise<boolean> => {
    const what = `${status} ${match.method} ${match.path}`;
    await stage.fault({ match, do: { status, retryAfter: 60 }, times: 10_000 });
    const answer = await press(stage, deed);
    const text = readIn(answer);
    assert.match(text, /\w+ \w+/, what);
    assert.doesNotMatch(text, noNonsense, what);
    const landed = await deed.landed();
    if (deed.done.test(text)) assert.ok(landed, `${what} says done: ${text}`);
    if (isPassCard(answer.value)) assert.equal(await stage.signIn(deed.about, codeIn(answer)), '', what);
    await settled();
    assert.ok((await usableOf(stage, deed.about)).length <= 1, what);
    return landed || deed.landed();
  };
  /** As the person sees it by then. */
  const next = async (deed: Deed): Promise<void> => {
    await stage.advance('PT11S');
    const answer = await press(stage, deed);
    assert.match(readIn(answer), deed.done);
    assert.ok(await deed.landed());
    if (isPassCard(answer.value)) assert.equal(await stage.signIn(deed.about, codeIn(answer)), '');
  };

  for (const what of whats)
    it(`${what}: whichever call is turned away, it reads well, nothing is half done, and the next press works`, async () => {
      const good = await ready(what);
      const before = (await stage.requests()).length;
      const answer = await press(stage, good);
      const calls = callsIn((await stage.requests()).slice(before));
      assert.match(readIn(answer), good.done);
      assert.ok(await good.landed());
      const isWrite = ({ service, method, path }: Call): boolean =>
        service === 'graph' && method !== 'GET' && !path.includes('batch');
      const troubles = calls.flatMap((call) =>
        (isWrite(call) ? [503, 429] : [503]).map((status) => ({ call, status })),
      );
      let deed: Deed | undefined;
      for (const { call, status } of troubles) {
        deed ??= await ready(what);
        const landed = await turnedAway(deed, call, status);
        if (!landed && isWrite(call)) await next(deed);
        if (landed || isWrite(call)) deed = undefined;
      }
      if (deed !== undefined) await next(deed);
    });
}
