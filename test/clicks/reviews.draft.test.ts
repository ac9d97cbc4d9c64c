import assert from 'node:assert/strict';
import { connectorOperators, platformAdmins, researchArchive } from '../../practice/world/groups.js';
import { cardText } from '../support/card-text.js';
import { dataOf } from '../support/on-card.js';
import { openReviewStage, type ReviewStage } from '../support/review-stage.js';
import { saidIn } from '../support/said-in.js';

describe('reviews.draft', () => {
  let stage: ReviewStage;
  let plan: Awaited<ReturnType<ReviewStage['card']>>;
  before(async () => {
    stage = await openReviewStage([]);
    await stage.say('security', 'reviews plan');
    plan = await stage.card('security', /AI Retrieval Connector Operators/);
  });
  after(() => stage.close());

  const draft = (person: string, group: string) => stage.press(person, plan.id, 'reviews.draft', { group });

  it('shows the whole review before anything is made: who, how often, by whom', async () => {
    await stage.press('security', plan.id, 'reviews.draft', dataOf(plan.card, 'reviews.draft'));
    const preview = await stage.card('security', /Wanjiru Halvorsen/);
    assert.match(cardText(preview.card), /Members of AI Retrieval Connector Operators, quarterly/);
    const { group, seen } = dataOf(preview.card, 'reviews.create');
    assert.equal(group, connectorOperators.id);
    assert.match(String(seen), /^[\w-]{22}$/);
    assert.deepEqual(await stage.writes(), []);
  });

  it('turns away a group that is reviewed often enough, and one that the policy does not name', async () => {
    assert.match(saidIn(await draft('security', platformAdmins.id)), /already reviewed as often/);
    assert.match(saidIn(await draft('security', researchArchive.id)), /not one of those/);
  });

  it('turns away who may not plan reviews, and what is not a group at all', async () => {
    await stage.say('engineer', 'reviews plan');
    const card = await stage.card('engineer', /lets only administrators/);
    const answer = await stage.press('engineer', card.id, 'reviews.draft', { group: connectorOperators.id });
    assert.match(saidIn(answer), /lets only administrators/);
    assert.match(saidIn(await draft('security', '../users')), /does not fit the card/);
    assert.deepEqual(await stage.writes(), []);
  });

  it('leaves a line in the record for what was turned away', async () => {
    const rows = await stage
      .store()
      .db.selectFrom('audit')
      .select('data')
      .where('kind', '=', 'click.refused')
      .where('data', 'like', '%reviews.draft%')
      .execute();
    const codes = rows.map(({ data }) => JSON.parse(data).code);
    assert.deepEqual(codes, [
      'reviews.reviewed-enough',
      'reviews.not-in-plan',
      'reviews.plan-closed',
      'flows.bad-input',
    ]);
  });
});
