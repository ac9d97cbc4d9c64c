import assert from 'node:assert/strict';
import { verifyRecord } from '../../src/audit/verify.js';
import { cardText } from '../support/card-text.js';
import { hasButton, readIn, refOf } from '../support/on-card.js';
import { openPimStage, type PimStage } from '../support/pim-stage.js';
import type { LoggedRequest } from '../support/remote-control.js';
import { until } from '../support/until.js';

const comment = 'I know of the incident and looked at the ticket';
const log = { service: 'graph', method: 'GET', path: '/auditLogs/directoryAudits' };

/** The audit log is how the bot hears of what others do. It is late, limited, and sometimes not there at all. */
describe('the audit log of roles in trouble', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  beforeEach(() => stage.reset());
  after(async () => {
    const verdict = await verifyRecord(stage.store());
    await stage.close();
    assert.equal(verdict.kind, 'intact');
  });

  /** Every message of this chat about a request that can be decided. */
  const open = async (person: string) =>
    (await stage.timeline(person)).filter(({ card }) => hasButton(card, 'pim.approve'));

  for (const [what, effect] of [
    ['answers with an error', { status: 500 }],
    ['refuses the bot', { status: 403 }],
    ['is busy', { status: 429, retryAfter: 30 }],
    ['cuts the connection', { drop: true }],
    ['answers with something else', { status: 200, body: { value: 'soon' } }],
    ['answers with half a row', { status: 200, body: { value: [{ id: 'x', activityDisplayName: null }] } }],
  ] as const) {
    it(`${what}: what was asked for elsewhere is heard of as soon as it can be read`, async () => {
      await stage.fault({ match: log, do: effect, times: 50 });
      await stage.portal.ask('engineer', 'platform-admins');
      await stage.advance('PT40S');
      await until('a look at the log', async () => (await reads()).length > 0);
      assert.equal((await open('manager')).length, 0);
      await stage.clearFaults();
      await stage.advance('PT1M');
      await stage.decideCard('manager');
    });
  }

  const reads = async (): Promise<readonly LoggedRequest[]> =>
    (await stage.requests('graph')).filter(({ path }) => path.includes(log.path));

  it('while it cannot be read, roles are asked for, approved and ended all the same', async () => {
    await stage.fault({ match: log, do: { status: 503 }, times: 500 });
    const { id } = await stage.activate('engineer', 'platform-admins');
    const card = await stage.decideCard('manager');
    assert.match(
      readIn(await stage.press('manager', card.id, 'pim.approve', { comment })),
      /^Approved by you/,
    );
    await stage.says('engineer', id, /^(Almost ready|Ready to use)/);
    await stage.advance('PT6M');
    const ref = refOf((await stage.entry('engineer', id)).card);
    assert.match(readIn(await stage.press('engineer', id, 'pim.end', { ref })), /^Ended/);
    await stage.clearFaults();
  });

  it('tells the same story many times: one card each, and no line twice in the record', async () => {
    await stage.portal.ask('engineer', 'platform-admins');
    for (let sweep = 0; sweep < 4; sweep += 1) await stage.advance('PT20S');
    await stage.decideCard('manager');
    const { id } = await stage.request('engineer', 'platform-admins');
    await stage.portal.approve('appowner', id);
    for (let sweep = 0; sweep < 5; sweep += 1) await stage.advance('PT20S');
    await until('a settled card', async () => (await open('manager')).length === 0);
    const told = (await stage.timeline('manager')).filter(({ card }) =>
      cardText(card).includes('AI Platform Admins'),
    );
    assert.equal(told.length, 1);
    const { db } = stage.store();
    const lines = await db
      .selectFrom('audit')
      .select('data')
      .where('item', '=', `activation:${id}`)
      .where('kind', '=', 'item.changed')
      .execute();
    const steps = lines.map(({ data }) => `${JSON.parse(data).from} ${JSON.parse(data).to}`);
    assert.equal(new Set(steps).size, steps.length, steps.join(', '));
    const rows = await db.selectFrom('activations').select('id').where('id', '=', id).execute();
    assert.equal(rows.length, 1);
  });

  it('tells it the wrong way round, and much later: the end stays the end', async () => {
    const { id } = await stage.activate('engineer', 'platform-admins');
    const request = await stage.request('engineer', 'platform-admins');
    await stage.press('engineer', id, 'pim.cancel', { ref: refOf((await stage.entry('engineer', id)).card) });
    await stage.says('engineer', id, /^Taken back/);
    const row = (activity: string, minutesAgo: number) => lineOf(stage, request.id, activity, minutesAgo);
    const value = [
      row('Add member to role completed (PIM activation)', 1),
      row('Add member to role requested (PIM activation)', 3),
      row('Add member to role request approved (PIM activation)', 2),
    ];
    await stage.fault({ match: log, do: { status: 200, body: { value } }, times: 4 });
    const before = (await reads()).length;
    await stage.advance('PT40S');
    await until('the log to have been read', async () => (await reads()).length > before + 1);
    const { state } = await stage
      .store()
      .db.selectFrom('activations')
      .select('state')
      .where('id', '=', request.id)
      .executeTakeFirstOrThrow();
    assert.equal(state, 'cancelled');
    assert.match(await stage.text('engineer', id), /^Taken back/);
    await stage.clearFaults();
  });

  it('is ten minutes late: what was ended meanwhile does not begin again', async () => {
    await stage.post('/pim/settings', { auditDelay: 'PT10M' });
    const { id } = await stage.activate('engineer', 'exchange-admin');
    const request = await stage.request('engineer', 'exchange-admin');
    await stage.advance('PT6M');
    const ref = refOf((await stage.entry('engineer', id)).card);
    await stage.press('engineer', id, 'pim.end', { ref });
    await stage.says('engineer', id, /^Ended/);
    await stage.advance('PT11M');
    await stage.advance('PT20S');
    const lines = await stage
      .store()
      .db.selectFrom('audit')
      .select('data')
      .where('item', '=', `activation:${request.id}`)
      .where('kind', '=', 'item.changed')
      .execute();
    assert.deepEqual(
      lines.filter(({ data }) => JSON.parse(data).from === 'ended'),
      [],
    );
    assert.match(await stage.text('engineer', id), /^Ended/);
  });

  it('a line of a person or a role that is not there any more hides nothing of the others', async () => {
    await stage.portal.ask('engineer', 'platform-admins');
    const gone = '00000000-1111-4222-8333-444444444444';
    await stage.fault({
      match: { service: 'graph', method: 'GET', path: gone },
      do: { status: 404 },
      times: 50,
    });
    const strange = {
      ...lineOf(stage, gone, 'Add member to role requested (PIM activation)', 1),
      targetResources: [
        { id: gone, displayName: 'A role', type: 'Role' },
        { id: gone, displayName: 'Nobody', type: 'User' },
        { id: gone, displayName: '', type: 'Request' },
      ],
    };
    await stage.fault({ match: log, do: { status: 200, body: { value: [strange] } }, times: 1 });
    await stage.advance('PT40S');
    await stage.advance('PT40S');
    await stage.decideCard('manager');
  });
});

/** A line of the log in Microsoft's form, about an engineer and a role. */
function lineOf(stage: PimStage, request: string, activity: string, minutesAgo: number) {
  const at = new Date(Date.now() - minutesAgo * 60_000).toISOString();
  return {
    id: `line-${activity}-${minutesAgo}`,
    activityDateTime: at,
    activityDisplayName: activity,
    category: 'GroupManagement',
    correlationId: request,
    result: 'success',
    resultReason: 'Because',
    loggedByService: 'PIM',
    operationType: 'ActivateRole',
    initiatedBy: {
      user: { id: stage.idOf('engineer'), displayName: 'Ayumi Fernqvist', userPrincipalName: 'x' },
      app: null,
    },
    targetResources: [
      { id: '5d0c7e14-83a9-4b26-9f17-2ae6c1d40b53', displayName: 'AI Platform Admins', type: 'Group' },
      { id: stage.idOf('engineer'), displayName: 'Ayumi Fernqvist', type: 'User' },
      { id: request, displayName: '', type: 'Request' },
    ],
    additionalDetails: [],
  };
}
