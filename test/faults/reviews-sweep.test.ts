import assert from 'node:assert/strict';
import { platformAdmins } from '../../practice/world/groups.js';
import { cardText } from '../support/card-text.js';
import { hasButton } from '../support/on-card.js';
import type { Entry } from '../support/remote-control.js';
import { openReviewPortal } from '../support/review-portal.js';
import { openReviewStage, type ReviewStage } from '../support/review-stage.js';
import { type StartedReview, startReview } from '../support/started-review.js';
import { until } from '../support/until.js';

const asks = /Who still needs AI Platform Admins/;

/** What happens to reviews in the portal is found by looking; looking must survive what cannot be read. */
describe('reviews that are begun, decided and ended in the portal', () => {
  let stage: ReviewStage;
  let portal: ReturnType<typeof openReviewPortal>;
  beforeEach(async () => {
    stage = await openReviewStage([]);
    portal = openReviewPortal(stage.url);
  });
  afterEach(() => stage.close());

  const begin = async (key = 'platform-admins'): Promise<StartedReview> => {
    const review = await startReview(stage, key);
    await stage.advance('PT1M');
    return review;
  };
  const place = ({ id: definition, instanceId: instance }: StartedReview) => ({ definition, instance });
  const decideAll = async (person: string, review: StartedReview) => {
    const { definition, instance } = place(review);
    for (const { id } of await portal.mine(person, definition, instance)) {
      await portal.decide(
        person,
        { definition, instance, id },
        { decision: 'Approve', justification: 'Runs the platform every day' },
      );
    }
  };
  const says = (person: string, card: Entry, fits: RegExp) => stage.says(person, card.id, fits);

  it('bring a card to every reviewer within a minute, and only one, also after a restart', async () => {
    await begin();
    await stage.card('manager', asks);
    await stage.card('security', asks);
    await stage.restartBot();
    await stage.advance('PT2H');
    await stage.advance('PT1M');
    await until('two more sweeps', async () => {
      const lists = (await stage.requests('graph')).filter(({ path }) => path.includes("eq 'InProgress'"));
      return lists.length >= 3;
    });
    assert.deepEqual(
      [
        (await stage.cardsThatSay('manager', asks)).length,
        (await stage.cardsThatSay('security', asks)).length,
      ],
      [1, 1],
    );
  });

  it('settle everybody’s card within a minute of the last decision made there', async () => {
    const review = await begin();
    const card = await stage.card('manager', asks);
    await decideAll('security', review);
    await stage.advance('PT1M');
    await says('manager', card, /Others have decided|Done, thank you/);
  });

  it('take a person off the card of whoever looks at them when somebody else decides in the portal', async () => {
    const review = await begin();
    const card = await stage.card('security', asks);
    const { definition, instance } = place(review);
    const [first] = await portal.mine('security', definition, instance);
    const name = first?.principal.displayName ?? '';
    await says('security', card, /Start/);
    await until('the reader’s own count', async () => {
      const packets = stage.store().db.selectFrom('packets').select('left_over');
      return (await packets.execute()).every(({ left_over }) => left_over === 2);
    });
    await stage.press('security', card.id, 'reviews.show', { mode: 'one' });
    await says('security', card, new RegExp(`Does ${name} still need`));
    await portal.decide(
      'manager',
      { definition, instance, id: first?.id ?? '' },
      { decision: 'Deny', justification: 'Left the platform team' },
    );
    await stage.advance('PT1M');
    await until('the next person', async () => {
      const text = await stage.text('security', card.id);
      return (
        !text.includes(`Does ${name}`) &&
        hasButton((await stage.entry('security', card.id)).card, 'reviews.remove')
      );
    });
  });

  it('take all buttons away when somebody stops them, and say so', async () => {
    await begin();
    const one = await stage.card('manager', asks);
    const two = await stage.card('security', asks);
    await stage.post('/reviews/platform-admins/stop', {});
    await stage.advance('PT1M');
    await says('manager', one, /This review was stopped/);
    await says('security', two, /This review was stopped/);
    assert.equal(hasButton((await stage.entry('manager', one.id)).card, 'reviews.show'), false);
  });

  it('pass from stage to stage', async () => {
    await begin('connector-operators');
    const first = await stage.card('appowner', /Who still needs AI Retrieval Connector Operators/);
    await stage.advance('P7DT1M');
    await says('appowner', first, /Others look at it now/);
    await stage.advance('PT1M');
    const next = await stage.card('security', /Who still needs AI Retrieval Connector Operators/);
    assert.match(cardText(next.card), /2 of 2/);
  });

  it('reach the others although one of them cannot be read', async () => {
    await stage.fault({
      match: { service: 'graph', method: 'GET', path: `/groups/${platformAdmins.id}` },
      do: { status: 404 },
      times: 10_000,
    });
    await stage.post('/reviews/start', { reviews: ['platform-admins', 'chat-users', 'retrieval-app'] });
    await stage.advance('PT1M');
    await stage.card('manager', /Who still needs AI Chat Users/);
    await stage.card('appowner', /Who still needs the application/);
    await stage.card('security', /AI Platform Admins/);
  });

  it('are found after trouble that passes', async () => {
    await stage.fault({
      match: { service: 'graph', method: 'GET', path: 'accessReviews/definitions' },
      do: { status: 503 },
      times: 6,
    });
    await begin();
    await until('a failed look', async () =>
      (await stage.requests('graph')).some(({ status }) => status === 503),
    );
    for (let minutes = 0; minutes < 3; minutes += 1) await stage.advance('PT1M');
    await stage.card('manager', asks);
  });

  it('are found after a reset that turns the clock back', async () => {
    await stage.advance('P2D');
    await begin();
    await stage.card('manager', asks);
    await stage.reset();
    await begin();
    await stage.card('manager', asks);
  });
});
