import assert from 'node:assert/strict';
import { connectorOperators, platformAdmins } from '../../practice/world/groups.js';
import { cardActions, cardText } from '../support/card-text.js';
import { openReviewStage, type ReviewStage } from '../support/review-stage.js';
import { saidIn } from '../support/said-in.js';

const groupsToDraft = (card: unknown) =>
  cardActions(card)
    .filter(({ verb }) => verb === 'reviews.draft')
    .map(({ data }) => data.group);

describe('reviews.plan', () => {
  let stage: ReviewStage;
  before(async () => {
    stage = await openReviewStage([]);
  });
  after(() => stage.close());

  it('lists the groups of the policy that are reviewed too seldom, and no others', async () => {
    await stage.say('security', 'reviews plan');
    const { card } = await stage.card('security', /AI Retrieval Connector Operators/);
    assert.deepEqual(groupsToDraft(card), [connectorOperators.id]);
    assert.doesNotMatch(cardText(card), new RegExp(platformAdmins.displayName));
  });

  it('reads the reviews with the token of whoever asks', async () => {
    const reads = (await stage.requests('graph')).filter(({ path }) => path.includes('/definitions'));
    assert.ok(reads.some(({ token }) => token === 'user'));
  });

  it('tells somebody who may not see them so in a plain sentence', async () => {
    await stage.say('engineer', 'what should be reviewed?');
    const { card } = await stage.card('engineer', /lets only administrators plan reviews/);
    assert.deepEqual(groupsToDraft(card), []);
  });

  it('takes no more than it asks for', async () => {
    const plan = await stage.card('security', /AI Retrieval Connector Operators/);
    const answer = await stage.press('security', plan.id, 'reviews.plan', { group: platformAdmins.id });
    assert.match(saidIn(answer), /does not fit the card/);
  });
});
