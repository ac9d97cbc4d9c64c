import assert from 'node:assert/strict';
import { linesOf } from '../../src/audit/read.js';
import { hour, minute, second } from '../../src/base/clock.js';
import { AppError } from '../../src/base/errors.js';
import { systemIds } from '../../src/base/ids.js';
import { cardByRef, changeCard, openCard } from '../../src/jobs/cards.js';
import { deliverCard } from '../../src/jobs/deliver-card.js';
import { createJobLoop, type JobLoop } from '../../src/jobs/job-loop.js';
import type { Store } from '../../src/store/store.js';
import { type FakeDelivery, fakeDelivery } from '../support/fake-delivery.js';
import { gate } from '../support/gate.js';
import { type HandClock, handClock } from '../support/hand-clock.js';
import { silentLog } from '../support/silent-log.js';
import { conversationRow } from '../support/store-rows.js';
import { openTempStore, type TempStore } from '../support/temp-store.js';

describe('delivering a card', () => {
  let temp: TempStore;
  let store: Store;
  let clock: HandClock;
  let delivery: FakeDelivery;
  let loop: JobLoop;
  let ref: string;

  beforeEach(async () => {
    temp = await openTempStore();
    store = temp.store;
    clock = handClock();
    delivery = fakeDelivery();
    loop = createJobLoop({
      store,
      clock,
      ids: systemIds,
      log: silentLog,
      handlers: { 'card.deliver': deliverCard({ store, clock, delivery }) },
      random: () => 0.5,
    });
    await store.write((tx) => tx.insertInto('conversations').values(conversationRow()).execute());
    ref = await newCard('mina');
  });
  afterEach(() => temp.close());

  const newCard = async (person: string): Promise<string> => {
    const about = { flow: 'packages', kind: 'packages.decide', item: 'request:1', person };
    const expiresAt = new Date(clock.now().getTime() + minute);
    const card = { ...about, purpose: `decide:${person}`, expiresAt };
    return (await store.write((tx) => openCard(tx, { clock, ids: systemIds }, card))).ref;
  };
  const show = (text: string, card = ref) =>
    store.write((tx) => changeCard(tx, clock, card, { template: 'shared/notice', view: { text } }));
  const later = async (ms: number): Promise<void> => {
    clock.advance(ms);
    await loop.drain();
  };
  const recorded = async (): Promise<readonly string[]> => {
    const found: string[] = [];
    for await (const { kind, data } of linesOf(store))
      found.push(`${kind} ${JSON.parse(data).code ?? ''}`.trim());
    return found;
  };
  const waiting = () => store.db.selectFrom('jobs').select('key').execute();

  it('posts the first picture, puts the next one into the same message, and says once that it was sent', async () => {
    await show('please decide');
    await loop.drain();
    await show('decided');
    await loop.drain();
    assert.deepEqual(delivery.asked, ['post chat-of-mina please decide', 'put activity-1 decided']);
    assert.deepEqual(await recorded(), ['card.sent']);
  });

  it('sends only the newest of pictures that waited', async () => {
    await show('one');
    await show('two');
    await show('three');
    await loop.drain();
    await later(second);
    assert.deepEqual(delivery.asked, ['post chat-of-mina three']);
    assert.deepEqual(await waiting(), []);
  });

  it('does not send a picture again that is shown already', async () => {
    await show('same');
    await loop.drain();
    await show('same');
    await loop.drain();
    assert.equal(delivery.asked.length, 1);
  });

  it('makes one message of a card that changes while its first post is under way', async () => {
    const [begun, answer] = [gate(), gate()];
    delivery.answerPosts(async () => {
      begun.open();
      await answer.passed;
      return { kind: 'sent', activityId: 'slow' };
    });
    await show('please decide');
    const first = loop.drain();
    await begun.passed;
    await show('decided');
    clock.advance(second);
    await createOther().drain();
    answer.open();
    await first;
    await later(second);
    assert.deepEqual(delivery.asked, ['post chat-of-mina please decide', 'put slow decided']);
  });

  it('puts the newer picture last when an older edit is held up', async () => {
    await show('please decide');
    await loop.drain();
    const [begun, answer] = [gate(), gate()];
    delivery.answerPuts(async () => {
      begun.open();
      await answer.passed;
      return 'updated';
    });
    await show('working');
    const held = loop.drain();
    await begun.passed;
    await show('decided');
    await createOther().drain();
    assert.equal(delivery.asked.at(-1), 'put activity-1 decided');
    answer.open();
    await held;
    await later(second);
    assert.deepEqual(delivery.asked.slice(-2), ['put activity-1 decided', 'put activity-1 decided']);
    assert.deepEqual(await waiting(), []);
  });

  it('does not post again before a minute when the answer was lost, and then does', async () => {
    delivery.answerPosts(() => ({ kind: 'uncertain' }));
    await show('please decide');
    await loop.drain();
    await later(minute - 1);
    assert.equal(delivery.asked.length, 1);
    await later(1);
    assert.deepEqual(delivery.asked, ['post chat-of-mina please decide', 'post chat-of-mina please decide']);
  });

  it('edits the message instead when the reader has pressed it meanwhile', async () => {
    delivery.answerPosts(() => ({ kind: 'uncertain' }));
    await show('please decide');
    await loop.drain();
    await store.write((tx) => tx.updateTable('cards').set({ activity_id: 'pressed' }).execute());
    await later(minute);
    assert.deepEqual(delivery.asked, ['post chat-of-mina please decide', 'put pressed please decide']);
  });

  it('does not post a newer picture beside one whose answer was lost, before the minute is over', async () => {
    delivery.answerPosts(() => ({ kind: 'uncertain' }));
    await show('please decide');
    await loop.drain();
    await show('approved by another');
    await later(minute - 1);
    assert.equal(delivery.asked.length, 1);
    await later(1);
    await later(second);
    assert.deepEqual(delivery.asked.slice(1), ['post chat-of-mina approved by another']);
  });

  it('says in the record that the fate of a post is unknown after five such answers', async () => {
    delivery.answerPosts(...Array.from({ length: 6 }, () => () => ({ kind: 'uncertain' }) as const));
    await show('please decide');
    for (let wait = 0; wait <= 6; wait += 1) await later(wait * minute);
    assert.equal(delivery.asked.length, 6);
    assert.deepEqual(await recorded(), ['card.undeliverable jobs.fate-unknown']);
  });

  it('tries again later when Teams is away', async () => {
    delivery.answerPosts(() => {
      throw new AppError('bot.teams-unreachable', { retry: 'later', says: '', next: '' });
    });
    await show('please decide');
    await loop.drain();
    await later(second);
    assert.equal(delivery.asked.length, 2);
    assert.equal((await cardByRef(store.db, ref))?.shown_version, 1);
  });

  it('stops writing to somebody who blocked the bot, and says so in the record', async () => {
    delivery.answerPosts(() => ({ kind: 'gone', code: 'bot.blocked' }));
    await show('please decide');
    await loop.drain();
    const row = await store.db.selectFrom('conversations').select('dead_since').executeTakeFirst();
    assert.equal(row?.dead_since, clock.now().getTime());
    await show('decided');
    await loop.drain();
    assert.equal(delivery.asked.length, 1);
    assert.deepEqual(await recorded(), ['card.undeliverable bot.blocked', 'card.undeliverable jobs.no-chat']);
  });

  it('opens a chat with somebody nobody has met, once', async () => {
    const other = await newCard('felix');
    await show('please decide', other);
    await loop.drain();
    await show('decided', other);
    await loop.drain();
    assert.deepEqual(delivery.asked, [
      'open felix',
      'post chat-of-felix please decide',
      'put activity-2 decided',
    ]);
  });

  it('says once in the record that somebody cannot be reached, and keeps the card for them', async () => {
    delivery.refuseChats('bot.not-installed');
    await show('please decide', await newCard('felix'));
    await loop.drain();
    assert.deepEqual(await recorded(), ['card.undeliverable jobs.no-chat']);
    assert.equal((await waiting()).length, 1);
    await later(hour);
    assert.deepEqual(await recorded(), ['card.undeliverable jobs.no-chat']);
  });

  /** A second worker: the first one is busy. */
  function createOther(): JobLoop {
    return createJobLoop({
      store,
      clock,
      ids: systemIds,
      log: silentLog,
      handlers: { 'card.deliver': deliverCard({ store, clock, delivery }) },
      random: () => 0.5,
    });
  }
});
