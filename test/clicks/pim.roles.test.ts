import assert from 'node:assert/strict';
import { cardActions, cardText } from '../support/card-text.js';
import { cardOf, hasButton, inputIn, readIn } from '../support/on-card.js';
import { openIn } from '../support/pim-card.js';
import { openPimStage, type PimStage } from '../support/pim-stage.js';
import type { Entry } from '../support/remote-control.js';

describe('pim.roles', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  after(() => stage.close());

  const search = async (list: Entry, query: string): Promise<string> =>
    readIn(await stage.press('engineer', list.id, 'pim.roles', { query }));

  it('shows Entra roles, groups and Azure roles in one list, each with its place and what it can do', async () => {
    const text = cardText((await stage.roles('engineer')).card);
    assert.match(
      text,
      /AI Administrator\nEntra role\n · Privileged\nChange every setting of the AI services/,
    );
    assert.match(text, /AI Platform Admins\nGroup\n · Privileged\nAdministers the models, keys and quotas/);
    assert.match(text, /Cognitive Services Contributor\nAzure role · rg-retrieval\n · Sensitive/);
    assert.match(text, /Storage Blob Data Reader\nAzure role · AI production/);
    assert.match(text, /Groups Administrator\nEntra role · AI Lab/);
    assert.match(text, /Security Administrator\nEntra role\n · Privileged\n · For emergencies/);
  });

  it('finds what somebody is eligible for through a group, and says so', async () => {
    const text = cardText((await stage.roles('engineer', 'roles')).card);
    assert.match(text, /Exchange Administrator\nEntra role\n · through a group/);
  });

  it('says when an eligibility ends soon, and that Entra lets people ask for more time', async () => {
    const text = cardText((await stage.roles('engineer', 'activate')).card);
    assert.match(
      text,
      /Power Platform Administrator[\s\S]*?Yours until \{\{DATE\(.+\)\}\}\. Ask for longer in Entra/,
    );
  });

  it('shows what somebody has all the time, without a button', async () => {
    const text = cardText((await stage.roles('engineer', 'what roles do I have')).card);
    assert.match(text, /Active now\nAI Incident Responders\nGroup\n · Sensitive\nYours all the time/);
  });

  it('searches by a word of the name, by the place, and leads back to all', async () => {
    const list = await stage.roles('engineer');
    const platform = await search(list, 'platform');
    assert.match(platform, /AI Platform Admins[\s\S]*Power Platform Administrator/);
    assert.doesNotMatch(platform, /Exchange Administrator/);
    const place = await search(list, 'rg-retrieval');
    assert.match(place, /Cognitive Services Contributor/);
    assert.doesNotMatch(place, /Storage Blob/);
    const nothing = await stage.press('engineer', list.id, 'pim.roles', { query: 'payroll' });
    assert.match(readIn(nothing), /Nothing you can activate fits “payroll”/);
    const back = cardActions(cardOf(nothing)).find(({ title }) => title === 'Show all');
    assert.match(readIn(await stage.press('engineer', list.id, 'pim.roles', back?.data)), /Exchange Admin/);
  });

  it('one role that plain words can mean opens its form, with the time that was said', async () => {
    const said: readonly [string, RegExp, string][] = [
      ['I need security admin for an hour', /Activate Security Administrator/, '60'],
      ['activate exchange admin for 2h', /Activate Exchange Administrator/, '120'],
      ['can I get the exchange admin role for half an hour please', /Activate Exchange Administrator/, '30'],
    ];
    for (const [words, title, minutes] of said) {
      const { card } = await stage.roles('engineer', words);
      assert.match(cardText(card), title, words);
      assert.equal(inputIn(card, 'minutes'), minutes, words);
    }
  });

  it('understands a number that is written out', async () => {
    const { card } = await stage.roles('engineer', 'I need exchange admin for two hours');
    assert.match(cardText(card), /Activate Exchange Administrator/);
    assert.equal(inputIn(card, 'minutes'), '120');
  });

  it('a role that is named in full is meant, even where another name has the same words in it', async () => {
    const { card } = await stage.roles('engineer', 'I need AI admin for an hour');
    assert.match(cardText(card), /Ask for AI Administrator/);
    assert.equal(inputIn(card, 'minutes'), '60');
  });

  it('what somebody says around the name does not hide the role', async () => {
    const said = 'Please give me exchange admin for an hour, to fix the mailbox of Leilani';
    assert.match(cardText((await stage.roles('engineer', said)).card), /Exchange Administrator/);
  });

  it('several that words can mean are a shorter list, with the words as its search', async () => {
    const { card } = await stage.roles('engineer', 'activate platform admin for an hour');
    assert.match(cardText(card), /You can activate, with “platform administrator”/);
    assert.match(cardText(card), /AI Platform Admins[\s\S]*Power Platform Administrator/);
    assert.doesNotMatch(cardText(card), /Exchange/);
    assert.ok(!hasButton(card, 'pim.ask'));
  });

  it('an active role stands further up with the time that is left, and opens its card', async () => {
    const { id } = await stage.activate('engineer', 'exchange-admin');
    await stage.ready('engineer', id);
    const list = await stage.roles('engineer');
    const text = cardText(list.card);
    assert.match(text, /Active now[\s\S]*Exchange Administrator[\s\S]*59 minutes left · until/);
    assert.doesNotMatch(text.slice(text.indexOf('You can activate')), /Exchange Administrator/);
    const opened = await stage.press('engineer', list.id, 'pim.show', openIn(list));
    assert.match(readIn(opened), /Ready to use\nExchange Administrator/);
  });

  it('a request that waits is listed as not active yet', async () => {
    await stage.activate('engineer', 'platform-admins');
    const text = cardText((await stage.roles('engineer')).card);
    assert.match(text, /Not active yet\nAI Platform Admins[\s\S]*Waiting for approval/);
  });

  it('plain words for a role that was asked for open the card of that request, not a second form', async () => {
    const { card } = await stage.roles('engineer', 'I need the AI platform admins group role');
    assert.ok(!hasButton(card, 'pim.ask'), cardText(card));
  });

  it('says so when there is nothing to activate', async () => {
    const text = cardText((await stage.roles('finance')).card);
    assert.match(text, /I found no role for you to activate/);
  });

  it('what somebody activated in the portal is there too, with its own card', async () => {
    await stage.portal.ask('guest', 'connector-operators');
    const list = await stage.roles('guest');
    assert.match(cardText(list.card), /Not active yet\nAI Retrieval Connector Operators/);
    const opened = await stage.press('guest', list.id, 'pim.show', openIn(list));
    assert.match(readIn(opened), /Waiting for approval/);
  });
});

describe('pim.roles in trouble', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  after(() => stage.close());
  afterEach(() => stage.clearFaults());

  it('one service that is down leaves a word on the card, and the others are shown', async () => {
    await stage.roles('engineer');
    const down: readonly [string, string, RegExp, RegExp][] = [
      [
        'azure',
        'roleEligibilityScheduleInstances',
        /Azure roles could not be read just now/,
        /AI Administrator/,
      ],
      ['graph', 'privilegedAccess/group', /Groups could not be read just now/, /Storage Blob Data Reader/],
      ['graph', 'roleManagement/directory/roleElig', /Entra roles could not be read just now/, /AI Platform/],
    ];
    for (const [service, path, says, still] of down) {
      await stage.fault({ match: { service, path }, do: { status: 503 }, times: 20 });
      const text = cardText((await stage.roles('engineer')).card);
      assert.match(text, says);
      assert.match(text, still);
      await stage.clearFaults();
    }
  });

  it('Azure that nobody has allowed yet is named as that, and takes nothing else away', async () => {
    const withdraw = ['https://management.azure.com/user_impersonation'];
    await stage.post('/consents', { delegated: { withdraw } }).catch(() => undefined);
    await stage.post('/people/manager/consent', { withdraw }).catch(() => undefined);
    const text = cardText((await stage.roles('manager')).card);
    assert.match(text, /AI Incident Responders\nGroup, as its owner/);
    assert.match(text, /Azure roles are not here: nobody has allowed me to read them yet/);
  });
});

describe('pim.roles without Azure', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage({ policy: (text) => text.replace('azure: true', 'azure: false') });
  });
  after(() => stage.close());

  it('shows no Azure roles where the policy keeps them out, and asks Azure nothing', async () => {
    const text = cardText((await stage.roles('engineer')).card);
    assert.match(text, /AI Administrator/);
    assert.doesNotMatch(text, /Azure/);
    assert.deepEqual(await stage.requests('azure'), []);
  });
});
