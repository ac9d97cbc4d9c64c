import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { hasButton } from '../support/on-card.js';
import { openPackagesStage, type PackagesStage } from '../support/packages-stage.js';
import { until } from '../support/until.js';

const yes = 'I know of the project and looked at it';
const log = { service: 'graph', method: 'GET', path: '/auditLogs/directoryAudits' };

/** What the bot reads by itself fails: it is only late, and nobody is told twice. */
describe('the audit log, the list of endings, and a restart', () => {
  let stage: PackagesStage;
  before(async () => {
    stage = await openPackagesStage();
  });
  beforeEach(() => stage.reset());
  after(() => stage.close());

  const asksSecurity = async () =>
    (await stage.timeline('security')).filter(({ card }) => hasButton(card, 'packages.approve'));
  /** A job that looked just before the clock moved looks again. */
  const inTime = async <T>(ask: () => Promise<T | undefined | false>): Promise<T> => {
    for (let look = 0; look < 6; look += 1) {
      const found = await until('it', ask, 1_500).catch(() => undefined);
      if (found !== undefined) return found;
      await stage.advance('PT6M');
    }
    return until('it at last', ask);
  };

  it('while the log is down or answers nonsense, all else goes on; what it tells later is told once', async () => {
    await stage.ask('engineer', 'redteam');
    const { id } = await stage.decideCard('manager');
    await stage.fault({ match: log, do: { status: 503 }, times: 10_000 });
    await stage.portal.approve('manager', (await stage.portal.newest('engineer')).id, yes);
    await stage.portal.ask('finance', 'standard', 'Reading the supplier contracts of project Nord');
    await stage.advance('PT1M');
    await stage.decideCard('manager', /Leilani Brandvold/);
    await stage.clearFaults();
    await stage.fault({ match: log, do: { status: 200, body: { value: 'nothing' } }, times: 10_000 });
    await stage.portal.ask('starter', 'standard', 'Reading the supplier contracts of project Nord');
    await stage.advance('PT1M');
    await stage.decideCard('manager', /Noor Achterberg/);
    await stage.clearFaults();
    await inTime(async () => (await asksSecurity()).length > 0);
    await stage.says('manager', id, /^Approved for now by you/);
    await stage.advance('PT1M');
    assert.equal((await asksSecurity()).length, 1);
  });

  it('a list of endings that breaks is looked at again, and each holder is told once; also after a restart', async () => {
    await stage.hold('finance', 'workshop', 14.5);
    await stage.fault({
      match: { service: 'graph', method: 'GET', path: '^[^?]*/assignments[?]' },
      do: { status: 503 },
      times: 9,
    });
    await stage.advance('P1DT1M');
    const notices = async () =>
      (await stage.timeline('finance')).filter(({ card }) => /^Your access ends soon/.test(cardText(card)));
    await inTime(async () => (await notices()).length > 0);
    await stage.restartBot();
    await stage.advance('PT30M');
    assert.equal((await notices()).length, 1);
  });

  it('a restart in the middle of an approval asks nobody twice, and the cards still work', async () => {
    const { id: mine } = await stage.ask('starter', 'redteam');
    const first = await stage.decideCard('manager');
    await stage.restartBot();
    await stage.advance('PT1M');
    await stage.press('manager', first.id, 'packages.approve', { comment: yes });
    await stage.restartBot();
    const second = await stage.decideCard('security');
    await stage.advance('PT1M');
    assert.equal((await asksSecurity()).length, 1);
    await stage.press('security', second.id, 'packages.approve', { comment: yes });
    await stage.says('starter', mine, /^(Being set up|You have access)/);
    const asked = (await stage.timeline('manager')).filter(({ card }) =>
      /Noor Achterberg/.test(cardText(card)),
    );
    assert.equal(asked.length, 1);
  });
});
