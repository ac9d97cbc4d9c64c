import assert from 'node:assert/strict';
import { chatUsers } from '../../practice/world/groups.js';
import { personByKey } from '../../practice/world/people.js';
import { directoryPersonByKey } from '../../practice/world/reviewed-people.js';
import { cardActions, cardText } from '../support/card-text.js';
import { cardOf, dataOf, hasButton, refOf } from '../support/on-card.js';
import type { Entry } from '../support/remote-control.js';
import { openReviewPortal } from '../support/review-portal.js';
import { openReviewStage, type ReviewStage } from '../support/review-stage.js';

/** Nobody is told that they are finished because a page came empty. */
describe('an empty page of a list that is not empty', () => {
  let stage: ReviewStage;
  let message: Entry;
  before(async () => {
    stage = await openReviewStage([]);
  });
  beforeEach(async () => {
    await stage.reset();
    await stage.start(['chat-users']);
    message = await stage.packet('manager', 'chat-users');
  });
  after(() => stage.close());

  const packet = () =>
    stage
      .store()
      .db.selectFrom('packets')
      .select(['left_over', 'mode'])
      .where('ref', '=', refOf(message.card))
      .executeTakeFirstOrThrow();
  const empty = (count: number) =>
    stage.fault({
      match: {
        service: 'graph',
        method: 'GET',
        path: "^[^?]*/decisions/filterByCurrentUser.*decision eq 'NotReviewed'",
      },
      do: { status: 200, body: { value: [], '@odata.count': count } },
    });

  it('leads to the overview, and on from there', async () => {
    await empty(9);
    const card = cardOf(await stage.show('manager', message, { mode: 'one' }));
    assert.match(cardText(card), /Who still needs AI Chat Users\?/);
    assert.ok(hasButton(card, 'reviews.show'));
    assert.ok((await packet()).left_over > 0);
    const next = cardOf(await stage.show('manager', message, { mode: 'one' }));
    assert.ok(hasButton(next, 'reviews.keep'));
  });

  it('past some that were put off, the list starts anew', async () => {
    await empty(9);
    const card = cardOf(await stage.show('manager', message, { mode: 'one', skip: 3 }));
    assert.ok(hasButton(card, 'reviews.keep'), cardText(card));
    assert.ok((await packet()).left_over > 0);
  });

  it('that says itself that nobody is left is believed', async () => {
    await empty(0);
    const card = cardOf(await stage.show('manager', message, { mode: 'one' }));
    assert.ok(!hasButton(card, 'reviews.keep'));
    assert.equal((await packet()).left_over, 0);
  });
});

describe('facts that do not come in time', () => {
  it('are said to be missing, and the person is decided about all the same', async () => {
    const stage = await openReviewStage(['chat-users']);
    try {
      const message = await stage.packet('manager', 'chat-users');
      const finance = directoryPersonByKey('finance')?.id;
      await stage.fault({
        match: { service: 'graph', method: 'GET', path: `/users/${finance}/manager` },
        do: { delayMs: 7_000 },
      });
      const card = await stage.about('manager', message, 'chat-users', 'finance');
      assert.match(cardText(card), /Leilani Brandvold/);
      assert.match(cardText(card), /Manager\nEntra does not (say|tell)/);
      assert.match(cardText(card), /Last sign-in/, 'what came in time is there');
      const data = { ...dataOf(card, 'reviews.keep'), reason: 'Closes the books of every month with it' };
      await stage.press('manager', message.id, 'reviews.keep', data);
      const { decision } = await stage.portal.reviewItem('manager', 'chat-users', 'finance');
      assert.equal(decision, 'Approve');
    } finally {
      await stage.close();
    }
  });
});

/** The bot reads more of the directory than a guest may: what it knows is not for them. */
describe('a guest who is asked to review others', () => {
  let stage: ReviewStage;
  let message: Entry;
  let item: string;
  /** Their own view of it has no button left that would name it. */
  let ref: string;
  const review = 'Chat users, looked at by a contractor';
  before(async () => {
    stage = await openReviewStage([]);
    const portal = openReviewPortal(stage.url);
    const { id } = await portal.graph<{ id: string }>('security', 'POST', '', {
      displayName: review,
      descriptionForAdmins: '',
      descriptionForReviewers: '',
      scope: { query: `/groups/${chatUsers.id}/members`, queryType: 'MicrosoftGraph' },
      reviewers: [{ query: `/users/${personByKey('guest')?.id}`, queryType: 'MicrosoftGraph' }],
      settings: { instanceDurationInDays: 7 },
    });
    await stage.advance('PT20S');
    await stage.advance('PT20S');
    message = await stage.packet('guest', review);
    const { value } = await portal.graph<{ value: readonly { id: string }[] }>(
      'security',
      'GET',
      `/${id}/instances`,
    );
    const [first] = await portal.mine('guest', id, value[0]?.id ?? '');
    item = first?.id ?? '';
    assert.notEqual(item, '');
    const packet = await stage.store().db.selectFrom('packets').select('ref').executeTakeFirstOrThrow();
    ref = packet.ref;
  });
  after(() => stage.close());

  const show = (where: object) => stage.press('guest', message.id, 'reviews.show', { ref, ...where });

  const modes = [{ mode: 'home' }, { mode: 'one' }, { mode: 'list' }, { mode: 'person' }, {}];
  for (const where of modes) {
    it(`sees the overview and a sentence, and no fact about anybody: ${JSON.stringify(where)}`, async () => {
      const before = (await stage.requests('graph')).length;
      const more = 'mode' in where && where.mode === 'person' ? { ...where, item } : where;
      const card = cardOf(await show(more));
      assert.match(cardText(card), /Guests do not decide about this access here/);
      assert.match(cardText(card), /Who still needs AI Chat Users\?/);
      for (const key of ['finance', 'helpdesk', 'leaver', 'dormant', 'contractor']) {
        assert.ok(!JSON.stringify(card).includes(directoryPersonByKey(key)?.displayName ?? '?'), key);
      }
      assert.deepEqual(cardActions(card), [], 'nothing to press');
      const asked = (await stage.requests('graph')).slice(before).filter(({ token }) => token === 'app');
      const others = asked.filter(({ path }) => /\/(manager|memberOf|sponsors|assignments)\b/.test(path));
      assert.deepEqual(
        others.map(({ path }) => path),
        [],
      );
    });
  }

  it('is not asked on the same card for what they may not do', async () => {
    const text = cardText(cardOf(await show({})));
    assert.doesNotMatch(text, /Say for each person|I show you what is known about them|That did not work/);
  });
});
