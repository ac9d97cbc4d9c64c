import assert from 'node:assert/strict';
import { openPimStage, type PimStage } from '../support/pim-stage.js';
import { until } from '../support/until.js';

/** The job that stays with an activation: it looks often enough, and not without end. */
describe('following a role that Entra shows late', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  beforeEach(() => stage.reset());
  after(() => stage.close());

  it('a minute and a half: it is neither over nor asked for twice, and ready in the end', async () => {
    await stage.post('/pim/settings', { readLag: 'PT90S', readyLag: 'PT2M' });
    const { id } = await stage.activate('engineer', 'exchange-admin');
    await stage.says('engineer', id, /^Almost ready/);
    await lookedAgainAfter('PT70S');
    assert.doesNotMatch(await stage.text('engineer', id), /^Ended/);
    await stage.advance('PT60S');
    await stage.says('engineer', id, /^Ready to use/);
    assert.equal((await stage.staged()).requests.length, 1);
  });

  it('that runs: nobody looks again before something is due', async () => {
    const { id } = await stage.activate('engineer', 'exchange-admin');
    await stage.says('engineer', id, /^Ready to use/);
    const { starts_at: began } = await stage
      .store()
      .db.selectFrom('activations')
      .select('starts_at')
      .where('id', '=', (await stage.request('engineer', 'exchange-admin')).id)
      .executeTakeFirstOrThrow();
    await until('the next look to be planned', async () => {
      const looks = await stage
        .store()
        .db.selectFrom('jobs')
        .select('run_at')
        .where('kind', '=', 'pim.follow')
        .where('run_at', '>', began + 60_000)
        .execute();
      return looks.length > 0;
    });
  });

  it('approved, and set up only minutes later: it is not told as ready before it is', async () => {
    await stage.post('/pim/settings', { provisionLag: 'PT2M' });
    const { id } = await stage.activate('engineer', 'platform-admins');
    const card = await stage.decideCard('manager');
    await stage.press('manager', card.id, 'pim.approve', { comment: 'Fine with me, I know of it' });
    await stage.advance('PT1M');
    assert.doesNotMatch(await stage.text('engineer', id), /^Ready to use/);
    await stage.advance('PT2M');
    await stage.says('engineer', id, /^Ready to use/);
  });

  /** The job that follows it has looked since the clock moved. */
  const lookedAgainAfter = async (time: string): Promise<void> => {
    const looks = async () =>
      (await stage.requests('graph')).filter(
        ({ path, token }) => token === 'app' && path.includes('/roleAssignmentSchedules'),
      ).length;
    const before = await looks();
    await stage.advance(time);
    await until('another look', async () => (await looks()) > before);
  };
});
