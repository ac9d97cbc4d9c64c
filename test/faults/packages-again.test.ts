import assert from 'node:assert/strict';
import { verifyRecord } from '../../src/audit/verify.js';
import { readIn, refOf } from '../support/on-card.js';
import { goodReason, openPackagesStage, type PackagesStage } from '../support/packages-stage.js';
import { deeds, landedOf, press, triesOf } from './packages-deeds.js';

/** One press is one deed: when Teams delivers it three times, and when a thumb is quick. */
describe('the same press, again and again', () => {
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
    it(`${what}: delivered three times by Teams, and pressed again on other devices, is done once`, async () => {
      const pressed = await ready(stage);
      const before = (await stage.refusals()).length;
      assert.match(readIn(await press(stage, pressed, { deliver: 3 })), pressed.says);
      assert.equal(await landedOf(stage, pressed), 1);
      assert.deepEqual((await stage.refusals()).slice(before), []);
      for (const answer of await Promise.all([1, 2].map(() => press(stage, pressed)))) {
        assert.match(readIn(answer), pressed.after);
      }
      assert.equal((await triesOf(stage, pressed)).length, 1);
    });
  }

  it('a manager and their report ask for the same at once: one request, and nobody reads nonsense', async () => {
    const [his, hers] = [
      await stage.form('manager', 'workshop', { policy: 'two weeks', person: 'finance' }),
      await stage.form('finance', 'workshop', { policy: 'two weeks' }),
    ];
    const answers = await Promise.all([stage.send('manager', his.id), stage.send('finance', hers.id)]);
    const texts = answers.map(readIn);
    assert.ok(
      texts.some((text) => /^(Asked|Waiting)/.test(text)),
      texts.join('\n---\n'),
    );
    assert.doesNotMatch(texts.join('\n'), /ExistingOpenRequest|undefined|TypeError/);
    const made = (await stage.sent()).filter(({ path, status }) => /Requests$/.test(path) && status === 201);
    assert.equal(made.length, 1);
  });

  it('two forms of one package, in two messages: one request', async () => {
    const first = await stage.form('engineer', 'standard');
    const second = await stage.form('engineer', 'standard');
    const ref = refOf(second.card);
    const answers = await Promise.all([
      stage.press('engineer', first.id, 'packages.ask', { ref, reason: goodReason }),
      stage.send('engineer', second.id),
    ]);
    for (const answer of answers) assert.match(readIn(answer), /^(Asked|Waiting|Being sent)/);
    const made = (await stage.sent()).filter(({ path, status }) => /Requests$/.test(path) && status === 201);
    assert.equal(made.length, 1);
  });

  it('two owners set the same delivery going at once: once, and both read that Entra tries', async () => {
    const pressed = await deeds['setting a delivery going again']?.(stage);
    assert.ok(pressed !== undefined);
    const { id: message } = await stage.hear('security', 'help');
    const both = [pressed, { ...pressed, person: 'security', message }];
    for (const answer of await Promise.all(both.map((each) => press(stage, each)))) {
      assert.match(readIn(answer), pressed.says);
    }
    assert.equal(await landedOf(stage, pressed), 1);
  });
});
