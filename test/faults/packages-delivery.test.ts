import assert from 'node:assert/strict';
import { askFor } from '../support/ask-for.js';
import { hasButton } from '../support/on-card.js';
import { openPackagesStage, type PackagesStage } from '../support/packages-stage.js';
import { until } from '../support/until.js';

/** Between the decision and the reader's eyes stands the connector: slow, losing answers, or turning us away. */
describe('cards on their way to their readers', () => {
  let stage: PackagesStage;
  beforeEach(async () => {
    stage = await openPackagesStage();
  });
  afterEach(() => stage.close());

  const posts = async (): Promise<number> =>
    (await stage.requests('connector')).filter(
      ({ method, path }) => method === 'POST' && path.includes('/activities'),
    ).length;
  /** What waits for a reader who cannot be reached is put off by an hour and more. */
  const deliveriesAreOver = () =>
    until('all cards to be delivered', async () => {
      const jobs = await stage.store().db.selectFrom('jobs').select(['kind', 'payload']).execute();
      return !jobs.some(({ kind, payload }) => kind === 'card.deliver' && !/"parked":[1-9]/.test(payload));
    });
  const turnedAway = () =>
    until('the connector to turn the bot away', async () =>
      (await stage.requests('connector')).some(({ status }) => status === 403),
    );
  /** Waits until none is being tried, then makes all due at one time, as a long outage does by itself. */
  const putOffTogether = async (): Promise<boolean> => {
    const changed = await stage
      .store()
      .db.selectFrom('cards')
      .select('ref')
      .where('version', '>', 1)
      .where('kind', '=', 'packages.decide')
      .where('activity_id', 'is', null)
      .execute();
    if (changed.length === 0) return false;
    const moved = await stage.store().write((tx) =>
      tx
        .updateTable('jobs')
        .set({ run_at: Date.now() + 3_600_000 })
        .where('kind', '=', 'card.deliver')
        .where('lease_owner', 'is', null)
        .executeTakeFirst(),
    );
    const all = await stage
      .store()
      .db.selectFrom('jobs')
      .select('id')
      .where('kind', '=', 'card.deliver')
      .execute();
    return all.length > 0 && moved.numUpdatedRows === BigInt(all.length);
  };
  const losePost = () =>
    stage.fault({
      match: { service: 'connector', method: 'POST', path: '/activities' },
      do: { drop: true, afterEffect: true },
    });

  it('a post whose answer was lost is not made again at once, and an answer to it makes a second one needless', async () => {
    await stage.say('engineer', 'I need the research assistant');
    const form = await stage.card('engineer', /standard/);
    await losePost();
    await stage.press('engineer', form.id, 'packages.ask', { reason: 'Reading the contracts of Nord' });
    const card = await stage.card('manager', /Ayumi Fernqvist asks/);
    await stage.advance('PT30S');
    assert.equal((await stage.cardsThatSay('manager', /Ayumi Fernqvist/)).length, 1);
    await stage.press('manager', card.id, 'packages.approve', { comment: 'Fine' });
    await stage.advance('PT1H');
    await deliveriesAreOver();
    assert.equal((await stage.cardsThatSay('manager', /Ayumi Fernqvist/)).length, 1);
  });

  it('a card that changes while its first post is under way is still one message', async () => {
    const before = await posts();
    await stage.say('engineer', 'I need the elevated connectors');
    const form = await stage.card('engineer', /elevated connectors/);
    await stage.fault({
      match: { service: 'connector', method: 'POST', path: '-security' },
      do: { delayMs: 1_500 },
    });
    await stage.press('engineer', form.id, 'packages.ask', { reason: 'Reading the contracts of Nord' });
    const owners = await stage.card('appowner', /Ayumi Fernqvist asks/);
    await stage.press('appowner', owners.id, 'packages.approve', { comment: 'Fine' });
    await stage.card('security', /Approved by Wanjiru/);
    await deliveriesAreOver();
    assert.equal((await stage.cardsThatSay('security', /Ayumi Fernqvist/)).length, 1);
    // The form, and one card for each of the two approvers.
    assert.equal((await posts()) - before, 3);
  });

  it('a first post and a change that both waited for Teams to come back are one message', async () => {
    const outage = { service: 'connector', method: 'POST', path: '-security' };
    await stage.fault({ match: outage, do: { status: 503 }, times: 1_000 });
    await askFor(stage, 'engineer', 'the elevated connectors');
    const owners = await stage.card('appowner', /Ayumi Fernqvist asks/);
    await stage.press('appowner', owners.id, 'packages.approve', { comment: 'Fine' });
    await until('all pictures to wait, put off together', putOffTogether, 20_000);
    await stage.clearFaults();
    await stage.advance('PT2H');
    await stage.card('security', /Approved by Wanjiru/);
    await deliveriesAreOver();
    assert.equal((await stage.cardsThatSay('security', /Ayumi Fernqvist/)).length, 1);
  });

  it('an edit that was held up does not put an older picture over a newer one', async () => {
    const form = await askFor(stage, 'finance', 'the prompt library');
    await stage.card('finance', /You have access/);
    await deliveriesAreOver();
    const second = await askFor(stage, 'engineer', 'the research assistant');
    const card = await stage.card('manager', /Ayumi Fernqvist asks/);
    await deliveriesAreOver();
    await stage.fault({
      match: { service: 'connector', method: 'PUT', path: '-engineer' },
      do: { delayMs: 2_500 },
    });
    await stage.press('manager', card.id, 'packages.approve', { comment: 'Fine' });
    await until('every edit to be answered', async () => {
      const puts = (await stage.requests('connector')).filter(({ method }) => method === 'PUT');
      return puts.length > 0 && puts.every(({ status }) => status !== 0);
    });
    await deliveriesAreOver();
    assert.match(await stage.text('engineer', second.id), /You have access/);
    assert.match(await stage.text('finance', form.id), /You have access/);
  });

  for (const as of ['blocked', 'uninstalled']) {
    it(`an approver who had ${as} the bot gets the waiting request after letting it in again`, async () => {
      await stage.post('/people/manager/block', { blocked: true, as });
      await askFor(stage, 'engineer', 'the research assistant');
      await turnedAway();
      await deliveriesAreOver();
      await stage.post('/people/manager/block', { blocked: false });
      await stage.post('/people/manager/activities', {
        type: 'installationUpdate',
        action: 'add',
        text: null,
      });
      await stage.advance('PT1M');
      await stage.card('manager', /Ayumi Fernqvist asks/);
    });
  }

  it('whoever unblocked the bot and writes to it is reached again', async () => {
    await stage.post('/people/manager/block', { blocked: true });
    await askFor(stage, 'engineer', 'the research assistant');
    await turnedAway();
    await deliveriesAreOver();
    await stage.post('/people/manager/block', { blocked: false });
    await stage.say('manager', 'help');
    await stage.card('manager', /Hello/);
    await askFor(stage, 'finance', 'the research assistant');
    await stage.card('manager', /Leilani Brandvold asks/);
  });

  it('a card that ended while its reader had blocked the bot has no buttons afterwards', async () => {
    await askFor(stage, 'engineer', 'the elevated connectors');
    const mine = await stage.card('security', /Ayumi Fernqvist asks/);
    const owners = await stage.card('appowner', /Ayumi Fernqvist asks/);
    await stage.post('/people/security/block', { blocked: true });
    await stage.press('appowner', owners.id, 'packages.deny', { comment: 'Training first' });
    await turnedAway();
    await deliveriesAreOver();
    await stage.post('/people/security/block', { blocked: false });
    await stage.say('security', 'help');
    await stage.advance('PT1M');
    await until('the card of security to be final', async () => {
      const entry = (await stage.timeline('security')).find(({ id }) => id === mine.id);
      return !hasButton(entry?.card, 'packages.approve');
    });
  });
});
