import assert from 'node:assert/strict';
import { sweepOnce } from '../../src/flows/reviews/sweep/discover.js';
import type { Store } from '../../src/store/store.js';
import { openPracticeGraph, type PracticeGraph } from '../graph/practice-graph.js';
import type { Engine } from '../support/databases.js';
import { type TestDatabase, testDatabase } from '../support/test-database.js';
import { servicesOn } from './services.js';

/** Two instances of the bot sweep by chance in the same moment. */
export function sweepCases(engine: Engine): void {
  let graph: PracticeGraph;
  let database: TestDatabase;
  let stores: readonly [Store, Store];
  beforeEach(async () => {
    graph = await openPracticeGraph();
    database = await testDatabase(engine);
    const store = await database.open();
    stores = [store, await database.beside(store)];
  });
  afterEach(async () => {
    await database.close();
    await graph.close();
  });

  const services = (store: Store) => servicesOn(store, { now: () => new Date() }, graph.reader);
  const control = (path: string, body: object) => graph.visit.control('POST', path, body);
  const sweepTogether = () => Promise.all(stores.map((store) => sweepOnce(services(store))));
  const count = async (table: 'reviews' | 'review_series' | 'packets' | 'cards'): Promise<number> =>
    (await stores[0].db.selectFrom(table).selectAll().execute()).length;
  const jobs = async (kind: string): Promise<number> =>
    (await stores[0].db.selectFrom('jobs').select('id').where('kind', '=', kind).execute()).length;

  it('and ask everybody once', async () => {
    await control('/reviews/start', { reviews: ['platform-admins', 'ai-administrators', 'pilot'] });
    await sweepTogether();
    const counts = [await count('reviews'), await count('review_series'), await count('packets')];
    // Two, one, and the three members of the pilot.
    assert.deepEqual([...counts, await count('cards')], [3, 3, 6, 6]);
    assert.equal(await jobs('card.deliver'), 6);
    assert.equal(await jobs('reviews.remind'), 5, 'one a person');
    await sweepTogether();
    assert.deepEqual([await count('packets'), await jobs('card.deliver')], [6, 6]);
  });

  it('and end it once', async () => {
    await control('/reviews/start', { reviews: ['platform-admins'] });
    await sweepTogether();
    await control('/reviews/platform-admins/stop', {});
    await sweepTogether();
    const rows = await stores[0].db.selectFrom('reviews').select('state').execute();
    assert.deepEqual(
      rows.map(({ state }) => state),
      ['stopped'],
    );
    assert.deepEqual(
      [await jobs('reviews.follow'), await jobs('reviews.tell'), await jobs('reviews.quality')],
      [1, 1, 1],
    );
  });

  it('and notice once that somebody decided elsewhere', async () => {
    await control('/reviews/start', { reviews: ['platform-admins'] });
    await sweepTogether();
    const [{ instance_id, definition_id } = { instance_id: '', definition_id: '' }] = await stores[0].db
      .selectFrom('reviews')
      .selectAll()
      .execute();
    const path = `/identityGovernance/accessReviews/definitions/${definition_id}/instances/${instance_id}`;
    const security = await graph.as('security', 'AccessReview.ReadWrite.All');
    const { value } = await security.get<{ value: { id: string }[] }>(`${path}/decisions`);
    const decision = { decision: 'Approve', justification: 'Runs the platform every day' };
    await security.patch(`${path}/decisions/${value[0]?.id}`, decision);
    const swept = await sweepTogether();
    assert.equal(
      swept.reduce((sum, { changed }) => sum + changed, 0),
      1,
    );
    assert.equal(await jobs('reviews.follow'), 1);
    const [row] = await stores[0].db.selectFrom('reviews').select('undecided').execute();
    assert.equal(row?.undecided, value.length - 1);
  });
}
