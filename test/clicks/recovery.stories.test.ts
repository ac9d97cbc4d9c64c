import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { hasButton, readIn } from '../support/on-card.js';
import { codeIn, dataTitled, methodsIn, newPasskey } from '../support/recovery-card.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';
import { chatsOf, formsOf, tracesOf } from '../support/recovery-traces.js';

const everybody = ['finance', 'manager', 'security', 'helpdesk', 'appowner'];

/** Everything that was written to Entra: what, and with whose token. */
async function written(stage: RecoveryStage): Promise<readonly string[]> {
  return (await stage.sent()).map(({ method, path, token, user, status }) => {
    assert.equal(token, 'user', path);
    assert.ok(status < 300, `${status} ${path}`);
    const who = everybody.find((each) => stage.idOf(each) === user);
    const what = /authentication\/(\w+)/.exec(path)?.[1] ?? path.split('/').at(-1);
    return `${who}: ${method} ${what}`;
  });
}

/** Picks what was there before the case, and has it removed. */
async function removeOld(stage: RecoveryStage, by: string, id: string): Promise<string> {
  await stage.room();
  const list = await stage.press(by, id, 'recovery.remove');
  const lost = methodsIn(list.value).filter(({ title }) => !/added since/.test(title));
  await stage.room();
  const methods = lost.map(({ value }) => value).join(',');
  return readIn(
    await stage.press(by, id, 'recovery.remove', { ...dataTitled(list.value, /^Remove/), methods }),
  );
}

async function standsNowhere(stage: RecoveryStage, code: string): Promise<void> {
  const places = { traces: await tracesOf(stage.store(), stage), chats: await chatsOf(stage, everybody) };
  for (const [place, text] of Object.entries(places))
    for (const form of formsOf(code)) assert.ok(!text.includes(form), `${form} is in the ${place}`);
}

async function usable(stage: RecoveryStage, person: string): Promise<readonly string[]> {
  const { passes } = await stage.staged(person);
  return passes.map(({ state }) => state).filter((state) => !/expired|used/i.test(state));
}

describe('a stolen phone, to the very end', () => {
  let stage: RecoveryStage;
  let own: string;
  let helper: string;
  let code: string;
  let kept: readonly string[];
  before(async () => {
    stage = await openRecoveryStage();
  });
  after(() => stage.close());

  it('words open the case, and security is told at once', async () => {
    await stage.room();
    const { id, card } = await stage.hear('finance', 'my phone was stolen');
    assert.match(cardText(card), /^A stolen phone or computer/);
    own = id;
    const answer = await stage.press('finance', id, 'recovery.open', { what: 'stolen', note: 'On the tram' });
    assert.match(readIn(answer), /^Help is on its way\nStolen phone or computer/);
    await stage.told('security', /Leilani Brandvold[\s\S]*stolen/i);
  });

  it('sessions end before anybody has vouched, by the person and by the help desk', async () => {
    await stage.press('finance', own, 'recovery.sign-out');
    helper = (await stage.cardWith('helpdesk', 'recovery.revoke', /Leilani Brandvold/)).id;
    await stage.says('helpdesk', helper, /✓ Signed out everywhere, by themselves/);
    await stage.advance('PT2M');
    await stage.press('helpdesk', helper, 'recovery.revoke');
    await stage.says('helpdesk', helper, /✓ Signed out everywhere, by Tomasz Okonjeva/);
    assert.deepEqual(await written(stage), [
      'finance: POST revokeSignInSessions',
      'helpdesk: POST revokeSignInSessions',
    ]);
    assert.equal((await stage.caseOf('finance')).state, 'attest');
    const { card } = await stage.entry('helpdesk', helper);
    for (const verb of ['recovery.issue', 'recovery.remove']) assert.ok(!hasButton(card, verb), verb);
  });

  it('the manager vouches by a call to the number on file', async () => {
    const note = 'Called her at home, she told me about the tram';
    const { answer } = await stage.attest('manager', 'finance', { how: 'call-back', note });
    assert.match(readIn(answer), /You vouched for them/);
    await stage.told('finance', /^The help desk is next[\s\S]*✓ Olumide Castellane\n made sure by a call/);
  });

  it('the help desk makes the pass on the same card, and its code opens the way to a passkey', async () => {
    const { id, answer } = await stage.issue('helpdesk', 'finance');
    assert.equal(id, helper);
    code = codeIn(answer);
    await stage.press('helpdesk', helper, 'recovery.read-out');
    kept = (await stage.staged('finance')).methods.map((each) => each.id);
    assert.equal(await stage.signIn('finance', code, newPasskey()), '');
    await stage.advance('PT20S');
    await stage.reaches('finance', 'clean-up');
    await stage.told('finance', /Almost done/);
  });

  it('what was stolen is removed, and the case waits for the pass alone', async () => {
    assert.match(await removeOld(stage, 'helpdesk', helper), /✓ Removed: Leilani's iPhone 15/);
    const left = (await stage.staged('finance')).methods;
    assert.deepEqual(
      left.filter(({ id }) => kept.includes(id)).map(({ kind }) => kind),
      ['password'],
    );
    await stage.advance('PT15M');
    await stage.press('helpdesk', helper, 'recovery.revoke');
    assert.equal((await stage.caseOf('finance')).state, 'clean-up');
  });

  it('closes when the pass is over, and everybody reads that', async () => {
    await stage.advance('PT62M');
    await stage.advance('PT11M');
    const one = await stage.reaches('finance', 'closed');
    assert.match(one.about, /A new passkey is there: New iPhone.*2 old ways to sign in were removed/);
    await stage.told('finance', /^Case closed/);
    for (const person of ['manager', 'security'])
      await stage.told(person, /^Back on their feet\nLeilani Brandvold/);
    await stage.says('helpdesk', helper, /This case is closed/);
    assert.deepEqual(await usable(stage, 'finance'), []);
    assert.notEqual(await stage.signIn('finance', code), '');
  });

  it('each write had the token of whoever pressed, and the code stands nowhere', async () => {
    assert.deepEqual(await written(stage), [
      'finance: POST revokeSignInSessions',
      'helpdesk: POST revokeSignInSessions',
      'helpdesk: POST temporaryAccessPassMethods',
      'helpdesk: DELETE phoneMethods',
      'helpdesk: DELETE microsoftAuthenticatorMethods',
      'helpdesk: POST revokeSignInSessions',
    ]);
    assert.deepEqual(await stage.refusals(), []);
    await standsNowhere(stage, code);
  });
});

describe('a lost key of the help desk itself, to the very end', () => {
  let stage: RecoveryStage;
  let issuer: string;
  let code: string;
  before(async () => {
    stage = await openRecoveryStage();
    await stage.open('helpdesk', 'key-lost');
  });
  after(() => stage.close());

  it('two people have to vouch, and one alone brings nobody to a pass', async () => {
    await stage.attest('manager', 'helpdesk', { how: 'in-person', note: 'He stands here before my desk' });
    assert.equal((await stage.caseOf('helpdesk')).state, 'attest');
    const cards = await stage.timeline('security');
    assert.ok(!cards.some(({ card }) => hasButton(card, 'recovery.issue')));
    await stage.attest('appowner', 'helpdesk', { note: 'Saw him on video, in our meeting room' });
    await stage.reaches('helpdesk', 'issue');
    const own = await stage.timeline('helpdesk');
    assert.ok(!own.some(({ card }) => hasButton(card, 'recovery.issue')));
  });

  it('security makes a pass for one sign-in', async () => {
    const { card } = await stage.issueCard('security', 'helpdesk');
    assert.match(cardText(card), /Tomasz Okonjeva[\s\S]*Vouched\n2 of 2/);
    const made = await stage.issue('security', 'helpdesk');
    issuer = made.id;
    code = codeIn(made.answer);
    assert.match(readIn(made.answer), /Opens\none sign-in/);
    await stage.press('security', issuer, 'recovery.read-out');
    const [sent] = (await stage.sent()).filter(({ path }) => path.includes('temporaryAccessPass'));
    assert.deepEqual(sent?.body, { lifetimeInMinutes: 60, isUsableOnce: true });
  });

  it('a passkey that a cloud copies is not enough, and the pass opens nothing a second time', async () => {
    assert.equal(await stage.signIn('helpdesk', code, newPasskey('Synced', 'synced')), '');
    await stage.advance('PT1M');
    assert.equal((await stage.caseOf('helpdesk')).state, 'sign-in');
    assert.notEqual(await stage.signIn('helpdesk', code), '');
  });

  it('a key that cannot leave its device is', async () => {
    await stage.does('register-method', { person: 'helpdesk', method: newPasskey('New YubiKey') });
    await stage.advance('PT20S');
    await stage.reaches('helpdesk', 'clean-up');
    await stage.told('helpdesk', /Almost done/);
  });

  it('the old key is removed, everything is signed out, and then it is over', async () => {
    assert.match(await removeOld(stage, 'security', issuer), /✓ Removed: YubiKey 5C Nano/);
    assert.equal((await stage.caseOf('helpdesk')).state, 'clean-up');
    await stage.press('security', issuer, 'recovery.revoke');
    await stage.advance('PT20S');
    const one = await stage.reaches('helpdesk', 'closed');
    assert.match(one.about, /A new passkey is there: New YubiKey.*One old way to sign in was removed/);
    await stage.told('helpdesk', /^Case closed/);
    await stage.told('security', /^Back on their feet\nTomasz Okonjeva/);
    for (const person of ['manager', 'appowner'])
      await stage.told(person, /^They are back\nTomasz Okonjeva[\s\S]*You need not do anything any more/);
    await stage.says('security', issuer, /This case is closed/);
    assert.deepEqual(await usable(stage, 'helpdesk'), []);
  });

  it('each write had the token of whoever pressed, and the code stands nowhere', async () => {
    assert.deepEqual(await written(stage), [
      'security: POST temporaryAccessPassMethods',
      'security: DELETE fido2Methods',
      'security: POST revokeSignInSessions',
    ]);
    assert.deepEqual(await stage.refusals(), []);
    await standsNowhere(stage, code);
  });
});
