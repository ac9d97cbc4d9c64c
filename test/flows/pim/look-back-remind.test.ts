import assert from 'node:assert/strict';
import { day, hour, minute } from '../../../src/base/clock.js';
import { remindLookBack } from '../../../src/flows/pim/look-back/remind.js';
import type { JobResult } from '../../../src/jobs/job.js';
import { aiAdmin, type LookBackStage, openLookBackStage, securityAdmin } from './look-back-stage.js';

describe('the look at an emergency', () => {
  let stage: LookBackStage;
  beforeEach(async () => {
    stage = await openLookBackStage();
  });
  afterEach(() => stage.close());

  const minutesUntil = (result: JobResult): number =>
    result.kind === 'again' ? Math.round((result.at.getTime() - stage.now()) / minute) : -1;
  const emergency = { target: securityAdmin, emergency: 1 } as const;
  const remind = (activation: string, sent: number) =>
    stage.run(remindLookBack(stage.services), { activation, sent });
  const arrived = () =>
    stage.services.store.write((tx) =>
      tx.updateTable('cards').set({ activity_id: 'message', conversation_id: 'chat' }).execute(),
    );

  it('has to be closed, and is asked about again, less and less often', async () => {
    const row = await stage.ended(emergency);
    await stage.advance(2 * minute);
    await stage.look(row);
    const [card] = await stage.cards();
    assert.deepEqual(
      [card?.who, card?.view.mustClose, card?.view.because],
      ['security', true, 'pim.emergency'],
    );
    const [job] = await stage.jobs('pim.look-back-remind');
    assert.equal(Math.round((Number(job?.run_at) - stage.now()) / hour), 4);
    await arrived();
    const gaps: number[] = [];
    for (const [sent, wait] of [4 * hour, day, 2 * day].entries()) {
      await stage.advance(wait + minute);
      gaps.push(minutesUntil(await remind(row.id, sent)) / 60);
      await arrived();
    }
    assert.deepEqual(gaps, [24, 48, 96]);
    const all = await stage.cards();
    assert.deepEqual(
      all.map(({ state, template }) => [state, template]),
      [
        ['final', 'shared/moved'],
        ['final', 'shared/moved'],
        ['final', 'shared/moved'],
        ['open', 'pim/look-back'],
      ],
    );
  });

  it('is not asked about twice when the job runs again, nor after it was closed', async () => {
    const row = await stage.ended(emergency);
    await stage.advance(2 * minute);
    await stage.look(row);
    await arrived();
    assert.equal(minutesUntil(await remind(row.id, 0)), 240);
    assert.equal((await stage.cards()).length, 1);
    await stage.services.store.write((tx) =>
      tx.updateTable('activations').set({ look_back: 'closed' }).where('id', '=', row.id).execute(),
    );
    assert.deepEqual(await remind(row.id, 0), { kind: 'done' });
  });

  it('is not sent twice to whoever has not had it yet', async () => {
    const row = await stage.ended(emergency);
    await stage.advance(2 * minute);
    await stage.look(row);
    await stage.advance(5 * hour);
    await remind(row.id, 0);
    assert.deepEqual(
      (await stage.cards()).map(({ state }) => state),
      ['open'],
    );
  });

  it('reminds nobody of what was no emergency', async () => {
    const row = await stage.ended({ target: aiAdmin });
    await stage.advance(2 * minute);
    await stage.look(row);
    assert.deepEqual(await stage.jobs('pim.look-back-remind'), []);
  });
});
