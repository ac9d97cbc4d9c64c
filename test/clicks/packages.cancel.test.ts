import assert from 'node:assert/strict';
import { dataOf, hasButton, readIn } from '../support/on-card.js';
import { openPackagesStage, type PackagesStage } from '../support/packages-stage.js';

describe('packages.cancel', () => {
  let stage: PackagesStage;
  before(async () => {
    stage = await openPackagesStage();
  });
  after(() => stage.close());

  const cancels = async () => (await stage.sent()).filter(({ path }) => path.endsWith('/cancel'));

  it('takes back what nobody has decided, once however often it is pressed, and the approver’s card says so', async () => {
    const { id } = await stage.ask('engineer', 'standard');
    const card = await stage.decideCard('manager', /Ayumi Fernqvist/);
    await stage.says('engineer', id, /Waiting for a decision/);
    const answer = await stage.press('engineer', id, 'packages.cancel', {}, { deliver: 3 });
    assert.match(readIn(answer), /^Cancelled\n/);
    assert.equal((await cancels()).length, 1);
    assert.match(await stage.says('manager', card.id, /Cancelled/), /The request was taken back/);
    assert.ok(hasButton((await stage.entry('engineer', id)).card, 'packages.open'), 'and they may ask again');
  });

  it('takes back what begins later, although it is decided', async () => {
    const { id } = await stage.ask('finance', 'standard', {
      startDate: await inDays(10),
      endDate: await inDays(30),
    });
    const card = await stage.decideCard('manager', /Leilani Brandvold/);
    await stage.press('manager', card.id, 'packages.approve', { comment: 'Fine' });
    await stage.says('finance', id, /Planned for later/);
    const answer = await stage.press('finance', id, 'packages.cancel');
    assert.match(readIn(answer), /^Cancelled\n/);
    await stage.advance('P11D');
    assert.match(await stage.settledText('finance', id), /Cancelled/);
    assert.equal((await stage.held('finance', 'standard'))?.state, undefined);
  });

  it('comes too late for what was decided a moment ago, and the card says how it stands', async () => {
    const { id } = await stage.ask('starter', 'standard');
    await stage.decideCard('manager', /Noor Achterberg/);
    // Their client may show the news before they press: then the card has no such button any more.
    const pressed = dataOf((await stage.entry('starter', id)).card, 'packages.cancel');
    const { id: request } = await stage.portal.newest('starter');
    await stage.portal.approve('manager', request, 'Welcome');
    const before = (await cancels()).length;
    const answer = await stage.press('starter', id, 'packages.cancel', pressed);
    const text = readIn(answer);
    assert.match(text, /Being set up|You have access/);
    assert.match(text, /This request is not open any more\. Nothing was changed\./);
    assert.equal((await cancels()).length, before);
    assert.deepEqual(await stage.refusals(), ['packages.not-open']);
  });

  async function inDays(days: number): Promise<string> {
    return new Date((await stage.now()).getTime() + days * 86_400_000).toISOString().slice(0, 10);
  }
});
