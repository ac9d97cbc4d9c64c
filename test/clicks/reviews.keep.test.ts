import assert from 'node:assert/strict';
import { personByKey } from '../../practice/world/people.js';
import { cardActions, cardText } from '../support/card-text.js';
import { cardOf, hasButton } from '../support/on-card.js';
import type { Entry } from '../support/remote-control.js';
import { openReviewStage, type ReviewStage } from '../support/review-stage.js';

const why = 'Prepares the quarterly figures of the finance team with it';

describe('reviews.keep', () => {
  let stage: ReviewStage;
  let message: Entry;
  before(async () => {
    stage = await openReviewStage(['chat-users']);
    message = await stage.packet('manager', 'chat-users');
  });
  after(() => stage.close());

  const keep = (data: object, more: object = {}) =>
    stage.press('manager', message.id, 'reviews.keep', data, more);
  const recorded = (whom: string) => stage.portal.reviewItem('manager', 'chat-users', whom);

  it('asks why where Entra wants a reason, says what is missing, and writes nothing until then', async () => {
    const before = await stage.refusals();
    const card = await stage.about('manager', message, 'chat-users', 'finance');
    assert.match(cardText(card), /Why\? \(needed/);
    const sentences: readonly [string, RegExp][] = [
      ['', /Please write why/],
      ['test', /“test” does not say why/],
      ['Figures', /at least 10 characters\. So far it has 7/],
    ];
    for (const [reason, says] of sentences) {
      const answer = cardOf(await keep({ reason }));
      assert.match(cardText(answer), says);
      assert.ok(hasButton(answer, 'reviews.keep'));
    }
    assert.deepEqual(
      (await stage.refusals()).slice(before.length),
      sentences.map(() => 'reviews.reason'),
    );
    assert.equal((await recorded('finance')).decision, 'NotReviewed');
  });

  it('leaves the half written reason on the card', async () => {
    await stage.about('manager', message, 'chat-users', 'finance');
    const answer = cardOf(await keep({ reason: 'Figures' }));
    assert.match(cardText(answer), /^Figures$/m);
  });

  it('records the decision with its reason, says so, and shows the next person', async () => {
    await stage.about('manager', message, 'chat-users', 'finance');
    const answer = cardOf(await keep({ reason: why }));
    assert.match(cardText(answer), /You kept Leilani Brandvold/);
    assert.match(cardText(answer), /Does (?!Leilani).+ still need AI Chat Users\?/);
    assert.ok(hasButton(answer, 'reviews.undo'));
    const { decision, justification } = await recorded('finance');
    assert.deepEqual({ decision, justification }, { decision: 'Approve', justification: why });
  });

  it('delivered three times at once, and again after a restart, is one PATCH', async () => {
    const before = (await stage.decisions()).length;
    await stage.about('manager', message, 'chat-users', 'helpdesk');
    const data = await stage.data('manager', message, 'reviews.keep');
    const press = { ...data, reason: 'Answers questions about the assistant' };
    const answer = cardOf(await keep(press, { deliver: 3 }));
    assert.match(cardText(answer), /You kept Tomasz Okonjeva/);
    assert.equal((await stage.decisions()).length - before, 1);
    await stage.restartBot();
    const again = cardOf(await keep(press));
    assert.match(cardText(again), /You kept Tomasz Okonjeva/);
    assert.equal((await stage.decisions()).length - before, 1);
  });

  it('goes on in the list for whoever decides from a list', async () => {
    const page = cardOf(await stage.show('manager', message, { mode: 'list', skip: 5 }));
    assert.match(cardText(page), /People 6 to 9/);
    const { id } = await recorded('librarian');
    const answer = cardOf(await keep({ item: id, reason: 'Keeps the library index up to date' }));
    assert.match(cardText(answer), /You kept Hana Petrossian/);
    assert.match(cardText(answer), /People 6 to 9/);
    assert.match(cardText(answer), /Hana Petrossian[\s\S]*Keeps the library index up to date\nChange/);
    assert.equal((await recorded('librarian')).decision, 'Approve');
  });

  it('against the recommendation takes a reason', async () => {
    const card = await stage.about('manager', message, 'chat-users', 'leaver');
    assert.match(cardText(card), /Entra recommends to remove/);
    assert.match(cardText(cardOf(await keep({}))), /Please write why/);
    assert.equal((await recorded('leaver')).decision, 'NotReviewed');
  });

  it('can be changed afterwards: the earlier answer is shown, and the new one counts', async () => {
    const card = await stage.about('manager', message, 'chat-users', 'finance');
    assert.match(cardText(card), /You kept this/);
    assert.match(cardText(card), new RegExp(why));
    const answer = await stage.press('manager', message.id, 'reviews.remove', {
      reason: 'Moved to another team',
    });
    assert.match(cardText(cardOf(answer)), /You removed Leilani Brandvold/);
    assert.equal((await recorded('finance')).decision, 'Deny');
  });

  it('counts down, and tells when nobody is left', async () => {
    for (const whom of ['dormant', 'leaver', 'contractor', 'operator', 'newcomer', 'appowner']) {
      await stage.about('manager', message, 'chat-users', whom);
      await keep({ reason: `Takes part in project Nord (${whom})` });
    }
    const home = cardOf(await stage.show('manager', message, { mode: 'home' }));
    assert.match(cardText(home), /Everybody on your list is decided/);
    const end = cardOf(await stage.show('manager', message, { mode: 'one' }));
    assert.match(cardText(end), /Kept\n8[\s\S]*Removed\n1/);
    assert.ok(hasButton(end, 'reviews.show'));
  });
});

describe('reviews.keep about oneself', () => {
  let stage: ReviewStage;
  before(async () => {
    stage = await openReviewStage(['pilot']);
  });
  after(() => stage.close());

  it('is asked in plain words, of a guest too, and recorded', async () => {
    for (const person of ['engineer', 'guest']) {
      const message = await stage.packet(person, 'pilot');
      assert.match(cardText(message.card), /Do you still need AI Pilot 2025\?/);
      const form = cardOf(await stage.show(person, message, { mode: 'one' }));
      const titles = cardActions(form).map(({ title }) => title);
      assert.ok(titles.includes('Yes, keep my access'));
      assert.ok(titles.includes("No, I don't need it"));
      assert.doesNotMatch(cardText(form), /for each person|All as a list|\bthey\b/i);
      const reason = 'I still compare the old answers with the new ones';
      const answer = cardOf(await stage.press(person, message.id, 'reviews.keep', { reason }));
      assert.doesNotMatch(cardText(answer), /Not recorded/);
      const { decision, justification } = await stage.portal.reviewItem(person, 'pilot', person);
      assert.deepEqual({ decision, justification }, { decision: 'Approve', justification: reason });
    }
  });

  it('shows nobody else: each decides about one', async () => {
    assert.equal((await stage.portal.reviewItems('finance', 'pilot')).length, 1);
    const message = await stage.packet('finance', 'pilot');
    const { id } = await stage.portal.reviewItem('engineer', 'pilot', 'engineer');
    const answer = await stage.show('finance', message, { mode: 'person', item: id });
    assert.match(JSON.stringify(answer.value), /This is not yours to decide/);
    assert.deepEqual(await stage.refusals(), ['reviews.not-yours']);
  });
});

describe('reviews.keep in stages', () => {
  let stage: ReviewStage;
  before(async () => {
    stage = await openReviewStage(['connector-operators']);
  });
  after(() => stage.close());

  it('counts in the stage that is at work, and no more when that is over', async () => {
    const message = await stage.packet('appowner', 'connector-operators');
    await stage.about('appowner', message, 'connector-operators', 'librarian');
    const first = { reason: 'Indexes the library every Monday' };
    await stage.press('appowner', message.id, 'reviews.keep', first);
    await stage.about('appowner', message, 'connector-operators', 'operator');
    const data = await stage.data('appowner', message, 'reviews.keep');
    await stage.portal.stopStage('security', 'connector-operators');
    const before = (await stage.decisions()).length;
    const late = { ...data, reason: 'Runs the index of the contracts' };
    const answer = await stage.press('appowner', message.id, 'reviews.keep', late);
    assert.match(cardText(cardOf(answer)), /stage/i);
    assert.equal(hasButton(cardOf(answer), 'reviews.keep'), false);
    assert.equal((await stage.decisions()).length, before);
    assert.deepEqual(await stage.refusals(), ['reviews.over']);
  });

  it('is decided again by the reviewer of the next stage, who sees what was said before', async () => {
    await stage.advance('PT20S');
    await stage.advance('PT20S');
    const message = await stage.packet('security', 'connector-operators');
    const card = await stage.about('security', message, 'connector-operators', 'librarian');
    assert.match(cardText(card), /Wanjiru Halvorsen kept this/);
    const reason = 'Checked with the library, they need it';
    await stage.press('security', message.id, 'reviews.keep', { reason });
    const { decision, reviewedBy, justification } = await stage.portal.reviewItem(
      'security',
      'connector-operators',
      'librarian',
    );
    assert.deepEqual({ decision, justification }, { decision: 'Approve', justification: reason });
    assert.equal(reviewedBy.id, personByKey('security')?.id);
  });
});
