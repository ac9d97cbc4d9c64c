import assert from 'node:assert/strict';
import { verifyRecord } from '../../src/audit/verify.js';
import { cardActions, cardText } from '../support/card-text.js';
import { cardOf, dataOf, hasButton, refOf } from '../support/on-card.js';
import type { Entry, InvokeAnswer } from '../support/remote-control.js';
import { openReviewStage, type ReviewStage } from '../support/review-stage.js';
import { until } from '../support/until.js';

const managersReason = 'She answers for the platform together with me, every week';
const securitysReason = 'The rights were needed for the migration only, and that is over';
const write = { service: 'graph', method: 'PATCH', path: '/decisions/' };

/** Two people, two devices, or Teams itself at the same moment: one decision counts, and nobody is overwritten unasked. */
describe('decisions about the same person at the same time', () => {
  let stage: ReviewStage;
  let managers: Entry;
  let securitys: Entry;
  before(async () => {
    stage = await openReviewStage([]);
  });
  beforeEach(async () => {
    await stage.reset();
    await stage.start(['platform-admins']);
    managers = await stage.packet('manager', 'platform-admins');
    securitys = await stage.packet('security', 'platform-admins');
  });
  afterEach(async () => {
    const strangers = (await stage.writes()).filter(({ token }) => token !== 'user');
    assert.deepEqual(strangers, []);
  });
  after(async () => {
    const verdict = await verifyRecord(stage.store());
    await stage.close();
    assert.equal(verdict.kind, 'intact');
  });

  const look = async (person: 'manager' | 'security', whom: string) => {
    const entry = person === 'manager' ? managers : securitys;
    return dataOf(await stage.about(person, entry, 'platform-admins', whom), 'reviews.remove');
  };
  const press = (person: 'manager' | 'security', verb: string, data: object, more: object = {}) =>
    stage.press(person, (person === 'manager' ? managers : securitys).id, verb, data, more);
  const item = (whom: string) => stage.portal.reviewItem('security', 'platform-admins', whom);
  const landed = async () => (await stage.decisions()).filter(({ status }) => status === 204).length;

  for (const delayMs of [0, 300]) {
    it(`two reviewers press opposite answers${delayMs > 0 ? ', while Entra is slow' : ''}: the second is asked`, async () => {
      const [keep, remove] = [await look('manager', 'security'), await look('security', 'security')];
      if (delayMs > 0) await stage.fault({ match: write, do: { delayMs } });
      const answers = await Promise.all([
        press('manager', 'reviews.keep', { ...keep, reason: managersReason }),
        press('security', 'reviews.remove', { ...remove, reason: securitysReason }),
      ]);
      assert.equal(await landed(), 1);
      const recorded = await item('security');
      const managerWon = recorded.decision === 'Approve';
      assert.equal(recorded.justification, managerWon ? managersReason : securitysReason);
      const second = answers[managerWon ? 1 : 0];
      assertAsked(second, managerWon ? 'Olumide Castellane' : 'Ingrid Balasuntharam');
      assert.deepEqual(await stage.refusals(), ['reviews.changed']);

      const again = dataOf(cardOf(second), 'reviews.remove');
      const [loser, verb, reason] = managerWon
        ? (['security', 'reviews.remove', securitysReason] as const)
        : (['manager', 'reviews.keep', managersReason] as const);
      await press(loser, verb, { ...again, reason });
      assert.equal(await landed(), 2);
      assert.equal((await item('security')).justification, reason);
    });
  }

  it('somebody decides in the portal between card and click: asked first, and only then overwritten', async () => {
    const data = await look('manager', 'security');
    await stage.portal.decideReview('security', 'platform-admins', 'security', 'Deny', securitysReason);
    const before = await landed();
    const asked = await press('manager', 'reviews.keep', { ...data, reason: managersReason });
    assert.equal(await landed(), before);
    assertAsked(asked, 'Ingrid Balasuntharam');
    assert.ok(cardText(asked.value).includes(securitysReason), 'why they decided so is shown');
    assert.ok(JSON.stringify(asked.value).includes(managersReason), 'what was typed is not lost');
    await press('manager', 'reviews.keep', {
      ...dataOf(cardOf(asked), 'reviews.keep'),
      reason: managersReason,
    });
    const { decision, justification } = await item('security');
    assert.deepEqual([decision, justification], ['Approve', managersReason]);
    assert.equal(await landed(), before + 1);
  });

  it('somebody decides in the portal right after our write: the card does not claim what Entra has no more', async () => {
    const data = await look('manager', 'security');
    await stage.fault({ match: write, do: { delayMs: 1_000, afterEffect: true } });
    const pressed = press('manager', 'reviews.keep', { ...data, reason: managersReason });
    await until('the write to have landed', async () => (await item('security')).decision === 'Approve');
    await stage.portal.decideReview('security', 'platform-admins', 'security', 'Deny', securitysReason);
    const answer = await pressed;
    assert.doesNotMatch(cardText(answer.value), /You kept/);
    await stage.advance('PT2M');
    await until('the manager to be told how it is', async () => {
      const text = cardText((await stage.entry('manager', managers.id)).card);
      return /not recorded|Ingrid Balasuntharam/.test(text) && !/being recorded/i.test(text);
    });
    assert.equal((await item('security')).decision, 'Deny');
  });

  for (const [verb, answer] of [
    ['reviews.keep', 'Approve'],
    ['reviews.remove', 'Deny'],
    ['reviews.unsure', 'Deny'],
  ] as const) {
    it(`Teams delivers ${verb} three times: one decision, and one answer`, async () => {
      const data = await look('manager', 'security');
      const reply = await press('manager', verb, { ...data, reason: managersReason }, { deliver: 3 });
      assert.equal(reply.statusCode, 200);
      assert.equal(await landed(), 1);
      assert.equal((await item('security')).decision, answer);
      assert.deepEqual(await stage.refusals(), []);
    });
  }

  it('Teams delivers an undo three times: taken back once', async () => {
    const data = await look('manager', 'security');
    const done = await press('manager', 'reviews.keep', { ...data, reason: managersReason });
    const back = dataOf(cardOf(done), 'reviews.undo');
    const reply = await press('manager', 'reviews.undo', back, { deliver: 3 });
    assert.equal(reply.statusCode, 200);
    assert.equal(await landed(), 2);
    assert.equal((await item('security')).decision, 'NotReviewed');
  });

  it('one reviewer presses Keep on the phone and Remove on the laptop: both show what Entra recorded', async () => {
    const data = { ...(await look('manager', 'security')), reason: managersReason };
    const answers = await Promise.all(
      ['reviews.keep', 'reviews.remove'].map((verb) => press('manager', verb, data)),
    );
    assert.equal(await landed(), 1);
    const kept = (await item('security')).decision === 'Approve';
    for (const answer of answers) {
      const text = cardText(answer.value);
      assert.ok(kept ? !/You removed/.test(text) : !/You kept/.test(text), text.slice(0, 200));
    }
  });

  it('a reviewer takes back what another one decided meanwhile: nothing is taken back', async () => {
    const data = await look('manager', 'security');
    const done = await press('manager', 'reviews.keep', { ...data, reason: managersReason });
    const back = dataOf(cardOf(done), 'reviews.undo');
    await stage.portal.decideReview('security', 'platform-admins', 'security', 'Deny', securitysReason);
    await press('manager', 'reviews.undo', back);
    assert.equal((await item('security')).decision, 'Deny');
    assert.equal((await stage.refusals()).length, 1);
  });

  it('the review is stopped between card and click: nothing is sent, and the card is over', async () => {
    const data = await look('manager', 'security');
    await stage.post('/reviews/platform-admins/stop', {});
    const answer = await press('manager', 'reviews.keep', { ...data, reason: managersReason });
    assertOver(answer);
    assert.deepEqual(await stage.decisions(), []);
    assert.deepEqual(await stage.refusals(), ['reviews.over']);
  });

  it('the review is stopped between our look and our write: Entra says no, and the card is over', async () => {
    const data = await look('manager', 'security');
    await stage.fault({ match: write, do: { delayMs: 800 } });
    const pressed = press('manager', 'reviews.keep', { ...data, reason: managersReason });
    await until('the write to be on its way', async () => (await stage.decisions()).length > 0);
    await stage.post('/reviews/platform-admins/stop', {});
    assertOver(await pressed);
    assert.equal(await landed(), 0);
    assert.deepEqual(await stage.refusals(), ['reviews.over']);
    const open = await stage
      .store()
      .db.selectFrom('claims')
      .select('id')
      .where('state', '=', 'claimed')
      .execute();
    assert.deepEqual(open, []);
  });

  it('the right is taken away between our look and our write: a refusal, and the button works again', async () => {
    const data = await look('manager', 'security');
    const no = { error: { code: 'UnAuthorized', message: 'Reason: Unauthorized' } };
    await stage.fault({ match: write, do: { status: 403, body: no } });
    const answer = await press('manager', 'reviews.keep', { ...data, reason: managersReason });
    assert.ok(answer.statusCode >= 400, JSON.stringify(answer.value).slice(0, 300));
    assert.equal(await landed(), 0);
    const again = await press('manager', 'reviews.keep', { ...data, reason: managersReason });
    assert.equal(again.statusCode, 200);
    assert.equal(await landed(), 1);
  });

  function assertAsked(answer: InvokeAnswer | undefined, who: string): void {
    assert.ok(answer);
    const card = cardOf(answer);
    assert.ok(cardText(card).includes(who), `${who} decided first: ${cardText(card).slice(0, 400)}`);
    assert.ok(hasButton(card, 'reviews.remove'), 'it can still be changed');
  }

  function assertOver(answer: InvokeAnswer): void {
    const card = cardOf(answer);
    assert.match(cardText(card), /stopped|ended|over/i);
    const ref = refOf(managers.card);
    assert.ok(
      cardActions(card).every(({ data }) => data.ref !== ref),
      'nothing is left to press',
    );
  }
});
