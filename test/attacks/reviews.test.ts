import assert from 'node:assert/strict';
import { earlierInstances } from '../../practice/world/reviews/history.js';
import { dataOf, refOf } from '../support/on-card.js';
import { withPackages } from '../support/one-flow.js';
import type { Entry } from '../support/remote-control.js';
import { openReviewStage, type ReviewStage } from '../support/review-stage.js';
import { type Attack, attackOn } from './attack.js';

const reason = 'Works with it every day, I asked her yesterday morning';
const decisions = ['reviews.keep', 'reviews.remove', 'reviews.unsure', 'reviews.undo'];

/** Each attack: refused in plain words, one line in the record, nothing written to Entra. */
describe('attacks on the reviews flow', () => {
  let stage: ReviewStage;
  let attack: Attack;
  /** References of the cards, by reader and review. */
  const refs = { chat: '', admins: '', responders: '', securityAdmins: '', pilot: '' };
  /** Decision ids. */
  const items = { own: '', listed: '', operators: '', admins: '', earlier: '', finance: '' };
  let seen: string;
  let chat: Entry;
  let admins: Entry;

  before(async () => {
    // Cards of another flow are smuggled in, too.
    stage = await openReviewStage(['chat-users', 'platform-admins', 'incident-responders', 'pilot'], {
      policy: withPackages,
    });
    attack = attackOn(stage);
    chat = await stage.packet('manager', 'chat-users');
    admins = await stage.packet('manager', 'platform-admins');
    refs.chat = refOf(chat.card);
    refs.admins = refOf(admins.card);
    refs.securityAdmins = refOf(await stage.packet('security', 'platform-admins'));
    refs.responders = refOf(await stage.packet('manager', 'incident-responders'));
    refs.pilot = refOf(await stage.packet('engineer', 'pilot'));
    items.listed = (await stage.portal.reviewItem('manager', 'chat-users', 'finance')).id;
    items.own = (await stage.portal.reviewItem('manager', 'platform-admins', 'manager')).id;
    items.admins = (await stage.portal.reviewItem('manager', 'platform-admins', 'security')).id;
    items.operators = (await stage.portal.reviewItem('security', 'incident-responders', 'operator')).id;
    items.finance = (await stage.portal.reviewItem('finance', 'pilot', 'finance')).id;
    const [earlier] = earlierInstances(new Date());
    items.earlier = `${earlier?.rounds[0]?.id.slice(0, 24)}${'0'.repeat(12)}`;
    seen = String(dataOf(await stage.about('manager', chat, 'chat-users', 'finance'), 'reviews.keep').seen);
  });
  after(() => stage.close());

  const data = (more: object) => ({ ref: refs.chat, item: items.listed, seen, reason, ...more });

  describe('an item that is not theirs', () => {
    for (const verb of decisions) {
      it(`another reviewer’s item of the same review: ${verb}`, async () => {
        const sent = data({ ref: refs.responders, item: items.operators });
        const { code, text } = await attack('manager', verb, sent);
        assert.equal(code, 'reviews.not-yours');
        assert.match(text, /not yours to decide\. Nothing was changed/);
      });
      it(`an item of another review that is theirs there: ${verb}`, async () => {
        const { code } = await attack('manager', verb, data({ item: items.admins }));
        assert.equal(code, 'reviews.not-yours');
      });
      it(`an item that nobody has: ${verb}`, async () => {
        const { code } = await attack(
          'manager',
          verb,
          data({ item: '11111111-2222-4333-8444-555555555555' }),
        );
        assert.equal(code, 'reviews.not-yours');
      });
    }

    it('an item of the review before this one', async () => {
      const { code } = await attack('manager', 'reviews.remove', data({ item: items.earlier }));
      assert.equal(code, 'reviews.not-yours');
    });

    it('whoever may read every review in Entra decides no more than their own list', async () => {
      const card = await stage.packet('security', 'incident-responders');
      const { id } = await stage.portal.reviewItem('manager', 'incident-responders', 'engineer');
      const sent = { ref: refOf(card.card), item: id, seen, reason };
      assert.equal((await attack('security', 'reviews.remove', sent)).code, 'reviews.not-yours');
    });

    it('somebody else’s own access, in a review that asks everybody about themselves', async () => {
      const sent = data({ ref: refs.pilot, item: items.finance });
      assert.equal((await attack('engineer', 'reviews.keep', sent)).code, 'reviews.not-yours');
    });

    it('looking at another reviewer’s item shows nothing of it', async () => {
      const sent = { ref: refs.responders, mode: 'person', item: items.operators };
      const { code, text } = await attack('manager', 'reviews.show', sent);
      assert.equal(code, 'reviews.not-yours');
      assert.doesNotMatch(text, /Straand/);
    });
  });

  describe('a card that is not theirs', () => {
    const verbs: readonly (readonly [string, object])[] = [
      ['reviews.show', {}],
      ...decisions.map((verb) => [verb, { item: 'admins', seen: 'x', reason }] as const),
      ['reviews.bulk', { kind: 'remove' }],
      ['reviews.bulk-remove', { seen: 'x', reason }],
      ['reviews.bulk-keep', { seen: 'x', reason }],
    ];
    for (const [verb, more] of verbs) {
      const sent = () => ({ ...more, ...('item' in more ? { item: items.admins } : {}) });
      it(`the reference of another reviewer of the same review: ${verb}`, async () => {
        const { code, text } = await attack('manager', verb, { ref: refs.securityAdmins, ...sent() });
        assert.equal(code, 'flows.not-your-card');
        assert.match(text, /made for somebody else/);
      });
      it(`a reference that was guessed: ${verb}`, async () => {
        const { code } = await attack('manager', verb, { ref: 'AAAAAAAAAAAAAAAAAAAAAA', ...sent() });
        assert.equal(code, 'flows.unknown-card');
      });
    }

    it('somebody who reviews nothing uses a reviewer’s reference', async () => {
      const { code } = await attack('starter', 'reviews.keep', data({}));
      assert.equal(code, 'flows.not-your-card');
    });

    it('a guest uses a reviewer’s reference', async () => {
      assert.equal((await attack('guest', 'reviews.keep', data({}))).code, 'flows.not-your-card');
    });

    it('the reference of a card of another flow', async () => {
      await stage.say('manager', 'I need the research assistant');
      const form = await stage.card('manager', /Ask for access/);
      const { code } = await attack('manager', 'reviews.keep', data({ ref: refOf(form.card) }));
      assert.equal(code, 'flows.unknown-card');
    });
  });

  describe('what no card would have let them send', () => {
    const empty = [
      ['none', ''],
      ['blanks', '        '],
      ['characters nobody sees', '\u200b'.repeat(50)],
      ['refused words', 'asap please I need access for my work'],
      ['the same letter', 'a'.repeat(60)],
      ['too short', 'uses it'],
    ] as const;
    for (const [what, typed] of empty) {
      it(`the reason left out by hand: ${what}`, async () => {
        const { code, card } = await attack('manager', 'reviews.keep', data({ reason: typed }));
        assert.equal(code, 'reviews.reason');
        assert.equal(typeof card, 'object', 'the person’s card comes back, with what is missing');
      });
      if (what === 'none' || what === 'blanks') continue;
      it(`a reason that says nothing, for access that can do the most: ${what}`, async () => {
        const sent = { ref: refs.admins, item: items.admins, seen: await seenOfAdmin(), reason: typed };
        assert.equal((await attack('manager', 'reviews.unsure', sent)).code, 'reviews.reason');
      });
    }
    const seenOfAdmin = async (): Promise<string> =>
      String(
        dataOf(await stage.about('manager', admins, 'platform-admins', 'security'), 'reviews.remove').seen,
      );

    it('against what Entra recommends, without a reason', async () => {
      const sent = { ...data({ reason: '' }) };
      assert.equal((await attack('manager', 'reviews.remove', sent)).code, 'reviews.reason');
    });

    it('a look at the item that was made up', async () => {
      const { code, text } = await attack('manager', 'reviews.keep', data({ seen: 'AAAAAAAAAAAAAAAA' }));
      assert.equal(code, 'reviews.changed');
      assert.match(text, /Leilani Brandvold/);
    });

    it('an empty look', async () => {
      assert.equal((await attack('manager', 'reviews.keep', data({ seen: '' }))).code, 'reviews.changed');
    });

    it('their own access, kept by hand', async () => {
      const sent = { ref: refs.admins, item: items.own, seen: await seenOfAdmin(), reason };
      const { code, text } = await attack('manager', 'reviews.keep', sent);
      assert.equal(code, 'reviews.own-access');
      assert.match(text, /Nobody keeps their own access/);
    });

    it('taking back what nobody decided', async () => {
      assert.equal((await attack('manager', 'reviews.undo', data({}))).code, 'reviews.nothing-to-undo');
    });

    it('taking back what another reviewer decided', async () => {
      await stage.portal.decideReview('security', 'platform-admins', 'security', 'Deny', reason);
      const sent = { ref: refs.admins, item: items.admins, seen: await seenOfAdmin() };
      assert.equal((await attack('manager', 'reviews.undo', sent)).code, 'reviews.nothing-to-undo');
    });

    it('an old look, after the decision it was made on', async () => {
      const done = await stage.press('manager', chat.id, 'reviews.keep', data({}));
      assert.equal(done.statusCode, 200);
      const { code } = await attack('manager', 'reviews.remove', data({}));
      assert.equal(code, 'reviews.changed');
      const item = await stage.portal.reviewItem('manager', 'chat-users', 'finance');
      assert.deepEqual([item.decision, item.justification], ['Approve', reason]);
    });
  });

  it('no write of the whole story carried the bot’s own token', async () => {
    assert.ok((await stage.writes()).every(({ token }) => token === 'user'));
  });
});

describe('an outsider at the door of a review', () => {
  it('is turned away before anything is read or recorded', async () => {
    const stage = await openReviewStage([]);
    try {
      const value = { action: { type: 'Action.Execute', verb: 'reviews.list', data: {} } };
      const answer = await stage.post<{ status: number }>('/people/outsider/activities', {
        type: 'invoke',
        name: 'adaptiveCard/action',
        value,
      });
      assert.ok(answer.status >= 400 && answer.status < 500, `status ${answer.status}`);
      const users = (await stage.requests('graph')).filter(({ token }) => token === 'user');
      assert.deepEqual(users, []);
      const lines = await stage.store().db.selectFrom('audit').select('kind').execute();
      assert.ok(lines.every(({ kind }) => !kind.startsWith('action.')));
    } finally {
      await stage.close();
    }
  });
});
