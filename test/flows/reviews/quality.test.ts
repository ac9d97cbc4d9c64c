import assert from 'node:assert/strict';
import { enqueue } from '../../../src/jobs/enqueue.js';
import { cardText } from '../../support/card-text.js';
import { openReviewPortal } from '../../support/review-portal.js';
import { openReviewStage, type ReviewStage } from '../../support/review-stage.js';
import { type StartedReview, startReview } from '../../support/started-review.js';
import { until } from '../../support/until.js';

const hour = 3_600_000;

/** Quiet hours around the moment the test runs. */
function quietNow(text: string): string {
  const at = (ms: number) => new Date(Date.now() + ms).toISOString().slice(11, 16);
  const quiet = `quiet:\n    from: "${at(-hour)}"\n    to: "${at(2 * hour)}"`;
  return text.replace(/timeZone: .*/, `timeZone: UTC\n  ${quiet}`);
}

describe('the quality of a review, told to whoever set it up', () => {
  let stage: ReviewStage;
  let review: StartedReview;
  before(async () => {
    stage = await openReviewStage([], { policy: quietNow });
    review = await startReview(stage, 'chat-users');
    await stage.advance('PT1M');
    await until('the review to be known', async () => (await rowsOf('reviews')) === 1, 30_000);
    await decideAll();
    await stage.post('/reviews/chat-users/stop', {});
    await stage.advance('PT1M');
  });
  after(() => stage.close());

  async function decideAll() {
    const portal = openReviewPortal(stage.url);
    const place = { definition: review.id, instance: review.instanceId };
    for (const { id } of await portal.mine('manager', place.definition, place.instance)) {
      const justification = 'Known to me from the weekly meeting';
      await portal.decide('manager', { ...place, id }, { decision: 'Approve', justification });
    }
  }

  const rowsOf = async (table: 'reviews') =>
    (
      await stage
        .store()
        .db.selectFrom(table)
        .selectAll()
        .where('instance_id', '=', review.instanceId)
        .execute()
    ).length;
  const cards = () =>
    stage
      .store()
      .db.selectFrom('cards')
      .selectAll()
      .where('purpose', '=', `reviews.quality:${review.instanceId}`)
      .execute();
  const waitingJob = async () => {
    const job = await stage
      .store()
      .db.selectFrom('jobs')
      .select('run_at')
      .where('kind', '=', 'reviews.quality')
      .where('lease_owner', 'is', null)
      .executeTakeFirst();
    return job !== undefined && job.run_at > Date.now() + hour;
  };

  it('waits for the end of the quiet hours', async () => {
    await until('the job to wait', waitingJob, 60_000);
    assert.deepEqual(await cards(), []);
  });

  it('comes then, with the numbers, the hasty reviewer and what was written', async () => {
    await stage.advance('PT3H');
    const { card } = await stage.card('security', /Known to me from the weekly meeting/);
    const text = cardText(card);
    assert.match(text, /AI Chat Users, quarterly/);
    assert.match(text, /Olumide Castellane/);
    assert.match(text, /100/);
  });

  it('comes once, also when it is asked for again', async () => {
    const payload = { instance: review.instanceId };
    const clock = { now: () => new Date() };
    const { store } = stage;
    await store().write((tx) => enqueue(tx, clock, { kind: 'reviews.quality', key: 'again', payload }));
    await stage.advance('PT1M');
    await until('the job to be done', async () => {
      const job = await store()
        .db.selectFrom('jobs')
        .select('id')
        .where('key', '=', 'again')
        .executeTakeFirst();
      return job === undefined;
    });
    const [told, ...more] = await cards();
    assert.equal(told?.state, 'final');
    assert.deepEqual(more, []);
    const shown = (await stage.timeline('security')).filter(({ card }) =>
      /Known to me from the weekly meeting/.test(cardText(card)),
    );
    assert.equal(shown.length, 1);
  });
});
