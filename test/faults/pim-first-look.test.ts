import assert from 'node:assert/strict';
import { openPimStage, type PimStage } from '../support/pim-stage.js';
import { until } from '../support/until.js';

/** A month of other people’s roles is news to a bot that starts for the first time, and nobody else’s. */
describe('the first look at a full log', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  after(() => stage.close());

  const day = 86_400_000;
  const hour = 3_600_000;

  it('a thousand old lines: all of them are known afterwards, and nobody hears of them', async () => {
    const before = await chats();
    const lines = Array.from({ length: 250 }, (_, index) =>
      story(index, Date.now() - (index % 28) * day - 3 * hour),
    ).flat();
    assert.equal(lines.length, 1_000);
    await firstLookAt(lines);
    const rows = await until(
      'all of them',
      async () => {
        const known = await stage.store().db.selectFrom('activations').select(['id', 'state']).execute();
        return known.length >= 250 && known;
      },
      30_000,
    );
    assert.deepEqual([...new Set(rows.map(({ state }) => state))], ['ended']);
    await until('nothing left to do', async () => (await jobs()) === 0, 30_000);
    assert.deepEqual(await chats(), before, 'nobody is written to about what was over before the bot came');
  });

  const jobs = async (): Promise<number> => {
    const { db } = stage.store();
    const waiting = await db
      .selectFrom('jobs')
      .select('id')
      .where('kind', 'in', ['pim.follow', 'pim.look-back', 'card.deliver'])
      .execute();
    return waiting.length;
  };
  const chats = async () =>
    Promise.all(
      ['engineer', 'manager', 'security', 'appowner'].map(
        async (person) => (await stage.timeline(person)).length,
      ),
    );

  /** As on the day it was set up: it has read nothing yet. */
  const firstLookAt = async (value: readonly object[]): Promise<void> => {
    await stage.store().write((tx) => tx.deleteFrom('marks').execute());
    const log = { service: 'graph', method: 'GET', path: '/auditLogs/directoryAudits' };
    await stage.fault({ match: log, do: { status: 200, body: { value } }, times: 1 });
    // Not `advance`, which waits until all that follows is done.
    await stage.post('/clock', { advance: 'PT20S' });
  };

  /** An emergency role: asked for, approved, active for an hour, over. */
  const story = (index: number, end: number) => {
    const request = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
    const line = (activity: string, at: number) => ({
      id: `line-${index}-${at}`,
      activityDateTime: new Date(at).toISOString(),
      activityDisplayName: activity,
      category: 'RoleManagement',
      correlationId: request,
      result: 'success',
      resultReason: 'An incident',
      loggedByService: 'PIM',
      initiatedBy: { user: { id: stage.idOf('engineer'), displayName: 'Ayumi Fernqvist' }, app: null },
      targetResources: [
        { id: '194ae4cb-b126-40b2-bd5b-6091b380977d', displayName: 'Security Administrator', type: 'Role' },
        { id: stage.idOf('engineer'), displayName: 'Ayumi Fernqvist', type: 'User' },
        { id: request, displayName: '', type: 'Request' },
      ],
      additionalDetails: [
        { key: 'StartTime', value: new Date(end - hour).toISOString() },
        { key: 'ExpirationTime', value: new Date(end).toISOString() },
      ],
    });
    return [
      line('Add member to role requested (PIM activation)', end - hour - 3_000),
      line('Add member to role request approved (PIM activation)', end - hour - 2_000),
      line('Add member to role completed (PIM activation)', end - hour - 1_000),
      line('Remove member from role (PIM activation expired)', end),
    ];
  };
});
