import assert from 'node:assert/strict';
import { cardActions, cardText } from '../support/card-text.js';
import { hasButton, readIn, refOf } from '../support/on-card.js';
import { openPackagesStage, type PackagesStage } from '../support/packages-stage.js';

describe('packages.reports', () => {
  let stage: PackagesStage;
  before(async () => {
    stage = await openPackagesStage();
  });
  after(() => stage.close());

  it('lists the people whose manager the reader is, and nobody who cannot sign in', async () => {
    const { card } = await stage.hear('manager', 'access for somebody in my team');
    const text = cardText(card);
    assert.match(text, /^For whom\?/);
    for (const name of ['Ayumi Fernqvist', 'Leilani Brandvold', 'Noor Achterberg', 'Wanjiru Halvorsen'])
      assert.match(text, new RegExp(name));
    assert.doesNotMatch(text, /Tomasz Okonjeva|Soraya Wetherby/);
  });

  it('says so to somebody who is nobody’s manager', async () => {
    const { card } = await stage.hear('engineer', 'ask for somebody else');
    assert.match(cardText(card), /Entra names nobody whose manager you are/);
    assert.ok(!hasButton(card, 'packages.open'));
  });

  it('leads to what that person may be given, and from there to a form in their name', async () => {
    const list = await stage.hear('manager', 'on behalf of my team');
    const engineer = cardActions(list.card).find(({ data }) => data.person === stage.idOf('engineer'));
    const chosen = await stage.press('manager', list.id, 'packages.open', engineer?.data);
    assert.match(readIn(chosen), /^What does Ayumi Fernqvist need\?/);
    const { id } = await stage.packageOf('workshop');
    const data = { package: id, person: stage.idOf('engineer') };
    const form = await stage.press('manager', list.id, 'packages.open', data);
    const text = readIn(form);
    assert.match(text, /^AI agent workshop\nFor Ayumi Fernqvist/);
    assert.match(text, /You ask in your own name, for Ayumi Fernqvist/);
    assert.match(text, /How long\n14 days/, 'the policy under which managers may ask');
    assert.ok(hasButton(form.value, 'packages.ask'));
  });

  it('gives the exact link where managers may not ask for this package', async () => {
    const { id } = await stage.packageOf('standard');
    const { answer } = await stage.open('manager', 'standard', { person: 'engineer' });
    assert.match(readIn(answer), /does not let you ask for this in the name of Ayumi Fernqvist here/);
    assert.ok(!hasButton(answer.value, 'packages.ask'));
    assert.match(JSON.stringify(answer.value), new RegExp(`myaccess\\.microsoft\\.com/[^"]*${id}`));
  });

  it('tells nobody the name of a package that Entra does not show them', async () => {
    const { id: list } = await stage.hear('manager', 'access for somebody in my team');
    const { id, name } = await stage.packageOf('partner');
    const data = { package: id, person: stage.idOf('engineer') };
    const way = await stage.press('manager', list, 'packages.open', data);
    assert.match(readIn(way), /^An access package/);
    assert.match(JSON.stringify(way.value), new RegExp(`myaccess\\.microsoft\\.com/[^"]*${id}`));
    const whom = await stage.press('manager', list, 'packages.reports', { package: id });
    assert.match(readIn(whom), /^For whom\?\nAsk for access for/);
    for (const answer of [way, whom]) assert.ok(!JSON.stringify(answer.value).includes(name));
    const seen = await stage.packageOf('workshop');
    const known = await stage.press('manager', list, 'packages.reports', { package: seen.id });
    assert.match(readIn(known), /Ask for AI agent workshop for/);
  });

  it('tells nobody the name of somebody whose manager they are not', async () => {
    const { answer } = await stage.open('manager', 'workshop', { person: 'helpdesk' });
    assert.equal(answer.statusCode, 400);
    assert.match(readIn(answer), /does not let you ask for this in their name/);
    assert.doesNotMatch(readIn(answer), /Tomasz/);
  });

  it('sends one request for them, which says whose it is, and which their manager cannot decide alone', async () => {
    const { id, answer } = await stage.ask('manager', 'workshop', { person: 'engineer' });
    assert.match(readIn(answer), /AI agent workshop · for Ayumi Fernqvist/);
    const [sent, ...others] = (await stage.sent()).filter(({ path }) => path.endsWith('/assignmentRequests'));
    assert.equal(others.length, 0);
    assert.match(JSON.stringify(sent?.body), new RegExp(`"targetId":"${stage.idOf('engineer')}"`));
    assert.match(await stage.says('manager', id, /Waiting for a decision/), /for Ayumi Fernqvist/);
    const own = (await stage.timeline('manager')).filter(({ card }) => hasButton(card, 'packages.approve'));
    assert.equal(own.length, 0);
  });

  it('is followed by both of them, each on a card of their own', async () => {
    const theirs = await stage.open('engineer', 'workshop');
    const text = readIn(theirs.answer);
    assert.match(text, /AI agent workshop/);
    assert.equal((await stage.look('engineer', theirs.id)).statusCode, 200);
    const mine = await stage.open('manager', 'workshop', { person: 'engineer' });
    assert.match(readIn(mine.answer), /for Ayumi Fernqvist/);
    assert.notEqual(refOf(mine.answer.value), refOf(theirs.answer.value));
    assert.match(readIn(await stage.look('manager', mine.id)), /for Ayumi Fernqvist/);
  });
});
