import assert from 'node:assert/strict';
import { cardActions, cardText } from '../support/card-text.js';
import { cardOf, refOf } from '../support/on-card.js';
import { openReviewStage, type ReviewStage } from '../support/review-stage.js';

/** Verbs with which something is decided. */
const decides = /keep|remove|unsure|undo|bulk/;

/** Titles of the buttons that a person sees. */
const titles = (card: unknown): string =>
  cardActions(card)
    .map(({ title }) => title)
    .join('\n');

describe('reviews.show: the card of a review', () => {
  let stage: ReviewStage;
  before(async () => {
    stage = await openReviewStage(['chat-users', 'platform-admins', 'pilot']);
  });
  after(() => stage.close());

  it('says what it opens, who owns it, until when, how far its reader is, and in whose words', async () => {
    const text = cardText((await stage.packet('manager', 'chat-users')).card);
    assert.match(text, /Who still needs AI Chat Users\?/);
    assert.match(text, /May talk to the research assistant\./);
    assert.match(text, /Owner\nWanjiru Halvorsen/);
    assert.match(text, /Due in 14 days/);
    assert.match(text, /Decided on your list: 0 of 9 people/);
    assert.match(text, /Keep the people who still use the research assistant for their work\./);
    assert.doesNotMatch(text, /tidying up/i);
  });

  it('names the care that it takes', async () => {
    assert.match(cardText((await stage.packet('manager', 'platform-admins')).card), /\bPrivileged\b/);
    assert.match(cardText((await stage.packet('finance', 'pilot')).card), /\bSensitive\b/);
    const standard = cardText((await stage.packet('manager', 'chat-users')).card);
    assert.doesNotMatch(standard, /\b(Sensitive|Privileged)\b/);
  });

  it('warns of a group without an owner and without a description', async () => {
    const text = cardText((await stage.packet('finance', 'pilot')).card);
    assert.match(text, /Nobody owns this group\./);
    assert.match(text, /It has no description\./);
  });

  it('offers only what its reader may do in one go', async () => {
    const standard = titles((await stage.packet('manager', 'chat-users')).card);
    assert.match(standard, /Remove the 3 /);
    assert.match(standard, /Keep the other 5/);
    const privileged = titles((await stage.packet('security', 'platform-admins')).card);
    assert.doesNotMatch(privileged, /Keep the other|Keep all/);
  });

  it('tells of a review that was ended, and leaves nothing to decide with', async () => {
    const message = await stage.packet('finance', 'pilot');
    await stage.post('/reviews/pilot/stop', {});
    const over = cardOf(await stage.show('finance', message, { mode: 'one' }));
    assert.match(cardText(over), /stopped|ended/i);
    assert.deepEqual(
      cardActions(over).filter(({ verb }) => decides.test(verb)),
      [],
    );
  });

  it('counts on when somebody was decided about', async () => {
    const message = await stage.packet('manager', 'platform-admins');
    await stage.portal.decideReview(
      'manager',
      'platform-admins',
      'security',
      'Deny',
      'Moved to another task',
    );
    const home = cardOf(await stage.show('manager', message, { mode: 'home' }));
    assert.match(cardText(home), /Decided on your list: 1 of 2 people/);
  });
});

describe('reviews.show to somebody whom it does not concern', () => {
  let stage: ReviewStage;
  before(async () => {
    stage = await openReviewStage(['incident-responders']);
  });
  after(() => stage.close());

  it('is refused about the people of another reviewer, even to whoever may read everything', async () => {
    const message = await stage.packet('security', 'incident-responders');
    assert.match(cardText(message.card), /0 of 1 person/);
    const { id } = await stage.portal.reviewItem('manager', 'incident-responders', 'engineer');
    const answer = await stage.show('security', message, { mode: 'person', item: id });
    assert.match(JSON.stringify(answer.value), /This is not yours to decide/);
    assert.deepEqual(await stage.refusals(), ['reviews.not-yours']);
  });

  it('is refused with a reference out of somebody else’s card', async () => {
    const [mine, theirs] = await Promise.all([
      stage.packet('security', 'incident-responders'),
      stage.packet('manager', 'incident-responders'),
    ]);
    const before = (await stage.refusals()).length;
    const data = { ref: refOf(theirs.card), mode: 'list' };
    const answer = await stage.press('security', mine.id, 'reviews.show', data);
    assert.match(JSON.stringify(answer.value), /made for somebody else/);
    assert.deepEqual((await stage.refusals()).slice(before), ['flows.not-your-card']);
  });
});

describe('reviews.show: in stages', () => {
  let stage: ReviewStage;
  before(async () => {
    stage = await openReviewStage(['connector-operators']);
  });
  after(() => stage.close());

  it('asks only the reviewers of the stage that is at work, then only those of the next', async () => {
    const first = await stage.packet('appowner', 'connector-operators');
    assert.match(cardText(first.card), /Stage\n1 of 2/);
    const early = (await stage.timeline('security')).filter(({ card }) =>
      cardText(card).includes('AI Retrieval Connector Operators'),
    );
    assert.deepEqual(early, []);

    await stage.portal.decideReview(
      'appowner',
      'connector-operators',
      'librarian',
      'Approve',
      'Indexes the library every Monday',
    );
    await stage.portal.stopStage('security', 'connector-operators');
    await stage.advance('PT20S');
    await stage.advance('PT20S');

    const second = await stage.packet('security', 'connector-operators');
    assert.match(cardText(second.card), /Stage\n2 of 2/);
    const text = cardText(await stage.about('security', second, 'connector-operators', 'librarian'));
    assert.match(text, /Earlier stage/);
    assert.match(text, /Wanjiru Halvorsen kept this/);
    assert.match(text, /Indexes the library every Monday/);
  });

  it('leaves the reviewer of the earlier stage a card without buttons that says why', async () => {
    const over = await stage.card('appowner', /stage/i);
    const decided = cardActions(over.card).filter(({ verb }) => decides.test(verb));
    assert.deepEqual(decided, []);
  });
});
