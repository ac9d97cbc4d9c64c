import assert from 'node:assert/strict';
import { askFor } from '../support/ask-for.js';
import { cardText } from '../support/card-text.js';
import { hasButton } from '../support/on-card.js';
import { goodReason, openPackagesStage, type PackagesStage } from '../support/packages-stage.js';
import { until } from '../support/until.js';

/** A card that says it is kept up to date must be, and one that offers a button must have one that works. */
describe('cards that stay true', () => {
  let stage: PackagesStage;
  before(async () => {
    stage = await openPackagesStage();
  });
  beforeEach(() => stage.reset());
  after(() => stage.close());

  const noneOf = (person: string, fits: RegExp) =>
    until(`no card of ${person} that says ${fits}`, async () => {
      return (await stage.cardsThatSay(person, fits)).length === 0;
    });

  it('a form that was left lying too long is replaced when the person asks again', async () => {
    await stage.say('engineer', 'I need the research assistant');
    await stage.card('engineer', /standard/);
    await stage.advance('P8D');
    await stage.say('engineer', 'I need the research assistant');
    await stage.card('engineer', /This card has moved/);
    const form = await stage.card('engineer', /Ask for access/);
    await stage.press('engineer', form.id, 'packages.ask', { reason: goodReason });
    assert.match(await stage.text('engineer', form.id), /^(Asked|Waiting)/);
    await stage.card('manager', /Ayumi Fernqvist asks/);
  });

  it('asking for the status again gives a card that is kept up to date as it promises', async () => {
    await askFor(stage, 'engineer', 'the research assistant');
    await stage.card('engineer', /Waiting for a decision/);
    await stage.say('engineer', 'research assistant standard please, I need it');
    const card = await stage.card('manager', /Ayumi Fernqvist asks/);
    await stage.press('manager', card.id, 'packages.approve', { comment: 'Fine' });
    await stage.card('engineer', /You have access/);
    await noneOf('engineer', /Waiting for a decision/);
  });

  it('a request made in the portal and looked up here is kept up to date', async () => {
    const { portal } = stage;
    await portal.ask('engineer', 'standard', goodReason);
    await until(
      'the request to wait',
      async () => (await portal.newest('engineer')).state === 'pendingApproval',
    );
    await stage.say('engineer', 'I need the research assistant standard');
    await stage.card('engineer', /Waiting for a decision/);
    await stage.advance('PT1M');
    const card = await stage.card('manager', /Ayumi Fernqvist asks/);
    await stage.press('manager', card.id, 'packages.approve', { comment: 'Fine' });
    await noneOf('engineer', /Waiting for a decision/);
  });

  it('a form that is asked for twice lives in the newer message, and the older one says so', async () => {
    await stage.say('engineer', 'I need the research assistant');
    const first = await stage.card('engineer', /standard/);
    await stage.say('engineer', 'I need the research assistant');
    await until('the older form to have moved', async () =>
      /This card has moved/.test(await stage.text('engineer', first.id)),
    );
    const [form, ...more] = await stage.cardsThatSay('engineer', /Ask for access/);
    assert.deepEqual(more, []);
    await stage.press('engineer', form?.id ?? '', 'packages.ask', { reason: goodReason });
    const card = await stage.card('manager', /Ayumi Fernqvist asks/);
    await stage.press('manager', card.id, 'packages.approve', { comment: 'Fine' });
    await stage.card('engineer', /You have access/);
    await noneOf('engineer', /Waiting for a decision|^Asked\n|Ask for access/);
  });

  it('a state that Entra has and we do not know is not called approved', async () => {
    await askFor(stage, 'engineer', 'the research assistant');
    const card = await stage.card('manager', /Ayumi Fernqvist asks/);
    const row = await stage
      .store()
      .db.selectFrom('cards')
      .select('item')
      .where('kind', '=', 'packages.decide')
      .orderBy('created_at', 'desc')
      .executeTakeFirstOrThrow();
    const id = row.item.split(':')[1] ?? '';
    const requests = { service: 'graph', method: 'GET', path: '/assignmentRequests' };
    const body = { id, state: 'unknownFutureValue', value: [], requestor: {}, accessPackage: {} };
    await stage.fault({ match: requests, do: { status: 200, body }, times: 10_000 });
    const looks = async () =>
      (await stage.requests('graph')).filter(({ path }) => path.includes(`/assignmentRequests/${id}`)).length;
    const before = await looks();
    // The second look begins when the first has been dealt with.
    for (const count of [1, 2]) {
      await stage.advance('PT1M');
      await until('a look at the request', async () => (await looks()) >= before + count);
    }
    await stage.clearFaults();
    assert.doesNotMatch(await stage.text('manager', card.id), /Approved/);
  });

  it('a request that was cancelled while its approver pressed says so, and offers no button', async () => {
    const { portal } = stage;
    await askFor(stage, 'engineer', 'the research assistant');
    const card = await stage.card('manager', /Ayumi Fernqvist asks/);
    await stage.fault({
      match: { service: 'graph', method: 'PATCH' },
      do: { drop: true },
      times: 20,
    });
    const answer = await stage.press('manager', card.id, 'packages.approve', { comment: 'Fine' });
    assert.match(cardText(answer.value), /^Being recorded/);
    await portal.cancel('engineer', (await portal.newest('engineer')).id);
    await stage.advance('PT2M');
    await until('the manager to be told', async () =>
      /^Cancelled/.test(await stage.text('manager', card.id)),
    );
    const sent = (await stage.requests('connector')).filter(({ method }) => method === 'PUT');
    assert.ok(
      !sent.some(({ body }) => /was not recorded/.test(JSON.stringify(body))),
      'asked to press again',
    );
    assert.ok(!hasButton((await stage.cardsThatSay('manager', /Cancelled/))[0]?.card, 'packages.approve'));
  });
});
