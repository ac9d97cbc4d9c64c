import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { hasButton, readIn } from '../support/on-card.js';
import { newPasskey } from '../support/recovery-card.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';

describe('recovery.handled', () => {
  let stage: RecoveryStage;
  let incident: string;
  before(async () => {
    stage = await openRecoveryStage();
    await stage.does('register-method', {
      person: 'finance',
      method: newPasskey('Strange key'),
      by: 'helpdesk',
    });
    await stage.advance('PT20S');
    await stage.advance('PT20S');
    const { id } = await stage.told('finance', /^Was this you\?/);
    await stage.press('finance', id, 'recovery.not-me');
    incident = (await stage.cardWith('security', 'recovery.handled')).id;
  });
  after(() => stage.close());

  it('wants to know what was found', async () => {
    const answer = await stage.press('security', incident, 'recovery.handled', { note: 'ok' });
    assert.match(readIn(answer), /It needs a few words on what you found out/);
    assert.ok(hasButton(answer.value, 'recovery.handled'));
    assert.deepEqual(await stage.refusals(), ['recovery.handled-note']);
  });

  it('ends the incident, and whoever it is about reads what was found', async () => {
    const note = 'Called her: the help desk mixed up two people';
    const answer = await stage.press('security', incident, 'recovery.handled', { note });
    assert.match(readIn(answer), /Called her: the help desk mixed up two people/);
    const own = await stage.told('finance', /^Case closed/);
    assert.match(cardText(own.card), /Ingrid Balasuntharam: Called her/);
    await stage.says('security', incident, /There is nothing left to do here/);
    assert.ok(!hasButton((await stage.entry('security', incident)).card, 'recovery.handled'));
  });

  it('stands in the record with who said so', async () => {
    const lines = await stage
      .store()
      .db.selectFrom('audit')
      .select('data')
      .where('kind', '=', 'item.changed')
      .where('actor', '=', stage.idOf('security'))
      .execute();
    assert.ok(lines.some(({ data }) => JSON.parse(data).seen?.handled?.startsWith('Called her')));
  });
});
