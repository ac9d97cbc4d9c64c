import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { openPimStage, type PimStage } from '../support/pim-stage.js';

describe('pim.findings', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  after(() => stage.close());
  afterEach(() => stage.clearFaults());

  const shown = async (person = 'security'): Promise<string> =>
    cardText((await stage.roles(person, 'role findings')).card);

  it('shows an administrator who never activated what they could', async () => {
    const text = await shown();
    assert.match(text, /Never activated\nThey could, and have not in the \d+ days I know of/);
    assert.match(text, /Ayumi Fernqvist\n · AI Administrator/);
    assert.match(text, /Ayumi Fernqvist\n · AI Platform Admins/);
  });

  it('shows what is active all the time', async () => {
    assert.match(await shown(), /Active all the time[\s\S]*Ingrid Balasuntharam\n · Security Administrator/);
  });

  it('shows rules that ask for less than the tier deserves', async () => {
    await stage.post('/pim/rules', { target: 'security-admin', enabled: [], longest: 'PT10H' });
    const text = await shown();
    const weak = text.slice(text.indexOf('Too easy to activate'));
    assert.match(
      weak,
      /Security Administrator[\s\S]*?No reason is asked for\. Up to 10 hours; 2 hours should do/,
    );
    assert.match(weak, /AI Administrator\n.*[\s\S]*?Up to 4 hours; 2 hours should do/);
  });

  it('leads to the portal, and changes nothing', async () => {
    const { card } = await stage.roles('security', 'role findings');
    assert.match(cardText(card), /Roles in Entra[\s\S]*Groups in Entra/);
    assert.match(JSON.stringify(card), /https:\/\/entra\.microsoft\.com/);
    assert.deepEqual(await stage.sent(), []);
  });

  it('no longer counts as unused what was activated', async () => {
    await stage.portal.ask('engineer', 'ai-admin');
    const request = await stage.request('engineer', 'ai-admin');
    await stage.portal.approve('security', request.id);
    for (const _ of [1, 2, 3]) await stage.advance('PT20S');
    const text = await shown();
    const unused = text.slice(text.indexOf('Never activated'), text.indexOf('Active all the time'));
    assert.doesNotMatch(unused, /AI Administrator/);
    assert.match(unused, /AI Platform Admins/);
  });

  it('says what could not be read', async () => {
    const match = { service: 'graph', path: 'privilegedAccess/group' };
    await stage.fault({ match, do: { status: 503 }, times: 30 });
    assert.match(await shown(), /Groups could not be read just now/);
  });

  it('is not for everybody: the engineer reads for whom it is, and it is on record', async () => {
    const text = await shown('engineer');
    assert.match(text, /For administrators\nEntra lets only administrators see who has which role/);
    assert.doesNotMatch(text, /Never activated|Ingrid/);
    assert.deepEqual(await stage.refusals(), ['pim.findings-closed']);
  });
});
