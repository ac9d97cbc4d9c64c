import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { cardOf, hasButton, readIn } from '../support/on-card.js';
import { openPimStage, type PimStage } from '../support/pim-stage.js';

describe('pim.question', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  after(() => stage.close());

  it('of a group goes to its owner, says what is missing without a word, and tells security with one', async () => {
    const { id } = await stage.activate('engineer', 'platform-admins');
    const request = await stage.request('engineer', 'platform-admins');
    await stage.portal.approve('appowner', request.id);
    await stage.advance('PT20S');
    await stage.look('engineer', id);
    await stage.post('/pim/act', { person: 'engineer', activity: 'Update application', on: 'Payroll' });
    await stage.advance('PT61M');
    await stage.says('engineer', id, /Ended/);
    await stage.advance('PT3M');
    const entry = await stage.card('manager', /What Ayumi Fernqvist did with AI Platform Admins/);
    const before = await stage.refusals();
    const empty = await stage.press('manager', entry.id, 'pim.question');
    assert.match(readIn(empty), /Not recorded yet\n/);
    assert.ok(hasButton(cardOf(empty), 'pim.question'));
    assert.deepEqual((await stage.refusals()).slice(before.length), ['pim.look-back-comment']);
    const comment = 'Payroll is none of our systems, and nobody asked us for it';
    const answer = await stage.press('manager', entry.id, 'pim.question', { comment });
    assert.match(readIn(answer), /To be looked into[\s\S]*You looked at it[\s\S]*You wrote:\nPayroll/);
    const told = await stage.card('security', /To be looked into/);
    assert.match(cardText(told.card), /Olumide Castellane wrote:\nPayroll is none of our systems/);
    assert.match(cardText(told.card), /Ayumi Fernqvist: AI Platform Admins/);
  });

  it('answered once is not answered again from another device', async () => {
    const { id } = await stage.card('manager', /To be looked into/);
    const row = await stage
      .store()
      .db.selectFrom('cards')
      .selectAll()
      .where('kind', '=', 'pim.look-back')
      .where('person', '=', stage.idOf('manager'))
      .executeTakeFirstOrThrow();
    const answer = await stage.press('manager', id, 'pim.expected', { ref: row.ref, comment: 'It is fine' });
    assert.match(readIn(answer), /To be looked into/);
  });
});
