import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { hasButton, readIn } from '../support/on-card.js';
import { newPasskey } from '../support/recovery-card.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';

describe('recovery.mine', () => {
  let stage: RecoveryStage;
  let asked: string;
  before(async () => {
    stage = await openRecoveryStage();
    await stage.does('register-method', {
      person: 'finance',
      method: newPasskey('Old iPad'),
      ip: '203.0.113.77',
    });
    await stage.advance('PT20S');
    await stage.advance('PT20S');
    asked = (await stage.told('finance', /^Was this you\?/)).id;
  });
  after(() => stage.close());

  it('is asked in words: what, when, who and from where', async () => {
    const text = await stage.text('finance', asked);
    assert.match(text, /^Was this you\?\nA passkey or security key was added to your account\./);
    assert.match(text, /When\n\{\{DATE/);
    assert.match(text, /Who\nSomebody who was signed in as you/);
    assert.match(text, /Address\nIP 203\.0\.113\.77/);
    assert.match(text, /Yes, that was me\nNo, that was not me/);
  });

  it('is written down, and nobody has to do anything', async () => {
    const answer = await stage.press('finance', asked, 'recovery.mine');
    assert.match(readIn(answer), /^That was you[\s\S]*Nobody has to do anything/);
    const lines = await stage
      .store()
      .db.selectFrom('audit')
      .select('data')
      .where('kind', '=', 'item.changed')
      .where('actor', '=', stage.idOf('finance'))
      .execute();
    assert.deepEqual(
      lines.map(({ data }) => JSON.parse(data).to),
      ['mine'],
    );
  });

  it('can be thought over again', async () => {
    assert.ok(hasButton((await stage.entry('finance', asked)).card, 'recovery.not-me'));
    const answer = await stage.press('finance', asked, 'recovery.not-me');
    assert.match(readIn(answer), /^That was not you/);
  });

  it('is too late after that: others look into it', async () => {
    const { ref } = await stage
      .store()
      .db.selectFrom('cards')
      .select('ref')
      .where('kind', '=', 'recovery.change')
      .executeTakeFirstOrThrow();
    const answer = await stage.press('finance', asked, 'recovery.mine', { ref });
    assert.match(readIn(answer), /others look into it/);
    assert.deepEqual(await stage.refusals(), ['recovery.denied-already']);
    assert.ok(!/That was you/.test(cardText((await stage.entry('finance', asked)).card)));
  });
});
