import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { hasButton, readIn, refOf } from '../support/on-card.js';
import { dataTitled, methodsIn, newPasskey } from '../support/recovery-card.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';

describe('recovery.remove', () => {
  let stage: RecoveryStage;
  let helper: string;
  let ref: string;
  before(async () => {
    stage = await openRecoveryStage();
    await stage.open('finance', 'lost');
    await stage.attest('manager', 'finance');
    const found = await stage.cardWith('helpdesk', 'recovery.remove');
    helper = found.id;
    ref = refOf(found.card);
    await stage.room();
  });
  after(() => stage.close());

  const list = async () =>
    (await stage.press('helpdesk', helper, 'recovery.remove', { ref, step: 'list' })).value;
  const deleted = async (): Promise<readonly string[]> =>
    (await stage.sent())
      .filter(({ method }) => method === 'DELETE')
      .map(({ path }) => /authentication\/(\w+)\//.exec(path)?.[1] ?? path);
  const remove = (card: unknown, fits: RegExp) =>
    stage.press('helpdesk', helper, 'recovery.remove', {
      ...dataTitled(card, /^Remove what I picked/),
      methods: methodsIn(card)
        .filter(({ title }) => fits.test(title))
        .map(({ value }) => value)
        .join(','),
    });

  it('lists what they sign in with by what people call it, numbers hidden', async () => {
    const card = await list();
    const titles = methodsIn(card).map(({ title }) => title);
    assert.equal(titles.length, 2);
    assert.match(
      titles[0] ?? '',
      /^Leilani's iPhone 15 · Microsoft Authenticator · added \d{1,2} \w+ \d{4}$/,
    );
    assert.match(titles[1] ?? '', /^Text or call to the mobile \+351 •••05/);
    assert.match(cardText(card), /Also theirs, and nothing that can be removed here: Password/);
  });

  it('of nothing picked says so', async () => {
    await stage.room();
    const answer = await remove(await list(), /no such thing/);
    assert.match(readIn(answer), /You have not picked anything/);
    assert.deepEqual(await deleted(), []);
  });

  it('lets Teams sign the helper in where that is needed, as every other press does', async () => {
    await stage.room();
    const answer = await remove(await list(), /Authenticator/);
    assert.doesNotMatch(readIn(answer), /Please sign in/);
  });

  it('of the default alone says why Entra keeps it', async () => {
    await stage.press('helpdesk', helper, 'recovery.revoke', { ref });
    await stage.room();
    const before = (await deleted()).length;
    const answer = await remove(await list(), /Authenticator/);
    assert.match(
      readIn(answer),
      /Not removed: \nLeilani's iPhone 15[\s\S]*Entra keeps the usual second step/,
    );
    assert.deepEqual((await deleted()).slice(before), ['microsoftAuthenticatorMethods']);
    assert.equal((await stage.staged('finance')).methods.length, 3);
  });

  it('of all removes the default last, and gives each its receipt', async () => {
    await stage.room();
    const card = await list();
    const before = (await deleted()).length;
    const answer = await remove(card, /./);
    assert.equal(readIn(answer).match(/Removed: /g)?.length, 2, readIn(answer));
    assert.deepEqual((await deleted()).slice(before), ['phoneMethods', 'microsoftAuthenticatorMethods']);
    const one = await stage.caseOf('finance');
    assert.equal(one.cleaned, 1);
    assert.equal(JSON.parse(one.removed).length, 2);
    const steps = await stage
      .store()
      .db.selectFrom('claims')
      .select(['action', 'state'])
      .where('effect', '=', 'recovery.remove')
      .where('state', '=', 'done')
      .execute();
    assert.equal(steps.length, 2);
  });

  it('leads back to the case, which says what was removed and by whom', async () => {
    const answer = await stage.press('helpdesk', helper, 'recovery.show', { ref });
    assert.match(readIn(answer), /✓ Removed: Leilani's iPhone 15 · Microsoft Authenticator\nTomasz Okonjeva/);
    assert.match(readIn(answer), /✓ What was lost is gone/);
  });

  it('tells whoever it is about that this was a part of their case', async () => {
    await stage.advance('PT20S');
    await stage.advance('PT20S');
    const told = await stage.told('finance', /A part of your case/);
    assert.match(cardText(told.card), /was removed from your account\./);
    assert.ok(!hasButton(told.card, 'recovery.mine'));
  });

  it('is done with a passkey of their own: the case closes by itself', async () => {
    const code = await stage.pass('helpdesk', 'finance');
    assert.equal(await stage.signIn('finance', code, newPasskey()), '');
    await stage.advance('PT62M');
    await stage.advance('PT11M');
    await stage.reaches('finance', 'closed');
  });
});

describe('recovery.remove where nothing is gone', () => {
  let stage: RecoveryStage;
  before(async () => {
    stage = await openRecoveryStage();
    await stage.open('appowner', 'broken');
  });
  after(() => stage.close());

  it('is not offered before somebody has vouched', async () => {
    const cards = await stage.timeline('helpdesk');
    assert.ok(!cards.some(({ card }) => hasButton(card, 'recovery.remove')));
  });

  it('can be said to be so with one press', async () => {
    await stage.attest('manager', 'appowner');
    const { id } = await stage.cardWith('helpdesk', 'recovery.remove');
    const list = await stage.press('helpdesk', id, 'recovery.remove');
    const answer = await stage.press(
      'helpdesk',
      id,
      'recovery.remove',
      dataTitled(list.value, /Nothing of it is gone/),
    );
    assert.match(readIn(answer), /✓ Nothing has to be removed/);
    assert.equal((await stage.caseOf('appowner')).cleaned, 1);
    assert.deepEqual(await stage.sent(), []);
  });
});
