import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { cardOf, dataOf, refOf } from '../support/on-card.js';
import type { Entry } from '../support/remote-control.js';
import { openReviewStage, type ReviewStage } from '../support/review-stage.js';
import { type Attack, attackOn } from './attack.js';

const reason = 'They all work on project Nord this quarter';

/** Many with one press: only whom the bot itself reads from the reader's own list, and only where the policy lets it. */
describe('attacks on deciding many at once', () => {
  let stage: ReviewStage;
  let attack: Attack;
  const cards = { chat: '', archive: '', admins: '', pilot: '' };
  const packets: Record<string, Entry> = {};

  before(async () => {
    stage = await openReviewStage(['chat-users', 'archive', 'platform-admins', 'pilot']);
    attack = attackOn(stage);
    packets.chat = await stage.packet('manager', 'chat-users');
    packets.archive = await stage.packet('appowner', 'archive');
    packets.admins = await stage.packet('security', 'platform-admins');
    packets.pilot = await stage.packet('engineer', 'pilot');
    cards.chat = refOf(packets.chat.card);
    cards.archive = refOf(packets.archive.card);
    cards.admins = refOf(packets.admins.card);
    cards.pilot = refOf(packets.pilot.card);
  });
  after(() => stage.close());

  const seenFor = async (
    person: string,
    name: keyof typeof cards,
    kind: 'remove' | 'keep',
  ): Promise<string> => {
    const entry = packets[name];
    assert.ok(entry);
    const answer = await stage.press(person, entry.id, 'reviews.bulk', { ref: cards[name], kind });
    return String(dataOf(cardOf(answer), `reviews.bulk-${kind}`).seen);
  };
  const decided = async (person: string, review: string) =>
    (await stage.portal.reviewItems(person, review)).filter(({ decision }) => decision !== 'NotReviewed');

  const refused: readonly (readonly [string, string, keyof typeof cards])[] = [
    ['sensitive access', 'appowner', 'archive'],
    ['privileged access', 'security', 'admins'],
    ['the own access, in a review that asks everybody', 'engineer', 'pilot'],
  ];
  for (const [what, person, name] of refused) {
    it(`keeping many of ${what}: neither asked nor done`, async () => {
      const ref = cards[name];
      const asked = await attack(person, 'reviews.bulk', { ref, kind: 'keep' });
      assert.equal(asked.code, 'reviews.no-bulk');
      assert.match(asked.text, /decided one by one/);
      const done = await attack(person, 'reviews.bulk-keep', { ref, seen: 'AAAAAAAAAAAAAAAA', reason });
      assert.equal(done.code, 'reviews.no-bulk');
    });
  }

  it('keeping many of sensitive access with a look that was given for removing them', async () => {
    const seen = await seenFor('appowner', 'archive', 'remove');
    const { code } = await attack('appowner', 'reviews.bulk-keep', { ref: cards.archive, seen, reason });
    assert.equal(code, 'reviews.no-bulk');
  });

  for (const [kind, other] of [
    ['keep', 'remove'],
    ['remove', 'keep'],
  ] as const) {
    it(`a look that was given for the question to ${other}, sent with ${kind}`, async () => {
      const seen = await seenFor('manager', 'chat', other);
      const { code } = await attack('manager', `reviews.bulk-${kind}`, { ref: cards.chat, seen, reason });
      assert.equal(code, 'reviews.changed');
    });
  }

  it('a look of another review', async () => {
    const seen = await seenFor('appowner', 'archive', 'remove');
    const { code, text } = await attack('manager', 'reviews.bulk-remove', { ref: cards.chat, seen, reason });
    assert.equal(code, 'reviews.changed');
    assert.match(text, /Matteo Lindqvist-Osei/, 'the question is asked anew, with the names');
  });

  it('a look that was made up, and none', async () => {
    for (const seen of ['', 'AAAAAAAAAAAAAAAA', 'null']) {
      const sent = { ref: cards.chat, seen, reason };
      assert.equal((await attack('manager', 'reviews.bulk-remove', sent)).code, 'reviews.changed');
    }
  });

  for (const typed of ['', '   ', '\u200b'.repeat(30), 'asap please', 'xxxxxxxxxxxxxxxxxxxx']) {
    it(`keeping many without a reason that says something: ${JSON.stringify(typed.slice(0, 12))}`, async () => {
      const seen = await seenFor('manager', 'chat', 'keep');
      const { code, text } = await attack('manager', 'reviews.bulk-keep', {
        ref: cards.chat,
        seen,
        reason: typed,
      });
      assert.equal(code, 'reviews.reason');
      assert.match(text, /write why|say why|does not say why|again and again/i);
    });
  }

  it('removing many without a reason, where the review asks for one', async () => {
    const seen = await seenFor('manager', 'chat', 'remove');
    const { code } = await attack('manager', 'reviews.bulk-remove', { ref: cards.chat, seen, reason: '' });
    assert.equal(code, 'reviews.reason');
  });

  const smuggled: readonly (readonly [string, object])[] = [
    ['a list of ids', { ids: ['11111111-2222-4333-8444-555555555555'] }],
    ['a list of items', { items: [{ id: '11111111-2222-4333-8444-555555555555', name: 'x' }] }],
    ['one item', { item: '11111111-2222-4333-8444-555555555555' }],
    ['an answer', { answer: 'Approve' }],
    ['another kind', { kind: 'keep' }],
    ['a principal', { principalId: '', resourceId: '' }],
    ['a number of people', { most: 10_000, top: 10_000 }],
    ['whose decision it is', { by: 'x' }],
  ];
  for (const [what, more] of smuggled) {
    for (const verb of ['reviews.bulk-remove', 'reviews.bulk-keep']) {
      it(`${what} smuggled into ${verb}`, async () => {
        const sent = { ref: cards.chat, seen: 'x', reason, ...more };
        const { status, code } = await attack('manager', verb, sent);
        assert.deepEqual([status, code], [400, 'flows.bad-input']);
      });
    }
  }

  const wrong: readonly (readonly [string, string, object])[] = [
    ['a kind that does not exist', 'reviews.bulk', { kind: 'everybody' }],
    ['a kind that is a list', 'reviews.bulk', { kind: ['remove'] }],
    ['no kind', 'reviews.bulk', {}],
    ['ids in the question', 'reviews.bulk', { kind: 'remove', ids: [] }],
    ['no look', 'reviews.bulk-remove', { reason }],
    ['a look that is a list', 'reviews.bulk-remove', { seen: ['x'], reason }],
    ['a reason that is a number', 'reviews.bulk-keep', { seen: 'x', reason: 7 }],
    ['a reason without an end', 'reviews.bulk-keep', { seen: 'x', reason: 'Because. '.repeat(9_000) }],
  ];
  for (const [what, verb, more] of wrong) {
    it(`bad input: ${what}`, async () => {
      const { status, code } = await attack('manager', verb, { ref: cards.chat, ...more });
      assert.deepEqual([status, code], [400, 'flows.bad-input']);
    });
  }

  it('nobody was decided about in all of this', async () => {
    for (const [person, review] of [
      ['manager', 'chat-users'],
      ['appowner', 'archive'],
      ['security', 'platform-admins'],
      ['engineer', 'pilot'],
    ] as const) {
      assert.deepEqual(await decided(person, review), [], review);
    }
  });

  it('removing those Entra recommends to remove touches nobody else', async () => {
    const entry = packets.chat;
    assert.ok(entry);
    const seen = await seenFor('manager', 'chat', 'remove');
    const answer = await stage.press('manager', entry.id, 'reviews.bulk-remove', {
      ref: cards.chat,
      seen,
      reason,
    });
    assert.equal(answer.statusCode, 200);
    const items = await decided('manager', 'chat-users');
    assert.ok(items.length > 0, cardText(answer.value));
    for (const item of items) assert.equal(item.decision, 'Deny', item.principal.displayName);
    const kept = ['Leilani Brandvold', 'Tomasz Okonjeva'];
    assert.ok(items.every(({ principal }) => !kept.includes(principal.displayName)));
  });

  it('a look from before a bulk does not decide again after it', async () => {
    const seen = await seenFor('manager', 'chat', 'keep');
    const sent = { ref: cards.chat, seen, reason };
    await stage.portal.decideReview(
      'manager',
      'chat-users',
      'finance',
      'Deny',
      'Moved to another department',
    );
    const { code } = await attack('manager', 'reviews.bulk-keep', sent);
    assert.equal(code, 'reviews.changed');
  });

  it('no write of the whole story carried the bot’s own token', async () => {
    assert.ok((await stage.writes()).every(({ token }) => token === 'user'));
  });
});
