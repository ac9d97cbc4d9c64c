import assert from 'node:assert/strict';
import { cardActions } from '../support/card-text.js';
import { cardOf, readIn } from '../support/on-card.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';

describe('recovery.find', () => {
  let stage: RecoveryStage;
  let id: string;
  before(async () => {
    stage = await openRecoveryStage();
    ({ id } = await stage.hear('engineer', 'a colleague lost her phone'));
  });
  after(() => stage.close());

  const find = (name: string, what = 'lost') =>
    stage.press('engineer', id, 'recovery.find', { what, name, note: '' });
  const offered = (card: unknown): readonly unknown[] =>
    cardActions(card).flatMap(({ verb, data }) => (verb === 'recovery.open' ? [data.person] : []));

  it('asks for a name, and says that they will be told', async () => {
    const { card } = await stage.entry('engineer', id);
    assert.match(readIn({ statusCode: 200, type: '', value: card }), /They are told that you opened a case/);
  });

  it('finds somebody by the beginning of a name, with what tells two of one name apart', async () => {
    const answer = await find('leil');
    assert.match(readIn(answer), /Leilani Brandvold\nFinancial Controller, Finance\n\S+@/);
    assert.deepEqual(offered(cardOf(answer)), [stage.idOf('finance')]);
  });

  it('says how to search where nobody is found', async () => {
    assert.match(readIn(await find('zzzz')), /I find nobody of your organisation by that name/);
  });

  it('offers neither guests nor whoever searches', async () => {
    assert.deepEqual(offered(cardOf(await find('Ayumi'))), []);
    assert.deepEqual(offered(cardOf(await find('Rafael'))), []);
  });

  it('takes signs that mean something to Entra for a part of a name', async () => {
    for (const name of ['"', "O'Neil", '*', '" OR "displayName:a', '\\'])
      assert.equal((await find(name)).statusCode, 200, name);
  });
});
