import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { cardOf, dataOf, hasButton } from '../support/on-card.js';
import type { Card } from '../support/remote-control.js';
import { openReviewStage, type ReviewStage } from '../support/review-stage.js';

const inactive = ['dormant', 'leaver', 'contractor'];
const names = ['Matteo Lindqvist-Osei', 'Soraya Wetherby', 'Delphine Arrowsmith'];
const reason = 'None of them takes part in the project any more';

describe('reviews.bulk-remove', () => {
  let stage: ReviewStage;
  beforeEach(async () => {
    stage = await openReviewStage(['chat-users']);
  });
  afterEach(() => stage.close());

  const ask = async (): Promise<Card> => {
    const message = await stage.packet('manager', 'chat-users');
    await stage.show('manager', message, { mode: 'home' });
    return cardOf(await stage.press('manager', message.id, 'reviews.bulk', { kind: 'remove' }));
  };
  const remove = async (data: object = {}, more: object = {}): Promise<Card> => {
    const message = await stage.packet('manager', 'chat-users');
    const typed = { reason, ...data };
    return cardOf(await stage.press('manager', message.id, 'reviews.bulk-remove', typed, more));
  };
  const recorded = async (whom: string) => {
    const { decision, justification } = await stage.portal.reviewItem('manager', 'chat-users', whom);
    return { decision, justification };
  };

  it('removes exactly those who were named, one decision each, and tells it person by person', async () => {
    await ask();
    const text = cardText(await remove());
    assert.match(text, /You removed 3 people/);
    for (const name of names) assert.match(text, new RegExp(`${name}\\nRemoved`));
    for (const whom of inactive) {
      assert.deepEqual(await recorded(whom), { decision: 'Deny', justification: reason });
    }
    for (const whom of ['finance', 'newcomer']) assert.equal((await recorded(whom)).decision, 'NotReviewed');
    const writes = await stage.decisions();
    assert.equal(writes.length, 3);
    assert.ok(writes.every(({ path: at }) => !at.includes('batchRecordDecisions')));
  });

  it('asks for one reason where Entra wants one, and sends back words that say nothing', async () => {
    assert.match(cardText(await ask()), /Why\? One reason for all of them$/m);
    assert.match(cardText(await remove({ reason: '' })), /Please write why/);
    assert.match(cardText(await remove({ reason: 'test' })), /“test” does not say why/);
    assert.deepEqual(await stage.decisions(), []);
    assert.deepEqual(await stage.refusals(), ['reviews.reason', 'reviews.reason']);
    assert.match(cardText(await remove()), new RegExp(reason));
  });

  it('delivered three times at once, and again after a restart, is one decision each', async () => {
    const data = dataOf(await ask(), 'reviews.bulk-remove');
    await remove(data, { deliver: 3 });
    assert.equal((await stage.decisions()).length, 3);
    await stage.restartBot();
    assert.match(cardText(await remove(data)), /You removed 3 people/);
    assert.equal((await stage.decisions()).length, 3);
  });

  it('asks again when somebody of them was decided about meanwhile', async () => {
    await ask();
    await stage.portal.decideReview('manager', 'chat-users', 'leaver', 'Approve', 'Comes back in June');
    const again = await remove();
    assert.match(cardText(again), /Remove these 2 people\?/);
    assert.doesNotMatch(cardText(again), /Soraya Wetherby/);
    assert.deepEqual(await stage.refusals(), ['reviews.changed']);
    await remove();
    assert.deepEqual(await recorded('leaver'), { decision: 'Approve', justification: 'Comes back in June' });
    assert.equal((await recorded('dormant')).decision, 'Deny');
  });

  it('says who was not recorded, and tries again for just those', async () => {
    const { id } = await stage.portal.reviewItem('manager', 'chat-users', 'leaver');
    await ask();
    await stage.fault({
      match: { service: 'graph', method: 'PATCH', path: id },
      do: { status: 400, body: { error: { code: 'BadRequest', message: 'no' } } },
    });
    const result = await remove();
    const text = cardText(result);
    assert.match(text, /You removed 2 people/);
    assert.match(text, /Soraya Wetherby\n\*\*Not recorded\*\*/);
    assert.match(text, /Matteo Lindqvist-Osei\nRemoved/);
    const message = await stage.packet('manager', 'chat-users');
    const again = cardOf(await stage.press('manager', message.id, 'reviews.bulk'));
    assert.match(cardText(again), /Remove this person\?[\s\S]*Soraya Wetherby/);
    assert.match(cardText(await remove()), /You removed 1 person/);
    assert.equal((await recorded('leaver')).decision, 'Deny');
  });

  it('can be taken back for each of them', async () => {
    await ask();
    await remove();
    const message = await stage.packet('manager', 'chat-users');
    const card = await stage.about('manager', message, 'chat-users', 'leaver');
    assert.match(cardText(card), /You removed this/);
    const { item, seen, ref } = dataOf(card, 'reviews.keep');
    await stage.press('manager', message.id, 'reviews.undo', { ref, item, seen });
    assert.deepEqual(await recorded('leaver'), { decision: 'NotReviewed', justification: '' });
    assert.equal((await recorded('dormant')).decision, 'Deny');
  });

  it('taken back leads to what was there just before it, not to an answer from earlier still', async () => {
    const message = await stage.packet('manager', 'chat-users');
    await stage.about('manager', message, 'chat-users', 'leaver');
    await stage.press('manager', message.id, 'reviews.keep', { reason: 'Comes back in June' });
    await stage.press('manager', message.id, 'reviews.undo');
    assert.equal((await recorded('leaver')).decision, 'NotReviewed');
    await ask();
    await remove();
    const card = await stage.about('manager', message, 'chat-users', 'leaver');
    const { item, seen, ref } = dataOf(card, 'reviews.keep');
    await stage.press('manager', message.id, 'reviews.undo', { ref, item, seen });
    assert.deepEqual(await recorded('leaver'), { decision: 'NotReviewed', justification: '' });
  });

  it('in a review that has ended is refused', async () => {
    const data = dataOf(await ask(), 'reviews.bulk-remove');
    await stage.post('/reviews/chat-users/stop', {});
    const answer = await remove(data);
    assert.match(cardText(answer), /ended|stopped/i);
    assert.equal(hasButton(answer, 'reviews.bulk-remove'), false);
    assert.deepEqual(await stage.refusals(), ['reviews.over']);
    assert.deepEqual(await stage.decisions(), []);
  });
});

describe('reviews.bulk-remove of more people than one press may decide about', () => {
  it('takes as many as the policy says, and says that more come after them', async () => {
    const stage = await openReviewStage(['chat-users'], {
      policy: (text) => text.replace('bulkAtMost: 200', 'bulkAtMost: 2'),
    });
    try {
      const message = await stage.packet('manager', 'chat-users');
      const ask = async () =>
        cardOf(await stage.press('manager', message.id, 'reviews.bulk', { kind: 'remove' }));
      const first = cardText(await ask());
      assert.match(first, /Remove these 2 people\?/);
      assert.match(first, /One more comes after these/);
      await stage.press('manager', message.id, 'reviews.bulk-remove', { reason });
      assert.equal((await stage.decisions()).length, 2);
      await stage.show('manager', message, { mode: 'home' });
      assert.match(cardText(await ask()), /Remove this person\?/);
      await stage.press('manager', message.id, 'reviews.bulk-remove', { reason });
      assert.equal((await stage.decisions()).length, 3);
    } finally {
      await stage.close();
    }
  });
});

describe('reviews.bulk-remove of more than a hundred', () => {
  it('records every one of them once, and none that Entra does not recommend to remove', async () => {
    const stage = await openReviewStage(['archive']);
    try {
      const message = await stage.packet('appowner', 'archive');
      const asked = cardOf(await stage.press('appowner', message.id, 'reviews.bulk', { kind: 'remove' }));
      const count = Number(/Remove these (\d+) people/.exec(cardText(asked))?.[1]);
      assert.ok(count > 100);
      assert.match(cardText(asked), new RegExp(`and ${count - 15} more`));
      assert.match(cardText(asked), /you may leave this empty/);
      await stage.press('appowner', message.id, 'reviews.bulk-remove');
      const done = await stage.card('appowner', new RegExp(`You removed ${count} people`));
      assert.ok(Buffer.byteLength(JSON.stringify(done.card)) < 25_000);
      const writes = await stage.decisions();
      assert.equal(writes.length, count);
      assert.equal(new Set(writes.map(({ path: at }) => at)).size, count);
      const removed = (await stage.portal.reviewItems('appowner', 'archive')).filter(
        ({ decision }) => decision === 'Deny',
      );
      assert.ok(removed.length > 0);
      assert.ok(removed.every(({ justification }) => /as Entra recommended/.test(justification)));
      const home = cardOf(await stage.show('appowner', message, { mode: 'home' }));
      assert.doesNotMatch(cardText(home), /Entra recommends$/m);
    } finally {
      await stage.close();
    }
  });
});
