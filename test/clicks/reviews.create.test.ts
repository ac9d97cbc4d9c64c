import assert from 'node:assert/strict';
import { connectorOperators } from '../../practice/world/groups.js';
import { personByKey } from '../../practice/world/people.js';
import { cardText } from '../support/card-text.js';
import { dataOf } from '../support/on-card.js';
import { openReviewPortal } from '../support/review-portal.js';
import { openReviewStage, type ReviewStage } from '../support/review-stage.js';
import { saidIn } from '../support/said-in.js';

interface Made {
  readonly id: string;
  readonly displayName: string;
  readonly createdBy: { readonly id: string };
  readonly scope: { readonly query: string };
  readonly reviewers: readonly { readonly query: string }[];
  readonly settings: Readonly<Record<string, unknown>>;
}

const posts = { service: 'graph', method: 'POST', path: '/accessReviews/definitions' };

describe('reviews.create', () => {
  let stage: ReviewStage;
  before(async () => {
    stage = await openReviewStage([]);
  });
  beforeEach(() => stage.reset());
  after(() => stage.close());

  async function drafted(person = 'security') {
    await stage.say(person, 'reviews plan');
    const plan = await stage.card(person, /AI Retrieval Connector Operators/);
    await stage.press(person, plan.id, 'reviews.draft', dataOf(plan.card, 'reviews.draft'));
    const preview = await stage.card(person, /Wanjiru Halvorsen/);
    return { id: preview.id, data: dataOf(preview.card, 'reviews.create') };
  }

  async function made(): Promise<readonly Made[]> {
    const { value } = await openReviewPortal(stage.url).graph<{ value: readonly Made[] }>(
      'security',
      'GET',
      '',
    );
    return value.filter(({ displayName }) => displayName.startsWith('Members of'));
  }

  it('delivered three times makes one review, and every answer shows it', async () => {
    const { id, data } = await drafted();
    const answer = await stage.press('security', id, 'reviews.create', data, { deliver: 3 });
    assert.equal(answer.statusCode, 200);
    const again = await stage.press('security', id, 'reviews.create', data);
    for (const each of [answer, again]) {
      assert.match(cardText(each.value), /Members of AI Retrieval Connector Operators, quarterly/);
    }
    assert.equal((await made()).length, 1);
    assert.equal((await stage.writes()).length, 1);
  });

  it('makes what was previewed, in the name of whoever pressed', async () => {
    const { id, data } = await drafted();
    await stage.press('security', id, 'reviews.create', data);
    const [review] = await made();
    assert.ok(review);
    assert.equal(review.createdBy.id, personByKey('security')?.id);
    assert.equal(review.scope.query, `/groups/${connectorOperators.id}/transitiveMembers`);
    assert.deepEqual(
      review.reviewers.map(({ query }) => query),
      ['./owners'],
    );
    const { justificationRequiredOnApproval, defaultDecision, autoApplyDecisionsEnabled } = review.settings;
    assert.deepEqual(
      { justificationRequiredOnApproval, defaultDecision, autoApplyDecisionsEnabled },
      { justificationRequiredOnApproval: true, defaultDecision: 'Deny', autoApplyDecisionsEnabled: false },
    );
    const [write] = await stage.writes();
    assert.equal(write?.token, 'user');
  });

  it('takes the group off the plan', async () => {
    const { id, data } = await drafted();
    await stage.press('security', id, 'reviews.create', data);
    await stage.say('security', 'reviews plan');
    const plan = await stage.card('security', /./);
    assert.doesNotMatch(cardText(plan.card), /AI Retrieval Connector Operators/);
  });

  it('shows the preview again when it is not the one that was seen', async () => {
    const { id, data } = await drafted();
    await stage.advance('P1D');
    const answer = await stage.press('security', id, 'reviews.create', data);
    assert.match(cardText(answer.value), /Something changed since you looked/);
    assert.deepEqual(await stage.writes(), []);
    const preview = await stage.card('security', /Something changed since you looked/);
    await stage.press('security', id, 'reviews.create', dataOf(preview.card, 'reviews.create'));
    assert.equal((await made()).length, 1);
  });

  it('makes nothing without a preview of one’s own, and nothing for who may not', async () => {
    const { data } = await drafted();
    await stage.say('engineer', 'help');
    const card = await stage.card('engineer', /./);
    const answer = await stage.press('engineer', card.id, 'reviews.create', data);
    assert.match(saidIn(answer), /do not know this card/);
    assert.deepEqual(await stage.writes(), []);
  });

  it('takes the lost answer of the POST for what it was: one review, found again', async () => {
    const { id, data } = await drafted();
    await stage.fault({ match: posts, do: { drop: true, afterEffect: true } });
    const answer = await stage.press('security', id, 'reviews.create', data);
    assert.match(cardText(answer.value), /Members of AI Retrieval Connector Operators, quarterly/);
    assert.equal((await made()).length, 1);
  });

  it('says so when Entra takes the right away at the last moment, and the button works again', async () => {
    const { id, data } = await drafted();
    const body = { error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges.' } };
    await stage.fault({ match: posts, do: { status: 403, body } });
    const refused = await stage.press('security', id, 'reviews.create', data);
    assert.match(saidIn(refused), /lets only administrators plan reviews/);
    await stage.press('security', id, 'reviews.create', data);
    assert.equal((await made()).length, 1);
  });

  it('a Graph that is down: on its way, then "not made", and a fresh preview works', async () => {
    const { id, data } = await drafted();
    await stage.fault({ match: posts, do: { status: 503, retryAfter: 60 }, times: 20 });
    const down = await stage.press('security', id, 'reviews.create', data);
    assert.match(cardText(down.value), /being made/i);
    await stage.clearFaults();
    await stage.advance('PT2M');
    const told = await stage.card('security', /Entra did not make this review/);
    await stage.press('security', told.id, 'reviews.draft', { group: connectorOperators.id });
    const preview = await stage.card('security', /Wanjiru Halvorsen/);
    await stage.press('security', preview.id, 'reviews.create', dataOf(preview.card, 'reviews.create'));
    assert.equal((await made()).length, 1);
  });
});
