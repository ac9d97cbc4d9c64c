import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { dataOf, hasButton, readIn } from '../support/on-card.js';
import { codeIn, dataTitled, methodsIn, newPasskey } from '../support/recovery-card.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';
import { goodNote } from '../support/recovery-walk.js';

describe('recovery.issue', () => {
  let stage: RecoveryStage;
  let code: string;
  let helper: string;
  let pressed: object;
  before(async () => {
    stage = await openRecoveryStage();
    await stage.open('finance', 'lost');
  });
  after(() => stage.close());

  it('has no button for the help desk before somebody has vouched', async () => {
    const cards = await stage.timeline('helpdesk');
    assert.ok(!cards.some(({ card }) => hasButton(card, 'recovery.issue')));
  });

  it('shows the help desk who vouched and how, and that they have to call', async () => {
    await stage.attest('manager', 'finance');
    const found = await stage.issueCard('helpdesk', 'finance');
    helper = found.id;
    pressed = dataOf(found.card, 'recovery.issue');
    const text = cardText(found.card);
    assert.match(text, /Leilani Brandvold\nLost phone or computer/);
    assert.match(text, /Call them on the number that you have on file/);
    assert.match(text, /Olumide Castellane\n, on video/);
    assert.ok(text.includes(goodNote));
    const own = await stage.told('finance', /The help desk is next/);
    assert.match(cardText(own.card), /✓ Olumide Castellane\n made sure on video/);
  });

  it('shows a code once, to be read out, spelled sign by sign', async () => {
    const answer = await stage.press('helpdesk', helper, 'recovery.issue');
    code = codeIn(answer);
    assert.equal(code.length, 8);
    const said = readIn(answer);
    assert.match(said, /Read this out\nLeilani Brandvold/);
    assert.match(said, /(capital|small|digit|sign) \S, /);
    assert.match(said, /Opens\nas many sign-ins as they need until then/);
    const [made] = (await stage.sent()).filter(({ method }) => method === 'POST');
    assert.equal(made?.user, stage.idOf('helpdesk'));
    assert.deepEqual(made?.body, { lifetimeInMinutes: 60, isUsableOnce: false });
  });

  it('shows it to nobody else, and not again', async () => {
    const again = await stage.press('helpdesk', helper, 'recovery.issue', pressed);
    assert.match(readIn(again), /shown once/);
    await stage.press('helpdesk', helper, 'recovery.read-out');
    for (const person of ['helpdesk', 'finance', 'manager', 'security'])
      assert.ok(!JSON.stringify(await stage.timeline(person)).includes(code), person);
    const own = await stage.told('finance', /Time to sign in/);
    assert.match(cardText(own.card), /The code is good until/);
    assert.equal((await stage.sent()).filter(({ method }) => method === 'POST').length, 1);
  });

  it('leads to a guide for whoever got it', async () => {
    await stage.advance('PT15S');
    const guide = await stage.told('finance', /How you get in again/);
    assert.match(cardText(guide.card), /Your phone or computer can keep it for you/);
    assert.match(cardText(guide.card), /Android 14/);
  });

  it('is over for the pass once they are in with a new passkey', async () => {
    assert.equal(await stage.signIn('finance', code, newPasskey()), '');
    await stage.advance('PT20S');
    await stage.reaches('finance', 'clean-up');
    await stage.told('finance', /Almost done/);
    await stage.told('finance', /One more passkey, please[\s\S]*New iPhone/);
    await stage.says('helpdesk', helper, /✓ A new passkey is there/);
  });

  it('ends when what was lost is gone, and everybody reads that', async () => {
    await stage.press('helpdesk', helper, 'recovery.revoke');
    await stage.room();
    const list = await stage.press('helpdesk', helper, 'recovery.remove');
    const lost = methodsIn(list.value).filter(({ title }) => !/added since/.test(title));
    const done = await stage.press('helpdesk', helper, 'recovery.remove', {
      ...dataTitled(list.value, /^Remove/),
      methods: lost.map(({ value }) => value).join(','),
    });
    assert.match(readIn(done), /✓ Removed: Leilani's iPhone 15/);
    await stage.advance('PT62M');
    await stage.advance('PT11M');
    const one = await stage.reaches('finance', 'closed');
    assert.match(one.about, /A new passkey is there: New iPhone.*2 old ways to sign in were removed/);
    await stage.told('finance', /^Case closed/);
    await stage.told('manager', /^Back on their feet\nLeilani Brandvold/);
    await stage.told('security', /^Back on their feet\nLeilani Brandvold/);
    await stage.told('helpdesk', /This case is closed/);
    assert.deepEqual(await stage.refusals(), []);
  });
});

describe('recovery.issue for an administrator who lost a key', () => {
  let stage: RecoveryStage;
  before(async () => {
    stage = await openRecoveryStage();
    await stage.open('engineer', 'key-lost');
    await stage.attest('manager', 'engineer');
    await stage.attest('appowner', 'engineer');
  });
  after(() => stage.close());

  it('is for whoever may help administrators, and not for the help desk', async () => {
    const { card } = await stage.issueCard('security', 'engineer');
    assert.match(cardText(card), /Has, or can get, an admin role/);
    assert.match(cardText(card), /Vouched\n2 of 2/);
    const { answer } = await stage.issue('security', 'engineer');
    assert.match(readIn(answer), /Opens\none sign-in/);
    const [made] = (await stage.sent()).filter(({ path }) => path.includes('temporaryAccessPass'));
    assert.deepEqual(
      [made?.user, made?.body],
      [stage.idOf('security'), { lifetimeInMinutes: 60, isUsableOnce: true }],
    );
    await stage.signIn('engineer', codeIn(answer), newPasskey('Synced', 'synced'));
    await stage.advance('PT20S');
    const guide = await stage.told('engineer', /How you get in again/);
    assert.match(cardText(guide.card), /use one that cannot leave its device/);
  });

  it('does not take a passkey that a cloud copies for the end', async () => {
    await stage.advance('PT1M');
    assert.notEqual((await stage.caseOf('engineer')).state, 'clean-up');
    await stage.does('register-method', { person: 'engineer', method: newPasskey('New key', 'deviceBound') });
    await stage.advance('PT20S');
    await stage.reaches('engineer', 'clean-up');
  });
});
