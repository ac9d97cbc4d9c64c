import assert from 'node:assert/strict';
import { cardActions, cardText } from '../support/card-text.js';
import { hasButton, readIn } from '../support/on-card.js';
import { openPackagesStage, type PackagesStage } from '../support/packages-stage.js';
import type { Entry } from '../support/remote-control.js';

describe('notices before access ends', () => {
  let stage: PackagesStage;
  before(async () => {
    stage = await openPackagesStage();
  });
  after(() => stage.close());

  const notices = async (
    person: string,
    fits = /Your access (ends soon|has ended)/,
  ): Promise<readonly Entry[]> =>
    (await stage.timeline(person)).filter(({ card }) => fits.test(cardText(card)));
  const onePlus = async (duration: string): Promise<void> => {
    await stage.advance(duration);
    await stage.advance('PT10M');
  };

  it('come 14, 3 and 1 days before, each once, also for what was given elsewhere', async () => {
    await stage.hold('engineer', 'standard', 16, { startsAt: '2025-06-01T08:00:00Z' });
    await searched(stage);
    await onePlus('P1DT1H');
    assert.equal((await notices('engineer')).length, 0, 'nothing 15 days before');
    await onePlus('P1DT1H');
    const first = await stage.card('engineer', /Your access ends soon/);
    const text = cardText(first.card);
    assert.match(text, /AI research assistant - standard[\s\S]*1[34] days left/);
    assert.deepEqual(
      cardActions(first.card).map(({ title }) => title),
      ['Extend', 'Give back'],
    );
    await onePlus('P5D');
    assert.equal((await notices('engineer')).length, 1, 'nothing in between');
    await onePlus('P6D');
    await stage.card('engineer', /Your access ends soon[\s\S]*[23] days left/);
    await onePlus('P2D');
    const last = await stage.card('engineer', /Your access ends soon[\s\S]*(1 day|2[0-9] hours) left/);
    assert.deepEqual(
      (await notices('engineer')).map(({ id }) => id),
      [last.id],
      'an old notice makes way for the next',
    );
  });

  it('once more when it has ended, with a way to ask again', async () => {
    await onePlus('P1DT1H');
    const told = await stage.card('engineer', /Your access has ended/);
    assert.match(cardText(told.card), /Its time was over\. If you still need it, ask again\./);
    assert.ok(hasButton(told.card, 'packages.open'));
    await onePlus('P3D');
    assert.equal((await notices('engineer')).length, 1);
    const again = await stage.press('engineer', told.id, 'packages.open');
    assert.match(readIn(again), /^AI research assistant - standard/);
    assert.ok(hasButton(again.value, 'packages.ask'));
  });

  it('extended from the notice, the others stay away until the new end comes near', async () => {
    await stage.hold('finance', 'workshop', 5, { startsAt: '2025-06-01T08:00:00Z' });
    await searched(stage);
    await onePlus('P1DT1H');
    const notice = await stage.card('finance', /Your access ends soon/);
    await stage.press('finance', notice.id, 'packages.extend');
    await stage.send('finance', notice.id);
    await stage.says('finance', notice.id, /You have access|ends soon/);
    const { endsAt = '' } = (await stage.held('finance', 'workshop')) ?? {};
    assert.ok(Date.parse(endsAt) - (await stage.now()).getTime() > 12 * 86_400_000);
    await onePlus('P6D');
    assert.equal((await notices('finance', /Your access has ended/)).length, 0);
  });

  it('waits for the morning where the policy names quiet hours', async () => {
    const quiet = await openPackagesStage({ policy: quietNow });
    try {
      await quiet.hold('starter', 'standard', 4, { startsAt: '2025-06-01T08:00:00Z' });
      await searched(quiet);
      await quiet.advance('P1D');
      await quiet.advance('PT10M');
      const told = (await quiet.timeline('starter')).filter(({ card }) => /ends soon/.test(cardText(card)));
      assert.equal(told.length, 0);
      await quiet.advance('PT4H');
      await quiet.card('starter', /Your access ends soon/);
    } finally {
      await quiet.close();
    }
  });

  it('nobody is told of the end of what was only just given', async () => {
    await stage.hold('helpdesk', 'standard', 1);
    await onePlus('PT12H');
    assert.equal((await notices('helpdesk')).length, 0);
  });
});

/** What was given elsewhere is found once a week, and when the bot starts. */
async function searched(stage: PackagesStage): Promise<void> {
  await stage.restartBot();
  await stage.idle();
}

/** Quiet hours that began an hour ago and go on for three. */
function quietNow(starter: string): string {
  const [from, to] = [-1, 3].map((hours) =>
    new Date(Date.now() + hours * 3_600_000).toISOString().slice(11, 16),
  );
  return starter
    .replace(/\nnotices:\n/, `\nnotices:\n  quiet:\n    from: "${from}"\n    to: "${to}"\n`)
    .replace('timeZone: Europe/Vienna', 'timeZone: UTC');
}
