import assert from 'node:assert/strict';
import { verifyRecord } from '../../src/audit/verify.js';
import { readIn } from '../support/on-card.js';
import { openPackagesStage, type PackagesStage } from '../support/packages-stage.js';
import { deeds, landedOf, type Pressed, press } from './packages-deeds.js';
import { type Call, callsIn, noNonsense } from './packages-trouble.js';

/** Each call that a press makes is turned away: plain words, and in the end one deed. */
describe('every call of a deed in trouble', () => {
  let stage: PackagesStage;
  before(async () => {
    stage = await openPackagesStage();
  });
  beforeEach(() => stage.reset());
  after(async () => {
    const verdict = await verifyRecord(stage.store());
    await stage.close();
    assert.equal(verdict.kind, 'intact');
  });

  for (const [what, ready] of Object.entries(deeds)) {
    let calls: readonly Call[] = [];
    const doneOnce = async (pressed: Pressed) => {
      assert.match(readIn(await press(stage, pressed)), pressed.after);
      assert.equal(await landedOf(stage, pressed), 1);
    };

    it(`${what}: every call stumbles once, without a Retry-After: it is done once all the same`, async () => {
      const known = await ready(stage);
      const before = (await stage.requests()).length;
      assert.match(readIn(await press(stage, known)), known.says);
      calls = callsIn((await stage.requests()).slice(before));
      await stage.reset();
      const pressed = await ready(stage);
      for (const [index, match] of calls.entries()) {
        await stage.fault({ match, do: { status: index % 2 === 0 ? 429 : 503 } });
      }
      assert.doesNotMatch(readIn(await press(stage, pressed)), noNonsense);
      await stage.clearFaults();
      await doneOnce(pressed);
    });

    // The ways of writing are the same for all: the longest one is walked for two of them.
    if (what !== 'asking' && what !== 'approving the last stage') continue;
    it(`${what}: each call is turned away for a minute, one after the other: nothing, or the deed once`, async () => {
      let pressed = await ready(stage);
      for (const [index, match] of calls.entries()) {
        await stage.fault({ match, do: { status: 429, retryAfter: 60 }, times: 10 });
        assert.doesNotMatch(readIn(await press(stage, pressed)), noNonsense, JSON.stringify(match));
        await stage.clearFaults();
        // What it only tells besides does not keep it back; the next call needs a new one.
        if ((await landedOf(stage, pressed)) === 0 || index === calls.length - 1) continue;
        await doneOnce(pressed);
        await stage.reset();
        pressed = await ready(stage);
      }
      await doneOnce(pressed);
    });
  }
});
