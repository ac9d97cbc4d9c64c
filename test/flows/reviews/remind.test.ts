import assert from 'node:assert/strict';
import { day, hour, minute } from '../../../src/base/clock.js';
import { remind } from '../../../src/flows/reviews/notices/remind.js';
import { sweepOnce } from '../../../src/flows/reviews/sweep/discover.js';
import { follow } from '../../../src/flows/reviews/sweep/follow.js';
import type { JobResult } from '../../../src/jobs/job.js';
import type { Policy } from '../../../src/policy/policy.js';
import { idOf } from '../../graph/practice-graph.js';
import { openQuietHouse, type QuietHouse, wakefulPolicy } from '../../support/quiet-house.js';

const base = '/identityGovernance/accessReviews/definitions';
const security = idOf('security');

describe('reminders', () => {
  let house: QuietHouse;
  const open = async (policy: Policy = wakefulPolicy()): Promise<void> => {
    house = await openQuietHouse(policy);
  };
  beforeEach(() => open());
  afterEach(() => house.close());

  const start = async (...reviews: string[]) => {
    const all = await house.remote('/reviews/start', { reviews });
    await sweepOnce(house.services);
    return all.filter(({ key }: { key: string }) => reviews.includes(key));
  };
  const reminders = () => house.pictures('reviews.reminder', security);
  const live = async () => (await reminders()).filter(({ state }) => state === 'open');
  const run = (person = security): Promise<JobResult> => house.run(remind(house.services), { person });
  const delivered = (activity: string) =>
    house.services.store.write((tx) =>
      tx
        .updateTable('cards')
        .set({ activity_id: activity, conversation_id: 'chat' })
        .where('kind', '=', 'reviews.reminder')
        .where('activity_id', 'is', null)
        .execute(),
    );
  /** When a job that comes back does, counted from now. */
  const gapOf = (result: JobResult): number =>
    result.kind === 'again'
      ? Math.round((result.at.getTime() - house.services.clock.now().getTime()) / minute)
      : -1;

  it('are planned once a person when their cards are made', async () => {
    await start('platform-admins', 'ai-administrators');
    const jobs = await house.jobs('reviews.remind');
    assert.deepEqual(jobs.map(({ key }) => key).sort(), [
      `reviews.remind:${idOf('manager')}`,
      `reviews.remind:${security}`,
    ]);
    const first = Math.round((Math.min(...jobs.map(({ run_at }) => run_at)) - Date.now()) / hour);
    assert.equal(first, 4);
  });

  it('are one message for all that waits, the most urgent first, with growing gaps', async () => {
    await start('ai-administrators', 'platform-admins');
    const gaps: number[] = [];
    for (const wait of [4 * hour, day, 2 * day]) {
      await house.advance(wait + minute);
      gaps.push(gapOf(await run()) / 60);
      await delivered(`message-${gaps.length}`);
    }
    assert.deepEqual(gaps, [24, 48, 96]);
    const all = await reminders();
    assert.deepEqual(
      all.map(({ state, template }) => [state, template]),
      [
        ['final', 'shared/moved'],
        ['final', 'shared/moved'],
        ['open', 'reviews/list'],
      ],
    );
    const rows = all.at(-1)?.view.reviews.map((row: { subject: { name: string } }) => row.subject.name);
    assert.deepEqual(rows.sort(), ['AI Administrator', 'AI Platform Admins']);
  });

  it('do not come twice when their job runs again', async () => {
    await start('platform-admins');
    await house.advance(4 * hour);
    await run();
    await delivered('message');
    assert.equal(gapOf(await run()), 240);
    assert.equal((await reminders()).length, 1);
  });

  it('that never arrived become the next one', async () => {
    await start('platform-admins');
    await house.advance(4 * hour);
    await run();
    await house.advance(day + minute);
    await run();
    assert.deepEqual(
      (await reminders()).map(({ state, version, template }) => [state, version, template]),
      [['open', 2, 'reviews/list']],
    );
  });

  it('do not take a message away from the review that was opened in it', async () => {
    await start('platform-admins');
    await house.advance(4 * hour);
    await run();
    await delivered('message');
    await house.services.store.write((tx) =>
      tx
        .updateTable('cards')
        .set({ activity_id: 'message' })
        .where('kind', '=', 'reviews.packet')
        .where('person', '=', security)
        .execute(),
    );
    await house.advance(day + minute);
    await run();
    const [before, after] = await reminders();
    assert.deepEqual([before?.state, before?.version, after?.state], ['final', 1, 'open']);
  });

  it('leave out what is finished, what others finished in the portal, and what is over', async () => {
    const [admins, roles] = await start('platform-admins', 'ai-administrators');
    await house.advance(4 * hour);
    const { id, instanceId } = admins;
    const path = `${base}/${id}/instances/${instanceId}/decisions`;
    const manager = await house.graph.as('manager', 'AccessReview.ReadWrite.All');
    const { value } = await manager.get<{ value: { id: string }[] }>(path);
    for (const item of value) {
      await manager.patch(`${path}/${item.id}`, { decision: 'Deny', justification: 'Not needed' });
    }
    await run();
    const shown = (await live()).map(({ view }) => view.reviews.map((row: { left: number }) => row.left));
    assert.deepEqual(shown, [[3]], 'only the role');
    await delivered('message');
    await house.services.store.write((tx) =>
      tx.updateTable('packets').set({ left_over: 0 }).where('instance_id', '=', roles.instanceId).execute(),
    );
    await house.run(follow(house.services), { instance: roles.instanceId });
    const [settled] = await reminders();
    assert.deepEqual(
      [settled?.state, settled?.view.reviews],
      ['final', []],
      'the list says that nothing is left',
    );
    await house.advance(day + minute);
    const next = await run();
    assert.equal((await reminders()).length, 1);
    assert.equal(next.kind, 'again', 'a decision can be taken back');
    await house.advance(7 * day);
    assert.deepEqual(await run(), { kind: 'done' });
  });

  it('do not reach who answered for themselves, nor a manager whose people are decided about', async () => {
    const [pilot, responders] = await start('pilot', 'incident-responders');
    await house.advance(4 * hour);
    const engineer = await house.graph.as('engineer', 'AccessReview.ReadWrite.All');
    const mine = `${base}/${pilot.id}/instances/${pilot.instanceId}/decisions`;
    const own = await engineer.get<{ value: { id: string }[] }>(`${mine}/filterByCurrentUser(on='reviewer')`);
    await engineer.patch(`${mine}/${own.value[0]?.id}`, { decision: 'Approve', justification: 'I use it' });
    await run(idOf('engineer'));
    assert.deepEqual(await house.pictures('reviews.reminder', idOf('engineer')), []);
    await run(idOf('finance'));
    assert.equal((await house.pictures('reviews.reminder', idOf('finance'))).length, 1);
    const manager = await house.graph.as('manager', 'AccessReview.ReadWrite.All');
    const path = `${base}/${responders.id}/instances/${responders.instanceId}/decisions`;
    const theirs = await manager.get<{ value: { id: string }[] }>(
      `${path}/filterByCurrentUser(on='reviewer')`,
    );
    assert.ok(theirs.value.length > 0);
    for (const { id } of theirs.value) {
      await manager.patch(`${path}/${id}`, { decision: 'Approve', justification: 'On call' });
    }
    await run(idOf('manager'));
    assert.deepEqual(await house.pictures('reviews.reminder', idOf('manager')), []);
    await run();
    const [other] = await reminders();
    assert.equal(other?.view.reviews[0].left, 1);
  });

  it('count what is left for the reader, and never more than for all of them', async () => {
    const left = async (own: number): Promise<number> => {
      await house.services.store.write((tx) => tx.updateTable('packets').set({ left_over: own }).execute());
      await house.advance(8 * day);
      await start('ai-administrators');
      await house.services.store.write((tx) => tx.updateTable('packets').set({ left_over: own }).execute());
      await run();
      return (await reminders()).at(-1)?.view.reviews[0].left;
    };
    assert.deepEqual([await left(1), await left(9)], [1, 3]);
  });

  it('wait until the quiet hours are over', async () => {
    await house.close();
    const policy = wakefulPolicy();
    const wall = (ms: number): string => new Date(Date.now() + ms).toISOString().slice(11, 16);
    const quiet = { from: wall(3 * hour), to: wall(6 * hour) };
    await open({ ...policy, notices: { ...policy.notices, timeZone: 'UTC', quiet } });
    await start('platform-admins');
    const [job] = await house.jobs('reviews.remind');
    assert.equal(new Date(job?.run_at ?? 0).toISOString().slice(11, 16), quiet.to);
    await house.advance(4 * hour);
    const result = await run();
    assert.equal(result.kind === 'again' && result.at.toISOString().slice(11, 16), quiet.to);
    assert.deepEqual(await reminders(), []);
    await house.advance(2 * hour + minute);
    await run();
    assert.equal((await reminders()).length, 1);
  });
});
