import assert from 'node:assert/strict';
import { countDecided } from '../../../src/flows/reviews/packets.js';
import { sweepOnce } from '../../../src/flows/reviews/sweep/discover.js';
import { follow } from '../../../src/flows/reviews/sweep/follow.js';
import { idOf } from '../../graph/practice-graph.js';
import { openQuietHouse, type QuietHouse } from '../../support/quiet-house.js';

const base = '/identityGovernance/accessReviews/definitions';

describe('the cards of a review in which everybody answers for themselves', () => {
  let house: QuietHouse;
  let instance: string;
  let decisions: string;
  beforeEach(async () => {
    house = await openQuietHouse();
    const started = await house.remote('/reviews/start', { reviews: ['pilot'] });
    await sweepOnce(house.services);
    const { id, instanceId } = started.find(({ key }: { key: string }) => key === 'pilot');
    instance = instanceId;
    decisions = `${base}/${id}/instances/${instanceId}/decisions`;
  });
  afterEach(() => house.close());

  const versions = async () =>
    new Map((await house.pictures('reviews.packet')).map(({ person, version }) => [person, version]));
  const shows = (person: string, at: object) =>
    house.services.store.write((tx) =>
      tx.updateTable('packets').set(at).where('person', '=', idOf(person)).execute(),
    );

  it('stay as they are when one of them answers', async () => {
    const before = await versions();
    const engineer = await house.graph.as('engineer', 'AccessReview.ReadWrite.All');
    const mine = await engineer.get<{ value: { id: string }[] }>(
      `${decisions}/filterByCurrentUser(on='reviewer')`,
    );
    const item = mine.value[0]?.id ?? '';
    await engineer.patch(`${decisions}/${item}`, { decision: 'Approve', justification: 'I use it' });
    await sweepOnce(house.services);
    assert.equal(await house.runAll('reviews.follow', follow(house.services)), 1);
    assert.deepEqual(await versions(), before);
    await shows('engineer', { mode: 'one', shown: JSON.stringify([[item, 'NotReviewed||0']]) });
    await house.run(follow(house.services), { instance, item });
    const after = await versions();
    assert.deepEqual(
      [...after].filter(([person, version]) => version !== before.get(person)).map(([person]) => person),
      [idOf('engineer')],
      'only whoever shows it',
    );
    await shows('engineer', { mode: 'home', shown: '[]' });
    await house.run(follow(house.services), { instance });
    assert.deepEqual(await versions(), after, 'how far all are is on nobody’s card');
  });

  it('say "done" although somebody takes an answer back, until Entra says whose it was', async () => {
    for (const person of ['engineer', 'finance']) await shows(person, { left_over: 0 });
    await house.run(follow(house.services), { instance });
    const before = await versions();
    await house.services.store.write((tx) => countDecided(tx, instance, -1));
    await sweepOnce(house.services);
    await house.runAll('reviews.follow', follow(house.services));
    assert.deepEqual(await versions(), before);
    const left = await house.services.store.db.selectFrom('packets').select('left_over').execute();
    assert.ok(
      left.every(({ left_over }) => left_over === -1),
      'nobody is known to have finished',
    );
  });
});
