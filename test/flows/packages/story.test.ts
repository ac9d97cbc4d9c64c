import assert from 'node:assert/strict';
import { verifyRecord } from '../../../src/audit/verify.js';
import { cardActions, cardText } from '../../support/card-text.js';
import { dataOf } from '../../support/on-card.js';
import { openPackagesStage, type PackagesStage } from '../../support/packages-stage.js';
import { until } from '../../support/until.js';

const reason = 'Summaries of the supplier contracts for project Nord';

describe('asking for an access package and approving it', () => {
  let stage: PackagesStage;
  before(async () => {
    stage = await openPackagesStage();
  });
  after(() => stage.close());

  it('plain words bring the form of the standard package', async () => {
    await stage.say('engineer', 'I need the research assistant');
    const form = await stage.card('engineer', /AI research assistant - standard/);
    assert.match(cardText(form.card), /manager/i);
    assert.ok(cardActions(form.card).some(({ verb }) => verb === 'packages.ask'));
  });

  it('a reason that says nothing is sent back, with what was written kept', async () => {
    const form = await stage.card('engineer', /AI research assistant - standard/);
    const answer = await stage.press('engineer', form.id, 'packages.ask', { reason: 'asap' });
    assert.equal(answer.statusCode, 200);
    assert.match(JSON.stringify(answer.value), /"asap"/);
    assert.deepEqual(await stage.writes(), []);
  });

  it('asking makes one request in the engineer’s own name', async () => {
    const form = await stage.card('engineer', /AI research assistant - standard/);
    const answer = await stage.press('engineer', form.id, 'packages.ask', { reason });
    assert.equal(answer.statusCode, 200);
    const writes = await stage.writes();
    assert.equal(writes.length, 1);
    assert.equal(writes[0]?.token, 'user');
    assert.match(writes[0]?.path ?? '', /assignmentRequests$/);
  });

  it('the manager gets a card by itself: who, what, why, and why this approver is asked', async () => {
    const card = await stage.card('manager', /Ayumi Fernqvist/);
    const text = cardText(card.card);
    assert.match(text, /AI research assistant - standard/);
    assert.match(text, new RegExp(reason));
    assert.match(text, /you are .*manager/i);
  });

  it('approving is written with the manager’s token, and the answer shows what Entra recorded', async () => {
    const card = await stage.card('manager', /Ayumi Fernqvist/);
    const answer = await stage.press('manager', card.id, 'packages.approve', {
      comment: 'Good luck with Nord',
    });
    assert.match(cardText(answer.value), /approved/i);
    const writes = await stage.writes();
    assert.equal(writes.length, 2);
    assert.deepEqual(new Set(writes.map(({ token }) => token)), new Set(['user']));
    assert.equal(writes[1]?.method, 'PATCH');
  });

  it('the engineer’s card turns to approved and then to delivered, with the approver’s name and words', async () => {
    const card = await stage.card('engineer', /Good luck with Nord/);
    assert.match(cardText(card.card), /Olumide Castellane/);
    await until('the delivery on the engineer’s card', async () => {
      const now = (await stage.timeline('engineer')).find(({ id }) => id === card.id);
      return /you have (it|access)|ready|delivered/i.test(cardText(now?.card));
    });
  });

  it('a second click on the old card shows the settled card and changes nothing', async () => {
    const row = await stage
      .store()
      .db.selectFrom('cards')
      .selectAll()
      .where('kind', '=', 'packages.decide')
      .executeTakeFirstOrThrow();
    const before = (await stage.writes()).length;
    const answer = await stage.press('manager', row.activity_id ?? '', 'packages.deny', {
      ref: row.ref,
      comment: 'no',
    });
    assert.equal(answer.statusCode, 200);
    assert.match(cardText(answer.value), /approved/i);
    assert.equal((await stage.writes()).length, before);
  });

  it('nobody was shown a button that would still decide', async () => {
    for (const person of ['manager', 'engineer']) {
      for (const entry of await stage.timeline(person)) {
        assert.ok(!cardActions(entry.card).some(({ verb }) => /approve|deny|ask$/.test(verb)));
      }
    }
  });

  it('the record tells the story, and its chain holds', async () => {
    const rows = await stage.store().db.selectFrom('audit').select('kind').orderBy('seq').execute();
    const kinds = rows.map(({ kind }) => kind);
    assert.equal(kinds.filter((kind) => kind === 'action.decided').length, 2);
    assert.equal(kinds.filter((kind) => kind === 'action.recorded').length, 2);
    assert.equal(kinds.filter((kind) => kind === 'click.refused').length, 2);
    assert.equal((await verifyRecord(stage.store())).kind, 'intact');
  });

  it('denying needs a word, and the word reaches the engineer', async () => {
    await stage.say('engineer', 'I need the elevated connectors');
    const form = await stage.card('engineer', /elevated connectors/);
    await stage.press('engineer', form.id, 'packages.ask', { ...dataOf(form.card, 'packages.ask'), reason });
    const card = await stage.card('security', /elevated connectors/);
    const silent = await stage.press('security', card.id, 'packages.deny', {});
    assert.match(JSON.stringify(silent.value), /packages\.deny/);
    await stage.press('security', card.id, 'packages.deny', { comment: 'Finish the training first' });
    const told = await stage.card('engineer', /Finish the training first/);
    assert.match(cardText(told.card), /Ingrid Balasuntharam/);
    const other = await stage.card('appowner', /Ingrid Balasuntharam/);
    assert.ok(!cardActions(other.card).some(({ verb }) => verb === 'packages.approve'));
  });
});
