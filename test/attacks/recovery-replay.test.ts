import assert from 'node:assert/strict';
import { readIn } from '../support/on-card.js';
import { codeIn, isPassCard } from '../support/recovery-card.js';
import { cardRef, newWorld } from '../support/recovery-rows.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';
import type { InvokeAnswer } from '../support/remote-control.js';
import { plainCardOf } from './attack.js';
import { attackOnRecovery } from './recovery-attack.js';

/** A code is shown once. However the press that showed it comes again, it shows nothing, and makes nothing. */
describe('the press that showed a pass, once more', () => {
  let stage: RecoveryStage;
  let message: string;
  let ref: string;
  let code: string;
  before(async () => {
    stage = await openRecoveryStage();
  });
  beforeEach(async () => {
    await newWorld(stage);
    await stage.open('finance', 'lost');
    await stage.attest('manager', 'finance');
    ref = await cardRef(stage, 'helpdesk', 'recovery.issue', 'finance');
  });
  after(() => stage.close());

  const made = async () =>
    (await stage.sent()).filter(({ path }) => path.endsWith('/temporaryAccessPassMethods')).length;
  const issued = async () => {
    const { id, answer } = await stage.issue('helpdesk', 'finance');
    message = id;
    code = codeIn(answer);
  };
  /** The same activity as the first, with the same data. */
  const again = (data: object = {}): Promise<InvokeAnswer> =>
    stage.press('helpdesk', message, 'recovery.issue', { ref, replace: '', ...data });
  const assertNothing = async (...answers: readonly InvokeAnswer[]) => {
    for (const { value } of answers) {
      assert.ok(!JSON.stringify(value).includes(JSON.stringify(code).slice(1, -1)));
      assert.ok(!isPassCard(value));
    }
    assert.equal(await made(), 1);
    assert.equal((await stage.staged('finance')).passes.length, 1);
  };

  it('delivered three times at once: one answer shows it, and one pass is made', async () => {
    const { id } = await stage.issueCard('helpdesk', 'finance');
    await stage.advance('PT11S');
    const answer = await stage.press('helpdesk', id, 'recovery.issue', {}, { deliver: 3 });
    assert.equal(await made(), 1);
    assert.equal((await stage.staged('finance')).passes.length, 1);
    const shown = isPassCard(answer.value);
    assert.ok(shown || /shown once/.test(readIn(answer)), readIn(answer));
  });

  it('at once, a minute later, an hour later, and with anything for the pass to be replaced', async () => {
    await issued();
    const soon = await again();
    assert.match(readIn(soon), /shown once/);
    await stage.advance('PT1M');
    const later = await again();
    await stage.advance('PT30M');
    const muchLater = await again();
    const strange = await again({ replace: 'none' });
    await assertNothing(soon, later, muchLater, strange);
  });

  it('after a restart', async () => {
    await issued();
    await stage.restartBot();
    await stage.advance('PT1M');
    await assertNothing(await again());
  });

  it('by whatever else shows the case: a look, the refresh of the client, the board, “read out” twice', async () => {
    await issued();
    const { id: caseId } = await stage.caseOf('finance');
    const plain = await plainCardOf(stage, 'helpdesk');
    const press = (verb: string, data: object) => stage.press('helpdesk', plain, verb, data);
    const answers = [
      await press('recovery.show', { ref }),
      await press('recovery.board', {}),
      await press('recovery.case', { case: caseId }),
      await press('recovery.read-out', { ref }),
      await press('recovery.read-out', { ref }),
      await again(),
    ];
    await stage.post('/people/helpdesk/open', {});
    await assertNothing(...answers);
    assert.equal((await stage.caseOf('finance')).state, 'sign-in');
  });

  it('from somebody else’s hands: security, whoever vouched, and whoever the case is about', async () => {
    await issued();
    const attack = attackOnRecovery(stage);
    for (const person of ['security', 'manager', 'finance'])
      for (const verb of ['recovery.issue', 'recovery.read-out', 'recovery.show']) {
        const { text, code: why } = await attack(person, verb, { ref });
        assert.equal(why, 'flows.not-your-card');
        assert.doesNotMatch(text, /Monospace|Read this out/);
      }
    await assertNothing();
  });

  it('by somebody else with the role, on a card of their own: nothing without saying that the first one ends', async () => {
    await issued();
    const { id: caseId } = await stage.caseOf('finance');
    const plain = await plainCardOf(stage, 'security');
    await stage.press('security', plain, 'recovery.case', { case: caseId });
    const own = await cardRef(stage, 'security', 'recovery.issue', 'finance');
    await stage.advance('PT1M');
    const answer = await stage.press('security', plain, 'recovery.issue', { ref: own, replace: '' });
    await assertNothing(answer);
    assert.match(readIn(answer), /shown once|There is a pass for them already/);
  });

  it('what is sent along is a reference and the pass to be replaced, and nothing else', async () => {
    const attack = attackOnRecovery(stage);
    for (const data of [
      { ref, minutes: 480 },
      { ref, once: false },
      { ref, subject: stage.idOf('security') },
      { ref, replace: 'x'.repeat(65) },
      { ref, replace: true },
      { ref: [ref] },
    ])
      assert.equal((await attack('helpdesk', 'recovery.issue', data)).code, 'flows.bad-input');
  });
});
