import assert from 'node:assert/strict';
import { day, hour, minute } from '../../../src/base/clock.js';
import { sweepOnce } from '../../../src/flows/reviews/sweep/discover.js';
import { follow } from '../../../src/flows/reviews/sweep/follow.js';
import { newReview } from '../../graph/new-review.js';
import { idOf } from '../../graph/practice-graph.js';
import { openQuietHouse, type QuietHouse } from '../../support/quiet-house.js';

const governance = 'AccessReview.ReadWrite.All';

describe('reviews that began', () => {
  let house: QuietHouse;
  beforeEach(async () => {
    house = await openQuietHouse();
  });
  afterEach(() => house.close());

  const start = (...reviews: string[]) => house.remote('/reviews/start', { reviews });
  const packets = (person?: string) => house.pictures('reviews.packet', person);
  const rows = () => house.services.store.db.selectFrom('reviews').selectAll().execute();
  const follows = () => house.runAll('reviews.follow', follow(house.services));

  it('reach everybody who has to review, once, with what is under review in plain words', async () => {
    await start('platform-admins', 'standard-package', 'ai-administrators', 'retrieval-app', 'pilot');
    const first = await sweepOnce(house.services);
    assert.deepEqual([first.definitions, first.looked, first.opened], [5, 5, 8]);
    assert.equal((await sweepOnce(house.services)).opened, 0);
    await house.advance(2 * hour);
    assert.deepEqual(
      [(await sweepOnce(house.services)).opened, (await packets()).length],
      [0, 8],
      'not when it is looked at again, either',
    );
    const views = (await packets(idOf('security'))).map(({ view }) => view);
    assert.deepEqual(
      views.map(({ subject, progress }) => [subject.kind, subject.name, subject.tier, progress.total]),
      [
        ['group', 'AI Platform Admins', 'privileged', 2],
        ['role', 'AI Administrator', 'privileged', 3],
      ],
    );
    assert.equal(views[0].subject.owners, 'Olumide Castellane');
    assert.equal(views[0].dueDays, 7);
    const [pilot] = (await packets(idOf('engineer'))).map(({ view }) => view.subject);
    assert.deepEqual([pilot.noOwner, pilot.noDescription], [true, true]);
    const [app] = (await packets(idOf('appowner'))).map(({ view }) => view.subject);
    assert.deepEqual([app.kind, app.name, app.noOwner], ['application', 'AI Retrieval Connector', false]);
  });

  it('are found when Entra makes them some time after somebody planned them', async () => {
    const admin = await house.graph.as('security', governance);
    await admin.post('/identityGovernance/accessReviews/definitions', {
      ...newReview,
      settings: { ...newReview.settings, recurrence: undefined },
    });
    const swept = await sweepOnce(house.services);
    await house.advance(20_000);
    const again = await sweepOnce(house.services);
    assert.deepEqual([swept.opened + again.opened, (await packets(idOf('appowner'))).length], [1, 1]);
  });

  it('cost as many calls as there is news, not as many as there are series', async () => {
    const admin = await house.graph.as('security', governance);
    for (let made = 0; made < 60; made += 1) {
      await admin.post('/identityGovernance/accessReviews/definitions', {
        ...newReview,
        displayName: `Operators ${made}`,
        settings: { ...newReview.settings, recurrence: undefined },
      });
    }
    await house.advance(minute);
    const first = await sweepOnce(house.services, { round: 0, after: '' });
    assert.deepEqual([first.looked, first.opened], [60, 60]);
    const quiet = await sweepOnce(house.services, { round: 1, after: '' });
    const other = await sweepOnce(house.services, { round: 0, after: '' });
    assert.deepEqual([quiet.looked, quiet.changed, other.looked], [0, 0, 0]);
    assert.deepEqual([quiet.watched, other.watched], [60, 60]);
    assert.ok(quiet.requests <= 8, `${quiet.requests} requests for 60 quiet reviews`);
    assert.equal(
      quiet.calls + other.calls,
      2 * (1 + 60) + 60,
      'a list and a count of each; each state in turn',
    );
    await start('platform-admins');
    const news = await sweepOnce(house.services, { round: 1, after: '' });
    assert.deepEqual([news.looked, news.opened], [1, 2]);
    assert.ok(news.calls - quiet.calls <= 12, `${news.calls - quiet.calls} calls for one review that began`);
  });

  it('have a card although what they are about cannot be read', async () => {
    await house.remote('/faults', {
      match: { service: 'graph', method: 'GET', path: '/groups/' },
      do: { status: 403 },
      times: 100,
    });
    await start('chat-users');
    await sweepOnce(house.services);
    const [card] = await packets(idOf('manager'));
    assert.equal(card?.view.subject.name, 'AI Chat Users');
  });

  it('that are stopped are over for everybody, and their consequences are looked after', async () => {
    await start('platform-admins');
    await sweepOnce(house.services);
    await house.remote('/reviews/platform-admins/stop', {});
    assert.equal((await sweepOnce(house.services)).changed, 1);
    assert.equal((await rows())[0]?.state, 'stopped');
    await follows();
    const cards = await packets();
    assert.deepEqual(
      cards.map(({ state, view }) => [state, view.why, view.ref]),
      [
        ['final', 'stopped', ''],
        ['final', 'stopped', ''],
      ],
    );
    assert.equal((await house.jobs('reviews.tell')).length, 1);
    assert.equal((await house.jobs('reviews.quality')).length, 1);
    assert.equal((await sweepOnce(house.services)).changed, 0);
  });

  it('end on their day, and the next of the series gets cards of its own', async () => {
    await start('platform-admins');
    await sweepOnce(house.services);
    await house.advance(7 * day + minute);
    await sweepOnce(house.services);
    await follows();
    assert.deepEqual(
      (await packets()).map(({ view }) => view.why),
      ['ended', 'ended'],
    );
    await house.advance(25 * day);
    await sweepOnce(house.services);
    await house.advance(minute);
    await sweepOnce(house.services);
    const open = (await packets()).filter(({ state }) => state === 'open');
    assert.deepEqual(open.length, 2);
    assert.equal((await rows()).length, 2);
  });

  it('with stages ask those of the next stage, and tell those of the one before', async () => {
    await start('connector-operators');
    await sweepOnce(house.services);
    assert.deepEqual(
      (await packets()).map(({ person, view }) => [person, view.stage]),
      [[idOf('appowner'), '1 of 2']],
    );
    await house.advance(7 * day + minute);
    await sweepOnce(house.services);
    await sweepOnce(house.services);
    await follows();
    const before = await packets(idOf('appowner'));
    assert.deepEqual(
      before.map(({ state, view }) => [state, view.why]),
      [['final', 'stage']],
    );
    const [next] = await packets(idOf('security'));
    assert.deepEqual([next?.view.stage, next?.state], ['2 of 2', 'open']);
    assert.equal((await rows())[0]?.state, 'running');
  });

  it('with stages ask only those of this stage, also who was asked in the one before', async () => {
    const admin = await house.graph.as('security', governance);
    const by = (...people: string[]) =>
      people.map((key) => ({ query: `/users/${idOf(key)}`, queryType: 'MicrosoftGraph' }));
    const stage = (stageId: string, reviewers: readonly object[], dependsOn: readonly string[]) => ({
      ...{ stageId, reviewers, dependsOn, durationInDays: 3 },
      decisionsThatWillMoveToNextStage: ['NotReviewed'],
    });
    await admin.post('/identityGovernance/accessReviews/definitions', {
      ...newReview,
      reviewers: [],
      settings: { ...newReview.settings, recurrence: undefined },
      stageSettings: [
        stage('1', by('manager', 'appowner'), []),
        stage('2', by('appowner', 'security'), ['1']),
      ],
    });
    await house.advance(minute);
    await sweepOnce(house.services);
    await house.advance(3 * day + minute);
    await sweepOnce(house.services);
    await sweepOnce(house.services);
    await follows();
    const open = (await packets()).filter(({ state }) => state === 'open');
    assert.deepEqual(
      open.map(({ person, view }) => [person, view.stage]).sort(),
      [
        [idOf('appowner'), '2 of 2'],
        [idOf('security'), '2 of 2'],
      ].sort(),
    );
  });

  it('follow a change of reviewers: the new one is asked, who was taken off is told', async () => {
    const asked = (...people: string[]) =>
      house.remote('/faults', {
        match: { service: 'graph', method: 'GET', path: 'contactedReviewers' },
        do: {
          status: 200,
          body: { value: people.map((key) => ({ id: idOf(key), displayName: key, createdDateTime: null })) },
        },
        times: 1,
      });
    await start('platform-admins');
    await asked('manager', 'security');
    await sweepOnce(house.services);
    await house.advance(2 * hour);
    await asked();
    await sweepOnce(house.services);
    await asked('security', 'helpdesk');
    await house.advance(2 * hour);
    await sweepOnce(house.services);
    const cards = await packets();
    assert.deepEqual(
      cards.map(({ person, state, view }) => [person, state, view.why]).sort(),
      [
        [idOf('manager'), 'final', 'removed'],
        [idOf('security'), 'open', undefined],
        [idOf('helpdesk'), 'open', undefined],
      ].sort(),
      'and an empty list takes nothing from anybody',
    );
  });

  it('are left alone where the flow is off', async () => {
    const { sweep } = await import('../../../src/flows/reviews/sweep/discover.js');
    const off = {
      ...house.services.policy,
      flows: { packages: 'act', reviews: 'off', pim: 'off', recovery: 'off' } as const,
    };
    await start('platform-admins');
    const result = await house.run(sweep({ ...house.services, policy: off }), {});
    assert.equal(result.kind, 'again');
    assert.deepEqual(await rows(), []);
  });

  it('take turns, begin anew with everything, and go on after trouble where they were', async () => {
    const { sweep } = await import('../../../src/flows/reviews/sweep/discover.js');
    const next = async (payload: object) => {
      const result = await house.run(sweep(house.services), payload);
      return result.kind === 'again' ? result.payload : undefined;
    };
    assert.deepEqual(await next({}), { next: { round: 1, after: '' } });
    assert.deepEqual(await next({ next: { round: 1, after: 'a card' } }), { next: { round: 0, after: '' } });
    const broken = { ...house.services, graph: { ...house.services.graph, reader: () => assert.fail('no') } };
    const result = await house.run(sweep(broken), { next: { round: 0, after: 'a card' } });
    assert.deepEqual(result.kind === 'again' && result.payload, { next: { round: 1, after: 'a card' } });
  });
});
