import assert from 'node:assert/strict';
import { hour, minute } from '../../../src/base/clock.js';
import { aboutOf, openPacket } from '../../../src/flows/reviews/packets.js';
import { sweepOnce } from '../../../src/flows/reviews/sweep/discover.js';
import { endStages } from '../../../src/flows/reviews/sweep/end-stages.js';
import { follow } from '../../../src/flows/reviews/sweep/follow.js';
import { idOf } from '../../graph/practice-graph.js';
import { openQuietHouse, type QuietHouse } from '../../support/quiet-house.js';

const base = '/identityGovernance/accessReviews/definitions';
const someId = '[0-9a-f-]{36}';
const lists = `^.*/definitions/${someId}/instances(\\?|$)`;
const byId = `^.*/instances/${someId}(\\?|$)`;

/** Entra answers late, short, or in words nobody knows. */
describe('reviews of which Entra says something odd', () => {
  let house: QuietHouse;
  beforeEach(async () => {
    house = await openQuietHouse();
  });
  afterEach(() => house.close());

  const start = async (key: string) => {
    const all = await house.remote('/reviews/start', { reviews: [key] });
    const { id, instanceId } = all.find((one: { key: string }) => one.key === key);
    return { id, path: `${base}/${id}/instances/${instanceId}`, list: `${base}/${id}/instances` };
  };
  const answer = (path: string, effect: object, times = 1) =>
    house.remote('/faults', { match: { service: 'graph', method: 'GET', path }, do: effect, times });
  const clear = () => house.graph.visit.control('DELETE', '/faults', {});
  const sweep = () => sweepOnce(house.services);
  const row = async () => {
    const found = await house.services.store.db.selectFrom('reviews').selectAll().executeTakeFirst();
    return found ?? assert.fail('There is no review');
  };
  const packets = (person?: string) => house.pictures('reviews.packet', person);
  const open = async () => (await packets()).filter(({ state }) => state === 'open');

  it('are not closed by a list that came empty', async () => {
    await start('platform-admins');
    await sweep();
    await house.advance(2 * hour);
    await answer(lists, { status: 200, body: { value: [] } }, 10);
    await sweep();
    assert.deepEqual([(await row()).state, (await open()).length], ['running', 2]);
    assert.deepEqual(await house.jobs('reviews.quality'), []);
  });

  it('are not closed by a word that nobody knows, nor by trouble', async () => {
    const { path } = await start('platform-admins');
    await sweep();
    const now = await house.graph.reader.get<object>(path);
    await answer(byId, { status: 200, body: { ...now, status: 'Pausing' } });
    await sweep();
    await answer(byId, { status: 403 });
    await sweep();
    assert.equal((await row()).state, 'running');
  });

  it('are closed when Entra does not know them any more', async () => {
    await start('platform-admins');
    await sweep();
    await answer(byId, { status: 404 });
    await sweep();
    assert.equal((await row()).state, 'stopped');
  });

  it('get cards again when they run after all, and not while only a list says so', async () => {
    const { path } = await start('platform-admins');
    await sweep();
    const before = (await open()).map(({ ref }) => ref);
    const now = await house.graph.reader.get<object>(path);
    const over = { status: 200, body: { ...now, status: 'Completed' } };
    await answer(byId, over, 2);
    await sweep();
    await house.runAll('reviews.follow', follow(house.services));
    assert.deepEqual([(await row()).state, await open()], ['stopped', []]);
    await sweep();
    assert.deepEqual([(await row()).state, await open()], ['stopped', []]);
    await house.advance(minute);
    await sweep();
    const after = await open();
    assert.deepEqual([(await row()).state, after.length], ['running', 2]);
    assert.ok(after.every(({ ref }) => !before.includes(ref)));
    assert.ok(after.every(({ view }) => view.progress.total === 2));
  });

  it('are looked at again at once when their stages could not be read, or the next has not begun', async () => {
    await start('connector-operators');
    await answer('/stages', { status: 403 });
    assert.equal((await sweep()).opened, 0);
    await answer('/stages', { status: 200, body: { value: [] } });
    assert.equal((await sweep()).opened, 0);
    assert.equal((await sweep()).opened, 1);
  });

  it('send a message also to whoever was faster and opened theirs out of a list', async () => {
    await start('platform-admins');
    await answer('contactedReviewers', { status: 403 });
    assert.equal((await sweep()).opened, 0);
    const review = await row();
    const { ref } = await house.services.store.write((tx) =>
      openPacket(tx, house.services, review, idOf('security')),
    );
    await house.run(follow(house.services), { instance: review.instance_id });
    assert.equal((await sweep()).opened, 2);
    assert.deepEqual(
      (await packets(idOf('security'))).map((card) => [card.ref, card.version, card.template]),
      [[ref, 1, 'reviews/packet']],
    );
    assert.equal((await house.jobs('reviews.remind')).length, 2);
    assert.equal((await sweep()).opened, 0);
  });

  it('have no date where Entra says none, and are not called stopped for it', async () => {
    const { list, path } = await start('platform-admins');
    const { value } = await house.graph.reader.get<{ value: object[] }>(list);
    const endless = value.map((instance) => ({ ...instance, endDateTime: null }));
    await answer(lists, { status: 200, body: { value: endless } });
    await answer(byId, { status: 200, body: endless[0] });
    await sweep();
    assert.deepEqual(
      (await open()).map(({ view }) => view.dueAt),
      ['', ''],
    );
    const now = await house.graph.reader.get<object>(path);
    await answer(byId, { status: 200, body: { ...now, endDateTime: null, status: 'Completed' } });
    await sweep();
    await house.runAll('reviews.follow', follow(house.services));
    assert.deepEqual(
      (await packets()).map(({ view }) => [view.why, view.endsAt]),
      [
        ['ended', ''],
        ['ended', ''],
      ],
    );
  });

  it('are counted later where they could not be counted at first', async () => {
    await start('platform-admins');
    await answer('^(?!.*NotReviewed).*/decisions\\?.*count=true', { status: 403 });
    await sweep();
    assert.equal(aboutOf(await row()).total, -1);
    await clear();
    await house.advance(2 * hour);
    await sweep();
    assert.equal(aboutOf(await row()).total, 2);
    await house.runAll('reviews.follow', follow(house.services));
    assert.deepEqual(
      (await open()).map(({ view }) => view.progress.total),
      [2, 2],
    );
  });

  it('end the cards of a stage that is over, and not those of the next one', async () => {
    await start('connector-operators');
    await sweep();
    const review = await row();
    const next = { ...review, stage_id: 'the next stage' };
    await house.services.store.write(async (tx) => {
      await openPacket(tx, house.services, next, idOf('security'));
      await tx.updateTable('reviews').set({ stage_id: next.stage_id }).execute();
    });
    await endStages(house.services, review.instance_id, [review.stage_id]);
    assert.deepEqual(
      (await open()).map(({ person }) => person),
      [idOf('security')],
    );
  });
});
