import assert from 'node:assert/strict';
import { verifyRecord } from '../../src/audit/verify.js';
import { readIn } from '../support/on-card.js';
import { openPackagesStage, type PackagesStage } from '../support/packages-stage.js';
import { deeds, landedOf, press, triesOf } from './packages-deeds.js';

/** The answer to a write is lost: Entra has the effect once, whether it heard of it or not. */
describe('an answer that is lost', () => {
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
    for (const afterEffect of [false, true]) {
      it(`${what}: lost ${afterEffect ? 'after' : 'before'} the effect, it is one deed`, async () => {
        const pressed = await ready(stage);
        await stage.fault({ match: pressed.call, do: { drop: true, afterEffect } });
        const answer = await press(stage, pressed);
        if (!pressed.says.test(readIn(answer))) {
          assert.match(readIn(await press(stage, pressed)), pressed.after);
        }
        // Cut off, the call that had its effect has no status.
        const tries = await triesOf(stage, pressed);
        if (afterEffect) assert.equal(tries.length, 1);
        else assert.equal(await landedOf(stage, pressed), 1);
      });
    }
  }
});
