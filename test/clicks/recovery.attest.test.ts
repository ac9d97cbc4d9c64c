import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { dataOf, hasButton, inputIn, readIn } from '../support/on-card.js';
import { openRecoveryStage, type RecoveryStage } from '../support/recovery-stage.js';
import { goodNote } from '../support/recovery-walk.js';

describe('recovery.attest', () => {
  let stage: RecoveryStage;
  let card: string;
  let pressed: object;
  before(async () => {
    stage = await openRecoveryStage();
    await stage.open('finance', 'lost');
    const asked = await stage.cardWith('manager', 'recovery.attest');
    card = asked.id;
    pressed = dataOf(asked.card, 'recovery.attest');
  });
  after(() => stage.close());

  const attest = (data: object) => stage.press('manager', card, 'recovery.attest', data);

  it('asks the manager whether it is really them, and how they know', async () => {
    const text = await stage.text('manager', card);
    assert.match(text, /^Is it really them\?\nLeilani Brandvold\nFinancial Controller, Finance/);
    assert.match(text, /meet them, see them in a video call, or call them on the number/);
    assert.match(text, /never by chat or mail/);
    assert.match(text, /Vouched\n0 of 1/);
    assert.doesNotMatch(text, /\+\d/);
  });

  it('does not take a chat for an answer', async () => {
    assert.match(readIn(await attest({ how: 'chat', note: goodNote })), /A message proves nothing/);
    assert.match(readIn(await attest({ how: '', note: goodNote })), /Please choose how you made sure/);
    assert.deepEqual(await stage.refusals(), ['recovery.no-chat', 'recovery.attest-how']);
  });

  it('finds what is wrong with the form without a look into the log, which all share five calls of', async () => {
    const looks = async () =>
      (await stage.requests('graph')).filter(({ path }) => path.includes('auditLogs'));
    const before = (await looks()).length;
    await attest({ how: 'chat', note: goodNote });
    assert.equal((await looks()).length, before);
  });

  it('wants a sentence, and brings the form back as it was', async () => {
    const answer = await attest({ how: 'call-back', note: 'ok ......' });
    await stage.advance('PT11S');
    assert.match(readIn(answer), /Not recorded yet\nPlease write how you know/);
    assert.equal(inputIn(answer.value, 'how'), 'call-back');
    assert.equal(inputIn(answer.value, 'note'), 'ok ......');
    assert.equal((await stage.refusals()).at(-1), 'recovery.attest-note');
  });

  it('is recorded with how and what they wrote, and asks nothing of Entra', async () => {
    const answer = await attest({ how: 'in-person', note: 'She is standing in front of me' });
    assert.match(readIn(answer), /^You vouched for them/);
    assert.match(readIn(answer), /You .*in person.*:\nShe is standing in front of me/);
    const one = await stage.reaches('finance', 'issue');
    const [said] = JSON.parse(one.attested);
    assert.deepEqual(
      [said.by, said.how, said.note],
      [stage.idOf('manager'), 'in-person', 'She is standing in front of me'],
    );
    assert.equal((await stage.sent()).length, 0);
  });

  it('counts once, however often it is delivered', async () => {
    const answer = await attest({ ...pressed, how: 'video', note: goodNote });
    assert.match(readIn(answer), /You vouched for them/);
    assert.equal(JSON.parse((await stage.caseOf('finance')).attested).length, 1);
  });

  it('takes two people for somebody who can get an admin role, and tells them so', async () => {
    await stage.open('engineer', 'key-lost');
    const asked = await stage.cardWith('manager', 'recovery.attest', /Ayumi/);
    assert.match(cardText(asked.card), /Has, or can get, an administrator role/);
    await stage.attest('manager', 'engineer');
    const own = await stage.told('engineer', /2 people make sure that it is really you: 1 did/);
    assert.match(cardText(own.card), /Who was asked\n/);
    assert.ok(
      !(await stage.timeline('security')).some(({ card: each }) => hasButton(each, 'recovery.issue')),
    );
    await stage.attest('appowner', 'engineer');
    await stage.reaches('engineer', 'issue');
  });

  it('is not asked of a manager who is new; whoever looks after security is asked instead', async () => {
    await stage.does('manager', { person: 'appowner', manager: 'finance', by: 'security' });
    await stage.advance('PT20S');
    await stage.open('appowner', 'broken');
    await stage.cardWith('security', 'recovery.attest', /Wanjiru[\s\S]*Look at this/);
    const cards = await stage.timeline('finance');
    assert.ok(!cards.some(({ card: each }) => hasButton(each, 'recovery.attest')));
  });
});
