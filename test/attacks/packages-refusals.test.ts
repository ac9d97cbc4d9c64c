import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { standardPackage } from '../../practice/world/packages.js';
import { verifyRecord } from '../../src/audit/verify.js';
import { askFor } from '../support/ask-for.js';
import { cardText } from '../support/card-text.js';
import { dataOf } from '../support/on-card.js';
import { goodReason, openPackagesStage, type PackagesStage } from '../support/packages-stage.js';

/** Whoever is turned away leaves one line; what people wrote and what let them in is kept nowhere. */
describe('what refusals leave behind', () => {
  let stage: PackagesStage;
  before(async () => {
    stage = await openPackagesStage();
  });
  beforeEach(() => stage.reset());
  after(() => stage.close());

  it('a guest who opens a package that is not offered to guests leaves one line', async () => {
    await stage.say('guest', 'show me packages');
    const list = await stage.card('guest', /Prompt library/);
    const answer = await stage.press('guest', list.id, 'packages.open', { package: standardPackage.id });
    assert.equal(answer.statusCode, 400);
    assert.deepEqual(await stage.refusals(), ['packages.may-not-ask']);
  });

  it('a refused reason, a missing word and an own request leave one line each, and the chain holds', async () => {
    await stage.say('engineer', 'I need the research assistant');
    const form = await stage.card('engineer', /standard/);
    await stage.press('engineer', form.id, 'packages.ask', { reason: 'asap' });
    await stage.press('engineer', form.id, 'packages.ask', { reason: goodReason });
    const card = await stage.card('manager', /Ayumi Fernqvist asks/);
    await stage.press('manager', card.id, 'packages.deny', { comment: ' ' });
    assert.deepEqual(await stage.refusals(), ['packages.reason', 'packages.comment']);
    assert.equal((await verifyRecord(stage.store())).kind, 'intact');
  });

  it('a click that Entra turns away after the rules let it pass leaves one line', async () => {
    await askFor(stage, 'engineer', 'the research assistant');
    const card = await stage.card('manager', /Ayumi Fernqvist asks/);
    const gone = { status: 403, body: { error: { code: 'UnAuthorized', message: 'Reason: Unauthorized' } } };
    await stage.fault({ match: { service: 'graph', method: 'GET', path: '/stages' }, do: gone, times: 2 });
    const answer = await stage.press('manager', card.id, 'packages.approve', { comment: 'Fine' });
    assert.match(JSON.stringify(answer.value), /does not list you as an approver/);
    assert.deepEqual(await stage.refusals(), ['packages.not-approver']);
  });

  it('a card of a world that was reset is turned away without a promise', async () => {
    await askFor(stage, 'engineer', 'the research assistant');
    const card = await stage.card('manager', /Ayumi Fernqvist asks/);
    const data = dataOf(card.card, 'packages.approve');
    await stage.reset();
    await stage.say('manager', 'help');
    const help = await stage.card('manager', /Hello/);
    const answer = await stage.press('manager', help.id, 'packages.approve', { ...data, comment: 'Fine' });
    assert.match(JSON.stringify(answer.value), /does not know this any more/);
    await askFor(stage, 'engineer', 'the research assistant');
    const fresh = await stage.card('manager', /Ayumi Fernqvist asks/);
    const done = await stage.press('manager', fresh.id, 'packages.approve', { comment: 'Fine' });
    assert.match(cardText(done.value), /^Approved by you/);
  });

  it('no token and no written message is in any file of the store', async () => {
    await stage.say('engineer', 'I need access, my secret word is Quokka-77');
    await askFor(stage, 'engineer', 'the research assistant');
    const card = await stage.card('manager', /Ayumi Fernqvist asks/);
    await stage.press('manager', card.id, 'packages.approve', { comment: 'Fine' });
    await stage.card('engineer', /You have access/);
    const files = readdirSync(stage.folder).filter((name) => !name.startsWith('practice'));
    assert.ok(files.length > 0);
    for (const name of files) {
      const bytes = readFileSync(path.join(stage.folder, name), 'latin1');
      // Header and payload of a signed token; three letters alone may stand in any random reference.
      assert.doesNotMatch(bytes, /eyJ[\w-]{10,}\.eyJ/, `${name} holds a token`);
      assert.ok(!bytes.includes('Quokka'), `${name} holds what somebody wrote`);
    }
  });
});
