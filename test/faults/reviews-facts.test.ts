import assert from 'node:assert/strict';
import { directoryPersonByKey } from '../../practice/world/reviewed-people.js';
import { earlierInstances } from '../../practice/world/reviews/history.js';
import { cardText } from '../support/card-text.js';
import { cardOf, dataOf, hasButton } from '../support/on-card.js';
import { withPackages } from '../support/one-flow.js';
import type { Card, Entry, FaultOrder } from '../support/remote-control.js';
import { openReviewStage, type ReviewStage } from '../support/review-stage.js';

const reason = 'Did not know what it is for when I asked';
const idOf = (key: string): string => directoryPersonByKey(key)?.id ?? '';
const forbidden = { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges.' } };

type Trouble = FaultOrder['do'];
const troubles: readonly Trouble[] = [{ status: 500 }, { status: 403, body: forbidden }];

interface Source {
  readonly name: string;
  /** Whom the card is about. */
  readonly whom: string;
  readonly path: (id: string) => string;
  /** What the card says of it when all is well, and what it must not say when nobody knows. */
  readonly well: RegExp;
  readonly says: RegExp;
  readonly never: RegExp;
}

const profile = (id: string): string => `^[^?]*/users/${id}\\?`;

const sources: readonly Source[] = [
  {
    name: 'who they are',
    whom: 'finance',
    path: profile,
    well: /Financial Controller/,
    says: /Entra does not (say|tell)/,
    never: /Gone|no longer in the directory|switched off/,
  },
  {
    name: 'their manager',
    whom: 'finance',
    path: (id) => `/users/${id}/manager`,
    well: /Manager\nOlumide Castellane/,
    says: /Manager\nEntra does not (say|tell)/,
    never: /names none|nobody/i,
  },
  {
    name: 'the sponsor of a guest',
    whom: 'contractor',
    path: (id) => `/users/${id}/sponsors`,
    well: /Sponsor: Wanjiru Halvorsen/,
    says: /Entra does not (say|tell)/,
    never: /Nobody is on record/,
  },
  {
    name: 'the groups they are in',
    whom: 'finance',
    path: (id) => `/users/${id}/memberOf`,
    well: /Access\nGiven directly/,
    says: /Access\nEntra does not (say|tell)/,
    never: /Given directly/,
  },
  {
    name: 'the groups within the group',
    whom: 'librarian',
    path: () => '/transitiveMembers',
    well: /Access\n.*AI Retrieval Connector Operators/,
    says: /Access\nEntra does not (say|tell)/,
    never: /Given directly|AI Retrieval Connector Operators/,
  },
  {
    name: 'what the packages they hold bring',
    whom: 'newcomer',
    path: () => '/accessPackages/',
    well: /Access\n.*AI research assistant - standard/,
    says: /Access\nEntra does not (say|tell)/,
    never: /Given directly/,
  },
  {
    name: 'the packages they hold',
    whom: 'newcomer',
    path: (id) => `/assignments?$filter=target/objectId eq '${id}'`,
    well: /Access\n.*AI research assistant - standard/,
    says: /Access\nEntra does not (say|tell)/,
    never: /Given directly/,
  },
  {
    name: 'the reviews before this one',
    whom: 'finance',
    path: () => '^[^?]*/instances(/filterByCurrentUser|\\?|$)',
    well: /Reviewed\n.*Olumide Castellane|Reviewed\n.*[Yy]ou/,
    says: /Reviewed\nEntra does not (say|tell)/,
    never: /Not in the last review/,
  },
  {
    name: 'what was decided last time',
    whom: 'finance',
    path: () => `/instances/${earlierInstances(new Date())[0]?.id}/decisions/`,
    well: /Reviewed\n.*Olumide Castellane|Reviewed\n.*[Yy]ou/,
    says: /Reviewed\nEntra does not (say|tell)/,
    never: /Not in the last review/,
  },
];

/** A fact that cannot be read is said to be missing, and never replaced by another: the person is decided about all the same. */
describe('facts that cannot be read', () => {
  let stage: ReviewStage;
  let message: Entry;
  /** A chat takes only so many messages: every few tests have a stage of their own. */
  const onStage = (): void => {
    before(async () => {
      stage = await openReviewStage([], { policy: withPackages });
    });
    beforeEach(async () => {
      await stage.reset();
      await stage.start(['chat-users']);
      message = await stage.packet('manager', 'chat-users');
    });
    after(() => stage.close());
  };

  const fail = (path: string, trouble: Trouble): Promise<unknown> =>
    stage.fault({ match: { service: 'graph', method: 'GET', path }, do: trouble, times: 1_000 });
  const about = (whom: string): Promise<Card> => stage.about('manager', message, 'chat-users', whom);
  const decideAbout = async (card: Card, whom: string): Promise<void> => {
    const data = { ...dataOf(card, 'reviews.remove'), reason };
    const answer = await stage.press('manager', message.id, 'reviews.remove', data);
    assert.equal(answer.statusCode, 200, JSON.stringify(answer.value));
    await stage.clearFaults();
    assert.equal((await stage.portal.reviewItem('manager', 'chat-users', whom)).decision, 'Deny');
  };

  for (const { name, whom, path, well, says, never } of sources) {
    describe(name, () => {
      onStage();

      it('shown when Entra tells', async () => {
        assert.match(cardText(await about(whom)), well);
      });

      for (const trouble of troubles) {
        it(`${trouble.status} leaves a card that says so, and can be decided`, async () => {
          await fail(path(idOf(whom)), trouble);
          const card = await about(whom);
          const text = cardText(card);
          assert.ok(text.includes(directoryPersonByKey(whom)?.displayName ?? '?'));
          assert.match(text, says);
          assert.doesNotMatch(text, never);
          await decideAbout(card, whom);
        });
      }
    });
  }

  describe('and all that is around them', () => {
    onStage();

    it('the package that brings the access back, looked up when the review is found: the card comes without its name', async () => {
      assert.match(cardText(await about('finance')), /ask for it again: AI research assistant - standard/);
      await fail('/accessPackages?', { status: 500 });
      await stage.start(['incident-responders']);
      const responders = await stage.packet('manager', 'incident-responders');
      const text = cardText(cardOf(await stage.show('manager', responders, { mode: 'one' })));
      assert.match(text, /They can ask for it again\./);
    });

    it('somebody who was deleted is called gone, and can be decided', async () => {
      const body = { error: { code: 'Request_ResourceNotFound', message: 'Resource does not exist.' } };
      await fail(profile(idOf('finance')), { status: 404, body });
      const card = await about('finance');
      assert.match(cardText(card), /Gone/);
      await decideAbout(card, 'finance');
    });

    it('throttled while it reads about a person: the card comes, with what could be read', async () => {
      await stage.fault({
        match: { service: 'graph', method: 'GET', path: `/users/${idOf('finance')}` },
        do: { status: 429 },
        times: 8,
      });
      const card = await about('finance');
      assert.match(cardText(card), /Leilani Brandvold/);
      await decideAbout(card, 'finance');
    });

    it('no insights: the last sign-in is said to be unknown, not to have been never', async () => {
      const item = await stage.portal.reviewItem('manager', 'chat-users', 'finance');
      await fail(`/decisions/${item.id}?`, { status: 200, body: item });
      const card = await about('finance');
      assert.match(cardText(card), /Entra does not (say|tell)/);
      assert.doesNotMatch(cardText(card), /Never signed in|No sign-in/i);
      await stage.clearFaults();
      await decideAbout(card, 'finance');
    });

    it('everything about a person is down at once: name and buttons are left', async () => {
      await fail(`/users/${idOf('finance')}`, { status: 500 });
      await fail('/entitlementManagement/', { status: 500 });
      await fail('/transitiveMembers', { status: 500 });
      await fail('^[^?]*/instances(/filterByCurrentUser|\\?|$)', { status: 500 });
      const card = await about('finance');
      assert.match(cardText(card), /Leilani Brandvold/);
      assert.doesNotMatch(cardText(card), /Gone|Not in the last review|Given directly|names none/);
      await decideAbout(card, 'finance');
    });

    for (const trouble of [...troubles, { status: 404 }]) {
      it(`a page with one person who cannot be read (${trouble.status}): every row is there, and the others are whole`, async () => {
        await fail(`/users/${idOf('dormant')}`, trouble);
        const page = cardOf(await stage.show('manager', message, { mode: 'list' }));
        const text = cardText(page);
        for (const name of [
          'Leilani Brandvold',
          'Tomasz Okonjeva',
          'Matteo Lindqvist-Osei',
          'Soraya Wetherby',
        ]) {
          assert.ok(text.includes(name), name);
        }
        for (const fact of ['Finance', 'IT Support', 'Account switched off', 'Lumenworks']) {
          assert.ok(text.includes(fact), fact);
        }
        const { id } = await stage.portal.reviewItem('manager', 'chat-users', 'dormant');
        const data = { ...dataOf(page, 'reviews.remove', { item: id }), reason };
        const answer = await stage.press('manager', message.id, 'reviews.remove', data);
        assert.equal(answer.statusCode, 200, JSON.stringify(answer.value));
        const { decision } = await stage.portal.reviewItem('manager', 'chat-users', 'dormant');
        assert.equal(decision, 'Deny');
      });
    }

    it('a page when nobody’s facts can be read at all: names and buttons stay', async () => {
      await stage.fault({
        match: { service: 'graph', method: 'POST', path: '/$batch' },
        do: { status: 500 },
        times: 100,
      });
      const page = cardOf(await stage.show('manager', message, { mode: 'list' }));
      assert.match(cardText(page), /Leilani Brandvold/);
      assert.doesNotMatch(cardText(page), /switched off/);
      assert.ok(hasButton(page, 'reviews.keep'));
    });
  });
});
