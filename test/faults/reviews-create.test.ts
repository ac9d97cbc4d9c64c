import assert from 'node:assert/strict';
import { connectorOperators } from '../../practice/world/groups.js';
import { cardText } from '../support/card-text.js';
import { dataOf } from '../support/on-card.js';
import { openReviewPortal } from '../support/review-portal.js';
import { openReviewStage, type ReviewStage } from '../support/review-stage.js';
import { until } from '../support/until.js';

interface Definition {
  readonly id: string;
  readonly displayName: string;
}

/** An administrator deletes in the portal what was made here: it is not there any more, whatever the bot remembers. */
describe('a review that was deleted in Entra after it was made here', () => {
  let stage: ReviewStage;
  before(async () => {
    stage = await openReviewStage([]);
  });
  beforeEach(() => stage.reset());
  after(() => stage.close());

  const all = async (): Promise<readonly Definition[]> =>
    (await openReviewPortal(stage.url).graph<{ value: readonly Definition[] }>('security', 'GET', '')).value;
  const made = async () => (await all()).filter(({ displayName }) => displayName.startsWith('Members of'));
  const posts = async () => (await stage.writes()).filter(({ method }) => method === 'POST');
  const draft = async () => {
    await stage.say('security', 'reviews plan');
    const plan = await stage.card('security', /AI Retrieval Connector Operators/);
    await stage.press('security', plan.id, 'reviews.draft', { group: connectorOperators.id });
    const preview = await stage.card('security', /Wanjiru Halvorsen/);
    return { id: preview.id, data: dataOf(preview.card, 'reviews.create') };
  };
  /** Entra answers as if it had never been there, until the fault is taken away. */
  const deleteMade = async (): Promise<void> => {
    const value = (await all()).filter(({ displayName }) => !displayName.startsWith('Members of'));
    const match = { service: 'graph', method: 'GET', path: '^[^?]*/accessReviews/definitions(\\?|$)' };
    await stage.fault({ match, do: { status: 200, body: { value } }, times: 1_000 });
  };

  it('is planned again, and made again', async () => {
    const first = await draft();
    await stage.press('security', first.id, 'reviews.create', first.data);
    assert.equal((await made()).length, 1);
    await deleteMade();
    const second = await draft();
    const pressed = stage.press('security', second.id, 'reviews.create', second.data);
    await until('the second review', async () => (await posts()).length === 2);
    await stage.clearFaults();
    const answer = await pressed;
    assert.match(cardText(answer.value), /Members of AI Retrieval Connector Operators, quarterly/);
    assert.doesNotMatch(cardText(answer.value), /not made|did not make/i);
    assert.equal((await made()).length, 2);

    await stage.press('security', second.id, 'reviews.create', second.data);
    assert.equal((await posts()).length, 2, 'once, however often it is pressed');
  });

  it('is not made again by the old button delivered once more', async () => {
    const { id, data } = await draft();
    await stage.press('security', id, 'reviews.create', data);
    await deleteMade();
    await stage.press('security', id, 'reviews.create', data);
    assert.equal((await posts()).length, 1);
  });
});
