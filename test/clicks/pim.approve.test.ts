import assert from 'node:assert/strict';
import { personByKey } from '../../practice/world/people.js';
import { cardOf, hasButton, readIn, refOf } from '../support/on-card.js';
import { openPimStage, type PimStage } from '../support/pim-stage.js';

describe('pim.approve', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage();
  });
  after(() => stage.close());

  const refused = async (work: () => Promise<void>): Promise<readonly string[]> => {
    const before = await stage.refusals();
    const sent = (await stage.sent()).length;
    await work();
    assert.equal((await stage.sent()).length, sent);
    return (await stage.refusals()).slice(before.length);
  };

  it('of a privileged role without a word asks for one, and decides nothing', async () => {
    await stage.activate('engineer', 'platform-admins');
    const { id } = await stage.decideCard('manager');
    const codes = await refused(async () => {
      const answer = await stage.press('manager', id, 'pim.approve', { comment: '   ' });
      assert.match(readIn(answer), /Not decided yet\nPlease write a word on why/);
      assert.ok(hasButton(cardOf(answer), 'pim.approve'));
    });
    assert.deepEqual(codes, ['pim.comment']);
  });

  it('records it in the own name with the words, tells the asker, and settles everybody', async () => {
    const { id } = await stage.decideCard('manager');
    const other = await stage.decideCard('appowner');
    const answer = await stage.press('manager', id, 'pim.approve', {
      comment: 'The index has to be rebuilt',
    });
    assert.match(readIn(answer), /Approved by you\nAyumi Fernqvist: AI Platform Admins/);
    assert.match(readIn(answer), /You wrote:\nThe index has to be rebuilt/);
    const patch = (await stage.sent()).filter(({ method }) => method === 'PATCH');
    assert.equal(patch.length, 1);
    assert.equal(patch[0]?.user, stage.idOf('manager'));
    await stage.advance('PT5S');
    const asker = await stage.card('engineer', /Ready to use\nAI Platform Admins/);
    assert.match(
      await stage.text('engineer', asker.id),
      /Olumide Castellane approved it and writes:\nThe index has to be rebuilt/,
    );
    const text = await stage.says('appowner', other.id, /Approved by Olumide Castellane/);
    assert.match(text, /Olumide Castellane wrote:\nThe index has to be rebuilt/);
    assert.ok(!hasButton((await stage.entry('appowner', other.id)).card, 'pim.approve'));
  });

  it('pressed three times at once is one decision', async () => {
    await stage.activate('engineer', 'groups-admin');
    const { id } = await stage.decideCard('security', /Groups Administrator/);
    const before = (await stage.sent()).length;
    const answer = await stage.press('security', id, 'pim.approve', { comment: 'Fine' }, { deliver: 3 });
    assert.match(readIn(answer), /Approved by you/);
    assert.equal((await stage.sent()).length - before, 1);
  });

  it('of a sensitive role needs no word', async () => {
    await stage.activate('engineer', 'cognitive');
    const { id } = await stage.decideCard('appowner', /Cognitive/);
    const answer = await stage.press('appowner', id, 'pim.approve');
    assert.match(readIn(answer), /Approved by you/);
    assert.equal((await stage.request('engineer', 'cognitive')).step?.result, 'Approved');
  });

  it('where Entra wants the approver to say why asks for it, whatever our tier says', async () => {
    await stage.post('/pim/rules', { target: 'global-reader', approverReason: true });
    await stage.activate('helpdesk', 'global-reader');
    const { id } = await stage.decideCard('security', /Global Reader/);
    const codes = await refused(async () => {
      const answer = await stage.press('security', id, 'pim.approve');
      assert.match(readIn(answer), /Please write a word on why/);
    });
    assert.deepEqual(codes, ['pim.comment']);
    const answer = await stage.press('security', id, 'pim.approve', { comment: 'For the audit' });
    assert.match(readIn(answer), /Approved by you/);
  });

  it('after somebody was faster in the portal shows their decision', async () => {
    await stage.activate('engineer', 'ai-admin');
    const { id, card } = await stage.decideCard('security', /AI Administrator/);
    const ref = refOf(card);
    const request = await stage.request('engineer', 'ai-admin');
    await stage.portal.deny('manager', request.id, 'Use the test tenant');
    const codes = await refused(async () => {
      // The card may have lost its buttons meanwhile; the press was made before.
      const answer = await stage.press('security', id, 'pim.approve', { ref, comment: 'Go ahead' });
      assert.match(readIn(answer), /Denied by Olumide Castellane[\s\S]*Use the test tenant/);
    });
    assert.deepEqual(codes, ['pim.settled']);
  });

  it('of what was taken back meanwhile says so', async () => {
    const { id } = await stage.activate('engineer', 'ai-admin');
    const card = await stage.decideCard('manager', /AI Administrator/);
    const ref = refOf(card.card);
    await stage.press('engineer', id, 'pim.cancel');
    await stage.says('manager', card.id, /Taken back/);
    const codes = await refused(async () => {
      const answer = await stage.press('manager', card.id, 'pim.approve', { ref, comment: 'Go ahead' });
      assert.match(readIn(answer), /Taken back/);
    });
    assert.deepEqual(codes, ['pim.settled']);
  });

  it('the lost answer of the decision is found again', async () => {
    await stage.activate('engineer', 'ai-admin');
    const { id } = await stage.decideCard('manager', /AI Administrator/);
    await stage.fault({
      match: { service: 'graph', method: 'PATCH', path: '/steps/' },
      do: { drop: true, afterEffect: true },
    });
    const answer = await stage.press('manager', id, 'pim.approve', { comment: 'Go ahead' });
    assert.match(readIn(answer), /Approved by you/);
    assert.equal((await stage.request('engineer', 'ai-admin')).step?.result, 'Approved');
  });
});

describe('pim.approve where the policy only tells', () => {
  let stage: PimStage;
  before(async () => {
    stage = await openPimStage({ policy: (text) => text.replace('\n  pim: act', '\n  pim: notify') });
  });
  after(() => stage.close());

  it('is told, cannot decide here, and is led to the portal', async () => {
    await stage.portal.ask('engineer', 'platform-admins');
    await stage.advance('PT20S');
    await stage.advance('PT20S');
    const { id } = await stage.card('manager', /Ayumi Fernqvist asks for AI Platform Admins/);
    const { card } = await stage.entry('manager', id);
    assert.ok(!hasButton(card, 'pim.approve'));
    const { ref } = await stage
      .store()
      .db.selectFrom('cards')
      .select('ref')
      .where('kind', '=', 'pim.decide')
      .where('person', '=', personByKey('manager')?.id ?? '')
      .executeTakeFirstOrThrow();
    const answer = await stage.press('manager', id, 'pim.approve', { ref, comment: 'Go ahead' });
    assert.match(readIn(answer), /portal|Entra/);
    assert.deepEqual(await stage.refusals(), ['flows.off']);
    assert.equal((await stage.request('engineer', 'platform-admins')).step?.result, 'NotReviewed');
  });

  it('shows my roles without a way to activate them here', async () => {
    const { card } = await stage.roles('engineer');
    assert.match(JSON.stringify(card), /Your organisation activates roles in Entra/);
    assert.ok(!hasButton(card, 'pim.form'));
  });
});
