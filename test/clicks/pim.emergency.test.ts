import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { hasButton, readIn, refOf } from '../support/on-card.js';
import { goodReason, openPimStage, type PimStage } from '../support/pim-stage.js';
import { until } from '../support/until.js';

describe('an emergency role', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  after(() => stage.close());

  const channel = async (): Promise<string> => {
    const posts = await stage.get<readonly { card?: unknown; text?: string }[]>(
      '/channels/security/timeline',
    );
    return posts.map(({ card, text = '' }) => `${text}\n${cardText(card)}`).join('\n');
  };

  it('is told at once to its owner and to the channel, with the reason', async () => {
    await stage.activate('engineer', 'security-admin');
    const alarm = await stage.card('security', /Emergency role activated/);
    const text = cardText(alarm.card);
    assert.match(text, /Ayumi Fernqvist: Security Administrator/);
    assert.match(text, /Their reason[\s\S]*Rebuilding the retrieval index/);
    assert.match(text, /If this surprises you, call them now/);
    await stage.says(
      'security',
      alarm.id,
      /I show you what was done with it and ask whether that was expected/,
    );
    const posted = await until('a post in the channel', async () => {
      const all = await channel();
      return /Emergency role activated/.test(all) && all;
    });
    assert.match(posted, /Ayumi Fernqvist: Security Administrator/);
    assert.match(posted, /somebody else looks at what was done with it/);
  });

  it('is told once, whatever the log says of it later', async () => {
    for (const _ of [1, 2, 3]) await stage.advance('PT20S');
    await stage.settled('security');
    const cards = (await stage.timeline('security')).filter(({ card }) =>
      /Emergency role/.test(cardText(card)),
    );
    assert.equal(cards.length, 1);
    assert.equal((await channel()).match(/Emergency role/g)?.length, 1);
  });

  it('asks its owner afterwards, who has to write what they know', async () => {
    await stage.advance('PT61M');
    await stage.advance('PT3M');
    const { id } = await stage.card('security', /What Ayumi Fernqvist did with Security Administrator/);
    const text = await stage.text('security', id);
    assert.match(text, /This was emergency use\. It stays open until somebody other than them/);
    assert.match(text, /Asked because of: \npim\.emergency/);
    const before = await stage.refusals();
    const empty = await stage.press('security', id, 'pim.expected');
    assert.match(readIn(empty), /Not recorded yet/);
    assert.deepEqual((await stage.refusals()).slice(before.length), ['pim.look-back-comment']);
  });

  it('cannot be closed by whoever used it', async () => {
    const { card } = await stage.card('security', /What Ayumi Fernqvist did with Security Administrator/);
    const ref = refOf(card);
    const list = await stage.roles('engineer', 'approvals');
    const answer = await stage.press('engineer', list.id, 'pim.expected', { ref, comment: 'All is well' });
    assert.doesNotMatch(readIn(answer), /As expected/);
    assert.equal((await stage.refusals()).at(-1), 'flows.not-your-card');
  });

  it('is asked about again until it is closed, and then no more', async () => {
    await stage.advance('PT5H');
    const again = await until('a second message', async () => {
      const all = (await stage.timeline('security')).filter(({ card }) => hasButton(card, 'pim.expected'));
      return all.length > 0 && all.at(-1);
    });
    const comment = 'Talked with them: the incident of this morning needed it';
    const answer = await stage.press('security', again.id, 'pim.expected', { comment });
    assert.match(readIn(answer), /As expected[\s\S]*You looked at it/);
    await stage.advance('P3D');
    await stage.settled('security');
    const open = (await stage.timeline('security')).filter(({ card }) => hasButton(card, 'pim.expected'));
    assert.deepEqual(open, []);
  });

  it('that was activated in the portal is told as loudly', async () => {
    await stage.portal.ask('engineer', 'security-admin', { reason: 'Portal was nearer' });
    await stage.advance('PT20S');
    await stage.advance('PT20S');
    const alarm = await stage.card('security', /Emergency role[\s\S]*Portal was nearer/);
    assert.match(cardText(alarm.card), /Ayumi Fernqvist: Security Administrator/);
  });

  it('takes one press from the list, with what has happened', async () => {
    await stage.advance('PT3H');
    const list = await stage.roles('engineer');
    assert.match(cardText(list.card), /In an emergency: Security Administrator\nOne hour, at once/);
    const before = (await stage.sent()).length;
    const short = await stage.press('engineer', list.id, 'pim.ask', { reason: 'help' });
    assert.match(readIn(short), /Please say a little more|does not say what you will do/);
    assert.equal((await stage.sent()).length, before);
    const again = await stage.roles('engineer');
    const answer = await stage.press('engineer', again.id, 'pim.ask', { reason: goodReason });
    assert.match(readIn(answer), /(Almost ready|Ready to use)\nSecurity Administrator/);
    const { minutes, justification } = await stage.request('engineer', 'security-admin');
    assert.deepEqual({ minutes, justification }, { minutes: 60, justification: goodReason });
    assert.equal((await stage.sent()).length - before, 1);
  });

  it('that still waits for an approval says so', async () => {
    await stage.advance('PT3H');
    await stage.post('/pim/rules', { target: 'security-admin', approvers: ['manager'] });
    await stage.activate('engineer', 'security-admin');
    const alarm = await stage.card('security', /Emergency role asked for/);
    assert.match(cardText(alarm.card), /It is not active yet: it waits for an approval/);
  });
});
