import assert from 'node:assert/strict';
import { verifyRecord } from '../../src/audit/verify.js';
import { cardActions, cardText } from '../support/card-text.js';
import { cardOf, dataOf, hasButton } from '../support/on-card.js';
import type { Card, Entry } from '../support/remote-control.js';
import { openReviewStage, type ReviewStage } from '../support/review-stage.js';
import { until } from '../support/until.js';

type Reviewer = 'manager' | 'security';

const review = 'platform-admins';
const kept = 'Runs the monthly change of keys and quotas together with us';
const gone = 'The rights were needed for the migration only, and that is over';

/** Back means back to what this reviewer had said, never to what somebody else did, and only from what they see. */
describe('an undo, with others at the same review', () => {
  let stage: ReviewStage;
  const packets = new Map<Reviewer, Entry>();
  before(async () => {
    stage = await openReviewStage([]);
  });
  beforeEach(async () => {
    await stage.reset();
    await stage.start([review]);
    for (const person of ['manager', 'security'] as const) {
      packets.set(person, await stage.packet(person, review));
    }
  });
  after(async () => {
    const verdict = await verifyRecord(stage.store());
    await stage.close();
    assert.equal(verdict.kind, 'intact');
  });

  const message = (person: Reviewer): Entry => {
    const found = packets.get(person);
    assert.ok(found);
    return found;
  };
  const open = (person: Reviewer, whom = 'security'): Promise<Card> =>
    stage.about(person, message(person), review, whom);
  const press = (person: Reviewer, verb: string, data: object, more: object = {}) =>
    stage.press(person, message(person).id, verb, data, more);
  const decide = async (person: Reviewer, verb: string, reason: string, whom = 'security'): Promise<Card> =>
    cardOf(await press(person, verb, { ...dataOf(await open(person, whom), verb), reason }));
  const undo = async (person: Reviewer, card: Card) =>
    cardOf(await press(person, 'reviews.undo', dataOf(card, 'reviews.undo')));
  const item = async (whom = 'security') => {
    const { decision, justification } = await stage.portal.reviewItem('security', review, whom);
    return { decision, justification };
  };
  const words = async (): Promise<readonly unknown[]> =>
    (await stage.decisions()).map(({ body }) => ({ ...Object(body) }).decision);

  for (const theirs of ['DontKnow', 'Deny', 'Approve'] as const) {
    it(`of a decision that replaced a colleague’s ${theirs}: nothing is decided, and nobody’s word is put in one’s mouth`, async () => {
      await stage.portal.decideReview(
        'security',
        review,
        'security',
        theirs,
        'As far as I can tell from here',
      );
      const verb = theirs === 'Approve' ? 'reviews.remove' : 'reviews.keep';
      const done = await decide('manager', verb, theirs === 'Approve' ? gone : kept);
      const before = (await stage.decisions()).length;
      const card = await undo('manager', done);
      assert.match(cardText(card), /Your decision about Ingrid Balasuntharam was taken back/);
      assert.deepEqual(await item(), { decision: 'NotReviewed', justification: '' });
      assert.deepEqual((await words()).slice(before), ['NotReviewed']);
      assert.deepEqual(await stage.refusals(), []);
    });
  }

  it('of what was denied in the portal after an older keep was taken back: never back to that keep', async () => {
    const stale = dataOf(await open('manager'), 'reviews.remove');
    await undo('manager', await decide('manager', 'reviews.keep', kept));
    await stage.portal.decideReview('manager', review, 'security', 'Deny', gone);
    await press('manager', 'reviews.remove', { ...stale, reason: gone });
    assert.equal((await item()).decision, 'Deny');
    await undo('manager', await open('manager'));
    assert.equal((await item()).decision, 'NotReviewed');
    assert.ok(!(await words()).slice(-1).includes('Approve'));
  });

  it('of a removal pressed with an old look, after keep, undo and the portal: never back to that keep', async () => {
    const stale = dataOf(await open('manager'), 'reviews.remove');
    const done = await decide('manager', 'reviews.keep', kept);
    const undone = await undo('manager', done);
    await stage.portal.decideReview('manager', review, 'security', 'Deny', gone);
    for (const data of [
      stale,
      dataOf(undone, 'reviews.remove'),
      dataOf(await open('manager'), 'reviews.remove'),
    ]) {
      await press('manager', 'reviews.remove', { ...data, reason: gone });
      assert.equal((await item()).decision, 'Deny');
    }
    await undo('manager', await open('manager'));
    assert.notEqual((await item()).decision, 'Approve');
  });

  /** What security sees who presses Remove while the manager's undo is on its way. */
  const removeMeanwhile = async (): Promise<Card> => {
    const back = dataOf(await decide('manager', 'reviews.keep', kept), 'reviews.undo');
    const theirs = dataOf(await open('security'), 'reviews.remove');
    await stage.fault({
      match: { service: 'graph', method: 'POST', path: '/batchRecordDecisions' },
      do: { delayMs: 800 },
    });
    const taken = press('manager', 'reviews.undo', back);
    await until('the undo to be on its way', async () => (await words()).at(-1) === 'NotReviewed');
    const card = cardOf(await press('security', 'reviews.remove', { ...theirs, reason: gone }));
    assert.match(cardText(cardOf(await taken)), /Your decision about .* was taken back/);
    return card;
  };

  it('pressed at the same look as a colleague’s Remove: they are asked, and not told that theirs was taken back', async () => {
    const card = await removeMeanwhile();
    assert.doesNotMatch(cardText(card), /Your decision|taken back|You removed/);
    assert.deepEqual(await stage.refusals(), ['reviews.changed']);
    assert.equal((await item()).decision, 'NotReviewed');
    await press('security', 'reviews.remove', { ...dataOf(card, 'reviews.remove'), reason: gone });
    assert.equal((await item()).decision, 'Deny');
  });

  it('a moment before a colleague’s Remove: what they wrote is not lost', async () => {
    assert.ok(JSON.stringify(await removeMeanwhile()).includes(gone));
  });

  for (const [before, verbs, says, writes] of [
    ['nothing', ['reviews.keep'], /about Ingrid Balasuntharam was taken back/, ['Approve', 'NotReviewed']],
    [
      'an earlier answer',
      ['reviews.keep', 'reviews.remove'],
      /You kept Ingrid Balasuntharam/,
      ['Approve', 'Deny', 'Approve'],
    ],
  ] as const) {
    it(`back to ${before}, delivered again, and again after a restart, is answered the same and refused to nobody`, async () => {
      for (const verb of verbs) await decide('manager', verb, verb === 'reviews.keep' ? kept : gone);
      const back = dataOf(await open('manager'), 'reviews.undo');
      const texts: string[] = [];
      for (const restart of [false, false, true]) {
        if (restart) await stage.restartBot();
        const answer = await press('manager', 'reviews.undo', back);
        assert.equal(answer.statusCode, 200);
        texts.push(cardText(cardOf(answer)));
      }
      assert.match(texts[0] ?? '', says);
      assert.deepEqual(texts, [texts[0], texts[0], texts[0]]);
      assert.deepEqual(await stage.refusals(), []);
      assert.deepEqual(await words(), writes);
    });
  }

  it('delivered again after it was decided anew changes nothing any more', async () => {
    const back = dataOf(await decide('manager', 'reviews.keep', kept), 'reviews.undo');
    await press('manager', 'reviews.undo', back);
    await decide('manager', 'reviews.remove', gone);
    const before = (await stage.decisions()).length;
    const card = cardOf(await press('manager', 'reviews.undo', back));
    assert.doesNotMatch(cardText(card), /was taken back/);
    assert.equal((await stage.decisions()).length, before);
    assert.deepEqual(await stage.refusals(), ['reviews.changed']);
    assert.equal((await item()).decision, 'Deny');
  });

  it('is on the card of whom one decided, and on nobody else’s', async () => {
    await decide('manager', 'reviews.keep', kept);
    const card = await open('manager');
    const button = cardActions(card).find(({ verb }) => verb === 'reviews.undo');
    assert.equal(button?.title, 'Take my answer back');
    assert.ok(!hasButton(await open('security'), 'reviews.undo'), 'it is not theirs to take back');
    const after = await undo('manager', card);
    assert.equal((await item()).decision, 'NotReviewed');
    assert.ok(!hasButton(after, 'reviews.undo'));
  });
});
