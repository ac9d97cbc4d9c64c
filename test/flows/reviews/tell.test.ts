import assert from 'node:assert/strict';
import { day, hour, minute } from '../../../src/base/clock.js';
import type { Json } from '../../../src/base/json.js';
import { quality } from '../../../src/flows/reviews/notices/quality.js';
import { tell } from '../../../src/flows/reviews/notices/tell.js';
import { sweepOnce } from '../../../src/flows/reviews/sweep/discover.js';
import { idOf } from '../../graph/practice-graph.js';
import { openQuietHouse, type QuietHouse, wakefulPolicy } from '../../support/quiet-house.js';

const base = '/identityGovernance/accessReviews/definitions';

describe('whoever lost access in a review', () => {
  let house: QuietHouse;
  beforeEach(async () => {
    house = await openQuietHouse();
  });
  afterEach(() => house.close());

  const start = async (key: string) => {
    const all = await house.remote('/reviews/start', { reviews: [key] });
    await sweepOnce(house.services);
    return all.find((one: { key: string }) => one.key === key);
  };
  const remove = async (
    by: string,
    { id, instanceId }: { id: string; instanceId: string },
    people: readonly string[],
  ) => {
    const graph = await house.graph.as(by, 'AccessReview.ReadWrite.All');
    const path = `${base}/${id}/instances/${instanceId}/decisions`;
    const { value } = await graph.get<{ value: { id: string; principal: { displayName: string } }[] }>(path);
    for (const item of value) {
      if (!people.includes(item.principal.displayName)) continue;
      await graph.patch(`${path}/${item.id}`, { decision: 'Deny', justification: 'Changed teams in March' });
    }
  };
  const told = () => house.pictures('reviews.removed');
  const look = (instance: string, at = 0) => house.run(tell(house.services), { instance, look: at });

  it('is told once Entra has taken it away and not before, with the package that brings it back', async () => {
    const review = await start('chat-users');
    await remove('manager', review, ['Leilani Brandvold', 'Soraya Wetherby']);
    assert.deepEqual(await look(review.instanceId), { kind: 'done' }, 'nothing while it runs');
    await house.remote('/reviews/chat-users/stop', {});
    await sweepOnce(house.services);
    const early = await look(review.instanceId);
    assert.deepEqual([early.kind, (await told()).length], ['again', 0]);
    await house.advance(minute);
    await look(review.instanceId, 1);
    const [card, ...others] = await told();
    assert.deepEqual(others, [], 'who cannot sign in is not written to');
    assert.deepEqual(
      [card?.person, card?.state, card?.view.subject.name, card?.view.packageName],
      [idOf('finance'), 'final', 'AI Chat Users', 'AI research assistant - standard'],
    );
    await look(review.instanceId, 1);
    assert.equal((await told()).length, 1, 'once, however often it is looked');
  });

  it('is told whom to ask where no package brings it back', async () => {
    const review = await start('platform-admins');
    await remove('security', review, ['Olumide Castellane', 'Ingrid Balasuntharam']);
    await house.remote('/reviews/platform-admins/stop', {});
    await sweepOnce(house.services);
    await house.advance(minute);
    await look(review.instanceId);
    const cards = await told();
    assert.ok(cards.length > 0);
    assert.deepEqual(
      cards.map(({ view }) => [view.packageId, view.owners]),
      cards.map(() => ['', 'Olumide Castellane']),
    );
  });

  it('is told of what nobody decided, too, when Entra follows its default', async () => {
    const review = await start('pilot');
    await house.advance(14 * day + minute);
    await sweepOnce(house.services);
    await house.advance(minute);
    assert.deepEqual(await look(review.instanceId), { kind: 'done' });
    assert.deepEqual(
      (await told()).map(({ person }) => person).sort(),
      ['engineer', 'finance', 'guest'].map(idOf).sort(),
    );
    const row = await house.services.store.db.selectFrom('reviews').select('state').executeTakeFirst();
    assert.equal(row?.state, 'told');
  });

  it('waits with its review until an administrator applies it, and not for ever', async () => {
    const review = await start('retrieval-app');
    await remove('appowner', review, ['Leilani Brandvold']);
    await house.remote('/reviews/retrieval-app/stop', {});
    await sweepOnce(house.services);
    const gaps: number[] = [];
    for (let at = 0; at <= 58; at += 1) {
      const now = house.services.clock.now().getTime();
      const result = await look(review.instanceId, at);
      gaps.push(result.kind === 'again' ? Math.round((result.at.getTime() - now) / 1000) : 0);
    }
    assert.deepEqual(gaps.slice(0, 6), [30, 60, 300, 900, 3600, 3600]);
    assert.deepEqual([gaps.indexOf(86_400), gaps.indexOf(0), (await told()).length], [28, 58, 0]);
  });

  it('may be decided about by Entra itself hours after the end, and is told then', async () => {
    const review = await start('retrieval-app');
    await house.remote('/reviews/retrieval-app/stop', {});
    await sweepOnce(house.services);
    let payload: Json = { instance: review.instanceId, look: 0 };
    let lookedForMs = 0;
    for (;;) {
      const result = await house.run(tell(house.services), Object(payload));
      if (result.kind === 'done') break;
      payload = result.payload ?? payload;
      const gap = result.at.getTime() - house.services.clock.now().getTime();
      lookedForMs += gap;
      await house.advance(gap);
    }
    assert.ok(lookedForMs >= day && lookedForMs < 2 * day, `${lookedForMs / hour} h`);
    const row = await house.services.store.db.selectFrom('reviews').select('state').executeTakeFirst();
    assert.equal(row?.state, 'told');
  });

  it('is looked up again when Entra could not say who it is', async () => {
    const review = await start('chat-users');
    await remove('manager', review, ['Leilani Brandvold']);
    await house.remote('/reviews/chat-users/stop', {});
    await sweepOnce(house.services);
    await house.advance(minute);
    await house.remote('/faults', {
      match: { service: 'graph', method: 'GET', path: `/users/${idOf('finance')}` },
      do: { status: 403 },
      times: 1,
    });
    assert.deepEqual([(await look(review.instanceId)).kind, (await told()).length], ['again', 0]);
    assert.deepEqual([(await look(review.instanceId)).kind, (await told()).length], ['done', 1]);
  });

  it('is not looked for in a series that was deleted, nor is its owner told of it', async () => {
    const review = await start('chat-users');
    await house.remote('/reviews/chat-users/stop', {});
    await sweepOnce(house.services);
    await house.remote('/faults', {
      match: { service: 'graph', method: 'GET', path: review.instanceId },
      do: { status: 404 },
      times: 100,
    });
    assert.deepEqual(await look(review.instanceId), { kind: 'done' });
    const asked = { instance: review.instanceId };
    assert.deepEqual(await house.run(quality(house.services), asked), { kind: 'done' });
    assert.deepEqual(await house.pictures('reviews.quality'), []);
  });

  it('is not written to in the quiet hours', async () => {
    const review = await start('chat-users');
    await remove('manager', review, ['Leilani Brandvold']);
    await house.remote('/reviews/chat-users/stop', {});
    await sweepOnce(house.services);
    await house.advance(minute);
    const policy = wakefulPolicy();
    const wall = (ms: number): string => new Date(Date.now() + ms).toISOString().slice(11, 16);
    const quiet = { from: wall(-hour), to: wall(2 * hour) };
    const notices = { ...policy.notices, timeZone: 'UTC', quiet };
    const result = await house.run(tell({ ...house.services, policy: { ...policy, notices } }), {
      instance: review.instanceId,
      look: 0,
    });
    assert.equal(result.kind === 'again' && result.at.toISOString().slice(11, 16), quiet.to);
    assert.deepEqual(await told(), []);
  });
});
