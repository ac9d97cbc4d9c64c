import assert from 'node:assert/strict';
import { day, hour, minute } from '../../../src/base/clock.js';
import { projectRoot } from '../../../src/base/project-root.js';
import { createRenderer } from '../../../src/cards/render.js';
import { lookBackJob } from '../../../src/flows/pim/look-back/look-back.js';
import { showLookBack } from '../../../src/flows/pim/look-back/show.js';
import { unread } from '../../../src/flows/pim/look-back/use.js';
import type { JobResult } from '../../../src/jobs/job.js';
import { idOf } from '../../graph/practice-graph.js';
import { cardText } from '../../support/card-text.js';
import { wakefulPolicy } from '../../support/quiet-house.js';
import { type LookBackStage, openLookBackStage, ownedBy } from './look-back-stage.js';

describe('looking back on a role', () => {
  let stage: LookBackStage;
  const open = async (...given: Parameters<typeof openLookBackStage>) => {
    await stage.close();
    stage = await openLookBackStage(...given);
  };
  beforeEach(async () => {
    stage = await openLookBackStage();
  });
  afterEach(() => stage.close());

  const minutesUntil = (result: JobResult): number =>
    result.kind === 'again' ? Math.round((result.at.getTime() - stage.now()) / minute) : -1;
  const views = async () => (await stage.cards()).map(({ view }) => view);
  const render = createRenderer({ root: projectRoot() });

  it('begins two minutes after the end', async () => {
    const row = await stage.ended();
    assert.equal(lookBackJob(row).runAt?.getTime(), row.ends_at + 2 * minute);
    assert.equal(minutesUntil(await stage.look(row)), 2);
    assert.deepEqual(await stage.cards(), []);
  });

  it('shows every owner what was done, as far as the log knows it', async () => {
    const row = await stage.ended();
    stage.did('Update policy', row.ends_at, 30);
    stage.did('Add user', row.ends_at, 5, { ok: false });
    await stage.advance(2 * minute);
    assert.equal(minutesUntil(await stage.look(row)), 13);
    const cards = await stage.cards();
    assert.deepEqual(cards.map(({ who }) => who).sort(), ['appowner', 'manager']);
    assert.equal(await stage.stateOf(row), 'sent');
    const [view] = await views();
    assert.deepEqual([view.done, view.failed, view.log, view.mustClose, view.more], [1, 1, 'late', false, 0]);
    assert.deepEqual(
      view.did.map(({ what, ok, danger }: { what: string; ok: boolean; danger: string }) => [
        what,
        ok,
        danger,
      ]),
      [
        ['changed a policy', true, 'high'],
        ['added a user', false, ''],
      ],
    );
    assert.equal(view.because, 'tiers.privileged.activation.lookBack');
    assert.deepEqual(view.asked, {
      reason: 'Rotate the keys of the retrieval connector',
      ticket: 'ServiceNow INC-4711',
      lasts: '1 hour',
      askedAt: new Date(row.asked_at).toISOString(),
    });
    assert.equal(view.approvedBy, 'Ingrid');
    assert.equal(view.person.jobTitle, 'AI Platform Engineer');
    const text = cardText(render.render({ template: 'pim/look-back', view }).content);
    assert.match(text, /1 change, and 1 try that failed/);
    assert.match(text, /\{\{TIME\(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\)\}\}/);
  });

  it('looks again for what came into the log later, and sends nothing where nothing came', async () => {
    const row = await stage.ended();
    await stage.advance(2 * minute);
    await stage.look(row);
    const versions = async () => (await stage.cards()).map(({ version }) => version);
    assert.deepEqual(await versions(), [1, 1]);
    await stage.advance(13 * minute);
    assert.equal(minutesUntil(await stage.look(row)), 45);
    assert.deepEqual(await versions(), [1, 1]);
    stage.did('Update policy', row.ends_at, 1);
    await stage.advance(45 * minute);
    assert.deepEqual(await stage.look(row), { kind: 'done' });
    assert.deepEqual(await versions(), [2, 2]);
    const [view] = await views();
    assert.deepEqual([view.done, view.log], [1, 'whole']);
  });

  it('says that nothing was done', async () => {
    const row = await stage.ended();
    await stage.advance(61 * minute);
    await stage.look(row);
    const [view] = await views();
    assert.deepEqual([view.done, view.failed, view.log, view.did], [0, 0, 'whole', []]);
    assert.match(cardText(render.render({ template: 'pim/look-back', view }).content), /Nothing/);
  });

  it('shows ten lines, and counts the rest', async () => {
    const row = await stage.ended();
    for (let count = 0; count < 13; count += 1) stage.did(`Turn wheel ${count}`, row.ends_at, 40 - count);
    await stage.advance(2 * minute);
    await stage.look(row);
    const [view] = await views();
    assert.deepEqual([view.did.length, view.more, view.done], [10, 3, 13]);
    assert.deepEqual([view.did[0].what, view.did[9].what], ['Turn wheel 3', 'Turn wheel 12']);
  });

  it('waits some tries for a busy log, then says that it could not be read, and looks again', async () => {
    const row = await stage.ended();
    await stage.advance(2 * minute);
    stage.break('later');
    await assert.rejects(stage.look(row, 4));
    assert.deepEqual(await stage.cards(), []);
    assert.equal(minutesUntil(await stage.look(row, 5)), 13);
    assert.equal((await views())[0].log, 'unread');
    await stage.advance(2 * hour);
    assert.equal(minutesUntil(await stage.look(row, 5)), 60, 'every hour, as long as Entra has it');
    stage.break();
    assert.deepEqual(await stage.look(row), { kind: 'done' });
    assert.equal((await views())[0].log, 'whole');
  });

  it('keeps what it showed when the log cannot be read any more', async () => {
    const row = await stage.ended();
    stage.did('Update policy', row.ends_at, 30);
    await stage.advance(2 * minute);
    await stage.look(row);
    stage.break('never');
    await stage.advance(13 * minute);
    await stage.look(row, 1);
    assert.equal((await views())[0].done, 1);
  });

  it('says of an Azure role that it cannot know, and does not ask the log of Entra', async () => {
    const target = '/subscriptions/s/providers/microsoft.authorization/roledefinitions/x';
    const row = await stage.ended({ kind: 'azure', target, scope: '/subscriptions/s' });
    await stage.advance(2 * minute);
    assert.deepEqual(await stage.look(row), { kind: 'done' });
    assert.deepEqual([(await views())[0].log, stage.logReads()], ['unread', 0]);
  });

  it('does not take a log that Entra has thrown away for a person who did nothing', async () => {
    const row = await stage.ended({ ends_at: stage.now() - 30 * day });
    assert.deepEqual(await stage.look(row), { kind: 'done' });
    assert.equal((await views())[0].log, 'unread');
  });

  it('waits for the morning with the first card, not with what is new on it', async () => {
    const policy = ownedBy('manager');
    const clock = (ms: number) => new Date(Date.now() + ms).toISOString().slice(11, 16);
    const quiet = { from: clock(-hour), to: clock(3 * hour) };
    await open({ ...policy, notices: { ...policy.notices, timeZone: 'UTC', quiet } });
    const row = await stage.ended();
    await stage.advance(2 * minute);
    const wait = minutesUntil(await stage.look(row));
    assert.ok(wait > 170 && wait < 181, String(wait));
    assert.deepEqual(await stage.cards(), []);
    await stage.services.store.write((tx) =>
      tx.updateTable('activations').set({ look_back: 'sent' }).where('id', '=', row.id).execute(),
    );
    assert.equal(minutesUntil(await stage.look({ ...row, look_back: 'sent' })), 13);
    assert.equal((await stage.cards()).length, 1);
  });

  it('never asks the person themself, or a guest: then whoever looks after security', async () => {
    await open(ownedBy('engineer', 'guest'));
    const row = await stage.ended();
    await stage.advance(2 * minute);
    await stage.look(row);
    assert.deepEqual(
      (await stage.cards()).map(({ who }) => who),
      ['security'],
    );
  });

  it('is tried again tomorrow where there is nobody to ask', async () => {
    await open(ownedBy('security'));
    const row = await stage.ended({ person: idOf('security') });
    await stage.advance(2 * minute);
    assert.equal(minutesUntil(await stage.look(row)), 24 * 60);
    assert.equal(await stage.stateOf(row), 'due');
  });

  it('that was closed while it was being read stays closed', async () => {
    const row = await stage.ended({ look_back: 'closed' });
    await showLookBack(stage.services, { ...row, look_back: 'due' }, unread);
    assert.deepEqual([await stage.cards(), await stage.stateOf(row)], [[], 'closed']);
  });

  it('reads the log of Entra as it comes, without the lines about the activation', async () => {
    const asked = { person: 'engineer', target: 'power-platform', minutes: 60, reason: 'A try' };
    await stage.remote('/pim/request', asked);
    const policy = { on: 'Block legacy sign-in', type: 'Policy' };
    await stage.remote('/pim/act', { person: 'engineer', activity: 'Update policy', ...policy });
    await stage.remote('/pim/act', { person: 'engineer', activity: 'Delete policy', ...policy, ok: false });
    await stage.remote('/pim/act', { person: 'manager', activity: 'Add user' });
    await stage.advance(10 * minute);
    const row = await stage.ended();
    await stage.advance(2 * minute);
    stage.useLogOfEntra();
    await stage.look(row);
    const [view] = await views();
    assert.deepEqual(
      view.did.map(({ what, on, ok }: { what: string; on: string; ok: boolean }) => [what, on, ok]),
      [
        ['changed a policy', 'Block legacy sign-in', true],
        ['deleted a policy', 'Block legacy sign-in', false],
      ],
    );
  });

  it('is not done where nobody wants it, where it was closed, or while the flow is off', async () => {
    await stage.advance(2 * minute);
    for (const look_back of ['', 'closed'] as const) {
      assert.deepEqual(await stage.look(await stage.ended({ look_back })), { kind: 'done' });
    }
    const policy = wakefulPolicy();
    await open({ ...policy, flows: { ...policy.flows, pim: 'off' } });
    const row = await stage.ended();
    await stage.advance(2 * minute);
    assert.equal(minutesUntil(await stage.look(row)), 24 * 60);
    assert.deepEqual(await stage.cards(), []);
  });
});
