import assert from 'node:assert/strict';
import { cardActions } from '../support/card-text.js';
import { readIn } from '../support/on-card.js';
import { openPackagesStage, type PackagesStage } from '../support/packages-stage.js';

describe('packages.show: one card, from the request to the end of the access', () => {
  let stage: PackagesStage;
  before(async () => {
    stage = await openPackagesStage();
  });
  after(() => stage.close());

  const titles = async (person: string, id: string): Promise<readonly string[]> =>
    cardActions((await stage.entry(person, id)).card).map(({ title }) => title);
  const answers = { project: 'NORD-12', site: 'VIE' };
  const project = { policy: 'For a project', answers };
  const approve = async (person: string, who: RegExp, comment: string): Promise<void> => {
    const { id } = await stage.decideCard(person, who);
    await stage.press(person, id, 'packages.approve', { comment });
  };

  describe('through two stages', () => {
    let id: string;

    it('waits for the first: who decides, since when, until when', async () => {
      ({ id } = await stage.ask('engineer', 'workshop', project));
      const text = await stage.says('engineer', id, /Waiting for a decision/);
      assert.match(text, /Who decides: \nOlumide Castellane/);
      assert.match(text, /Stage\n1 of 2/);
      assert.match(text, /Entra denies it\n\{\{DATE/);
      await stage.settled('engineer');
      assert.deepEqual(await titles('engineer', id), ['Look again', 'Take it back']);
    });

    it('looked at again it says the same', async () => {
      const answer = await stage.look('engineer', id);
      assert.match(readIn(answer), /^Waiting for a decision[\s\S]*Olumide Castellane[\s\S]*Stage\n1 of 2/);
    });

    it('waits for the second, with what the first said', async () => {
      await approve('manager', /Ayumi Fernqvist/, 'A good project');
      const text = await stage.says('engineer', id, /Stage\n2 of 2/);
      assert.match(text, /Olumide Castellane approved it · stage 1:\nA good project/);
      assert.match(text, /Who decides: \nWanjiru Halvorsen/);
      assert.match(text, /Waits since/);
    });

    it('is delivered, with what it opens, links, until when, and both approvers’ words', async () => {
      await approve('appowner', /Ayumi Fernqvist/, 'Welcome to the workshop');
      const text = await stage.says('engineer', id, /You have access/);
      assert.match(text, /A good project[\s\S]*Welcome to the workshop/);
      assert.match(text, /What it opens[\s\S]*AI Agent Studio/);
      assert.match(text, /Until\n\{\{DATE/);
      assert.match(text, /Open Agent workshop/);
      const { endsAt = '' } = (await stage.held('engineer', 'workshop')) ?? {};
      const days = (Date.parse(endsAt) - (await stage.now()).getTime()) / 86_400_000;
      assert.ok(days > 89 && days <= 90, `${days} days`);
      assert.deepEqual(await titles('engineer', id), ['Give back']);
    });

    const lookLater = async () => {
      const { ref } = await stage
        .store()
        .db.selectFrom('cards')
        .select('ref')
        .where('kind', '=', 'packages.status')
        .where('person', '=', stage.idOf('engineer'))
        .executeTakeFirstOrThrow();
      return stage.press('engineer', id, 'packages.show', { ref });
    };

    it('near its end it can be extended from the same card', async () => {
      await stage.advance('P80D');
      const answer = await lookLater();
      assert.match(readIn(answer), /^Your access ends soon\nAI agent workshop/);
      assert.deepEqual(
        cardActions(answer.value).map(({ title }) => title),
        ['Extend', 'Give back'],
      );
    });

    it('after its end it says so, and can be asked for again', async () => {
      await stage.advance('P11D');
      const answer = await lookLater();
      assert.match(readIn(answer), /^Ended\nAI agent workshop\nThis access is over\. You can ask again/);
      assert.deepEqual(
        cardActions(answer.value).map(({ title }) => title),
        ['Ask again'],
      );
    });
  });

  it('a later start is planned, then set up, then given', async () => {
    const now = await stage.now();
    const startDate = new Date(now.getTime() + 5 * 86_400_000).toISOString().slice(0, 10);
    const { id } = await stage.ask('finance', 'standard', { startDate });
    await approve('manager', /Leilani Brandvold/, 'Fine');
    const text = await stage.says('finance', id, /Planned for later/);
    assert.match(text, /From\n\{\{DATE/);
    await stage.settled('finance');
    assert.deepEqual(await titles('finance', id), ['Look again', 'Take it back']);
    await stage.advance('P6D');
    await stage.advance('PT1M');
    await stage.says('finance', id, /You have access/);
  });

  it('denied in the second stage: by whom, with which words, after what the first said', async () => {
    const { id } = await stage.ask('starter', 'redteam');
    await approve('manager', /Noor Achterberg/, 'Noor knows how');
    const card = await stage.decideCard('security', /Noor Achterberg/);
    await stage.press('security', card.id, 'packages.deny', { comment: 'After the training, please' });
    const text = await stage.says('starter', id, /Denied/);
    assert.match(text, /Olumide Castellane approved it · stage 1:\nNoor knows how/);
    assert.match(text, /Ingrid Balasuntharam denied it · stage 2:\nAfter the training, please/);
    await stage.settled('starter');
    assert.deepEqual(await titles('starter', id), ['Ask again']);
  });

  it('others are asked when the second stage takes too long', async () => {
    const { id } = await stage.ask('helpdesk', 'redteam');
    await approve('security', /Tomasz Okonjeva/, 'He works on this');
    const waits = await stage.says('helpdesk', id, /Stage\n2 of 2/);
    assert.match(waits, /Others are asked\n\{\{DATE/);
    await stage.advance('P2DT1M');
    await stage.advance('PT1M');
    const text = await stage.says('helpdesk', id, /It took too long, so others were asked as well/);
    assert.match(text, /Who decides: \n.*Wanjiru Halvorsen/);
    await stage.decideCard('appowner', /Tomasz Okonjeva/);
  });

  it('nobody decided: it ran out, and can be asked for again', async () => {
    const { id } = await stage.ask('appowner', 'standard');
    await stage.says('appowner', id, /Waiting for a decision/);
    await stage.advance('P15D');
    await stage.advance('PT1M');
    const text = await stage.says('appowner', id, /Not decided in time/);
    assert.match(text, /Nobody decided before the request ran out\. You can ask again\.[\s\S]*Ask again/);
  });

  it('a part of it is missing: who can let Entra try again, and until when', async () => {
    await stage.post('/packages/settings', { package: 'sandbox', fails: 'partial' });
    const { id } = await stage.ask('security', 'sandbox');
    const text = await stage.says('security', id, /Not all of it is set up/);
    assert.match(text, /These can let Entra try again until .*: Ingrid Balasuntharam\./);
    assert.match(text, /What belongs to it/);
  });

  it('somebody else’s card shows nothing', async () => {
    const { id } = await stage.ask('manager', 'standard');
    const { ref } = cardActions((await stage.entry('manager', id)).card)[0]?.data ?? {};
    const list = await stage.hear('guest');
    const answer = await stage.press('guest', list.id, 'packages.show', { ref });
    assert.equal(answer.statusCode, 400);
    assert.doesNotMatch(readIn(answer), /Olumide|standard/);
  });
});
