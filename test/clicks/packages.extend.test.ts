import assert from 'node:assert/strict';
import { projectQuestionIds } from '../../practice/world/package-questions.js';
import { hasButton, inputIn, readIn } from '../support/on-card.js';
import { openPackagesStage, type PackagesStage } from '../support/packages-stage.js';

describe('packages.extend', () => {
  let stage: PackagesStage;
  before(async () => {
    stage = await openPackagesStage();
  });
  after(() => stage.close());

  it('opens the form of what is held, which asks for the end only', async () => {
    await stage.hold('engineer', 'standard', 10);
    const list = await stage.hear('engineer', 'extend my access');
    const answer = await stage.press('engineer', list.id, 'packages.extend');
    const text = readIn(answer);
    assert.match(text, /You have it\nuntil .*; this asks for longer/);
    assert.match(text, /Until when[\s\S]*Last day[\s\S]*Ask for longer/);
    assert.doesNotMatch(text, /First day/);
  });

  it('is one more request, decided like the first, and the same assignment lasts longer', async () => {
    const before = await stage.held('engineer', 'standard');
    const list = await stage.hear('engineer', 'extend my access');
    await stage.press('engineer', list.id, 'packages.extend');
    const answer = await stage.send('engineer', list.id);
    assert.match(readIn(answer), /^(Asked|Waiting for a decision)/);
    const card = await stage.decideCard('manager', /Ayumi Fernqvist/);
    await stage.press('manager', card.id, 'packages.approve', { comment: 'Go on' });
    await stage.says('engineer', list.id, /You have access/);
    const after = await stage.held('engineer', 'standard');
    assert.equal(after?.id, before?.id);
    assert.ok(Date.parse(after?.endsAt ?? '') > Date.parse(before?.endsAt ?? '') + 100 * 86_400_000);
  });

  it('is delivered at once where the policy lets its holders go on', async () => {
    await stage.hold('finance', 'workshop', 3);
    const list = await stage.hear('finance', 'extend');
    const form = await stage.press('finance', list.id, 'packages.extend');
    assert.match(readIn(form), /Way\nFor two weeks/, 'the policy it was given by');
    assert.match(readIn(form), /Who decides: \nnobody, you get it right away/);
    await stage.send('finance', list.id);
    await stage.says('finance', list.id, /You have access|Your access ends soon/);
    const { endsAt = '' } = (await stage.held('finance', 'workshop')) ?? {};
    assert.ok(Date.parse(endsAt) - (await stage.now()).getTime() > 12 * 86_400_000);
  });

  it('shows an answer that may not be changed, and asks the others again with what was said', async () => {
    const { id } = await stage.ask('starter', 'workshop', {
      policy: 'For a project',
      answers: { project: 'NORD-12', purpose: 'Sort mail', site: 'VIE' },
    });
    await approveTwice(/Noor Achterberg/);
    await stage.says('starter', id, /You have access/);
    await stage.advance('P80D');
    const list = await stage.hear('starter', 'renew');
    const form = await stage.press('starter', list.id, 'packages.extend');
    const text = readIn(form);
    assert.match(
      text,
      /Which project is it for\? \(as NORD-12\)\nNORD-12\nThis was answered before and stays\./,
    );
    assert.equal(inputIn(form.value, `q-${projectQuestionIds.purpose}`), 'Sort mail');
    assert.equal(inputIn(form.value, `q-${projectQuestionIds.site}`), 'VIE');
    const sent = await stage.send('starter', list.id, {
      answers: { project: 'OTHER-1', site: 'DUB', purpose: 'Sort more mail' },
    });
    assert.match(
      readIn(sent),
      /Which project is it for\? \(as NORD-12\):? \nNORD-12/,
      'whatever a card sends',
    );
    assert.match(readIn(sent), /Dublin/);
  });

  it('is not there while the end is far, and refuses what is pressed on an old card', async () => {
    await stage.hold('appowner', 'standard', 100);
    const list = await stage.hear('appowner', 'what do I have?');
    assert.ok(!hasButton(list.card, 'packages.extend'));
    const { id } = (await stage.held('appowner', 'standard')) ?? {};
    const early = await stage.press('appowner', list.id, 'packages.extend', { assignment: id });
    assert.equal(early.statusCode, 400);
    assert.match(readIn(early), /You have this access already\. When it comes near its end/);
    await stage.post('/packages/expire', { person: 'appowner', package: 'standard' });
    const late = await stage.press('appowner', list.id, 'packages.extend', { assignment: id });
    assert.match(readIn(late), /You do not have this access any more/);
  });

  async function approveTwice(who: RegExp): Promise<void> {
    const first = await stage.decideCard('manager', who);
    await stage.press('manager', first.id, 'packages.approve', { comment: 'Fine' });
    const second = await stage.decideCard('appowner', who);
    await stage.press('appowner', second.id, 'packages.approve', { comment: 'Fine' });
  }
});
