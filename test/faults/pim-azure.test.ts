import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { readIn } from '../support/on-card.js';
import { openPimStage, type PimStage } from '../support/pim-stage.js';

/** Azure is another service, with troubles of its own: the roles of Entra and the groups are there all the same. */
describe('lists of roles while Azure is in trouble', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  beforeEach(() => stage.reset());
  afterEach(() => stage.clearFaults());
  after(() => stage.close());

  for (const [what, effect] of [
    ['is down', { status: 503 }],
    ['fails', { status: 500 }],
    ['refuses', { status: 403 }],
    ['cuts every connection', { drop: true }],
    ['answers with something else', { status: 200, body: { odd: [1] } }],
  ] as const) {
    it(`Azure ${what}: the rest is listed, with a word on what is missing`, async () => {
      await stage.fault({ match: { service: 'azure' }, do: effect, times: 100 });
      const text = cardText((await stage.roles('engineer')).card);
      for (const name of ['AI Administrator', 'AI Platform Admins', 'Exchange Administrator']) {
        assert.ok(text.includes(name), text);
      }
      assert.doesNotMatch(text, /Cognitive Services/);
      assert.match(text, /Azure/);
    });
  }

  it('Azure never answers: the rest is listed before Teams gives up', async () => {
    const list = await stage.roles('engineer');
    await stage.fault({ match: { service: 'azure' }, do: { delayMs: 30_000 }, times: 100 });
    const answer = await stage.press('engineer', list.id, 'pim.roles', { query: '' });
    const text = readIn(answer);
    assert.equal(answer.statusCode, 200, text);
    assert.ok(text.includes('AI Administrator'), text);
  });

  it('what waits in Entra can be decided', async () => {
    await stage.activate('engineer', 'platform-admins');
    await stage.decideCard('manager');
    await stage.fault({ match: { service: 'azure' }, do: { status: 503 }, times: 100 });
    const text = cardText((await stage.roles('manager', 'approvals')).card);
    assert.match(text, /AI Platform Admins/);
    assert.match(text, /Azure/);
  });

  it('the form of an Azure role says in plain words that it cannot be reached', async () => {
    const list = await stage.roles('engineer');
    await stage.fault({ match: { service: 'azure' }, do: { status: 503 }, times: 100 });
    const answer = await stage.press('engineer', list.id, 'pim.form', {
      role: await stage.data('cognitive'),
    });
    assert.doesNotMatch(readIn(answer), /503|TypeError|undefined/);
    assert.equal((await stage.sent()).length, 0);
  });

  for (const [service, kind] of [
    ['/roleManagement/directory', 'roles'],
    ['/privilegedAccess/group', 'groups'],
  ] as const) {
    it(`Entra’s ${kind} cannot be read: the others are listed`, async () => {
      await stage.fault({ match: { service: 'graph', path: service }, do: { status: 503 }, times: 100 });
      const text = cardText((await stage.roles('engineer')).card);
      assert.ok(text.includes('Cognitive Services Contributor'), text);
      assert.ok(text.includes(kind === 'roles' ? 'AI Platform Admins' : 'AI Administrator'), text);
    });
  }
});
