import assert from 'node:assert/strict';
import { cardText } from '../support/card-text.js';
import { cardOf, hasButton, readIn, refOf } from '../support/on-card.js';
import { openPimStage, type PimStage } from '../support/pim-stage.js';
import { until } from '../support/until.js';
import type { Attack } from './attack.js';
import { attackOnRoles } from './pim-attack.js';

const comment = 'I know of the incident and looked at the ticket';

/** Approvers who are none any more, or never should be, and cards that are older than what they are about. */
describe('deciding too late, or not being among those who may', () => {
  let stage: PimStage;
  let attack: Attack;
  before(async () => {
    stage = await openPimStage();
    attack = attackOnRoles(stage);
  });
  beforeEach(() => stage.reset());
  after(() => stage.close());

  /** They get no card by themselves, but what waits for them in Entra can be opened. */
  const guestsCard = async () => {
    await stage.post('/pim/rules', { target: 'platform-admins', approvers: ['guest', 'manager'] });
    await stage.activate('engineer', 'platform-admins');
    await stage.decideCard('manager');
    const { id } = await stage.request('engineer', 'platform-admins');
    const all = await stage.timeline('guest');
    assert.ok(all.every(({ card }) => !cardText(card).includes('Ayumi Fernqvist asks')));
    const list = await stage.roles('guest', 'approvals');
    const shown = cardOf(await stage.press('guest', list.id, 'pim.approval', { kind: 'group', id }));
    const { ref } = await stage
      .store()
      .db.selectFrom('cards')
      .select('ref')
      .where('item', '=', `activation:${id}`)
      .where('person', '=', stage.idOf('guest'))
      .executeTakeFirstOrThrow();
    return { shown, ref };
  };

  for (const [key, other] of [
    ['platform-admins', 'appowner'],
    ['groups-admin', 'helpdesk'],
  ] as const) {
    it(`somebody taken off the list of ${key} between card and click decides nothing`, async () => {
      const approver = key === 'groups-admin' ? 'security' : 'manager';
      await stage.activate('engineer', key);
      const card = await stage.decideCard(approver);
      await stage.post('/pim/rules', { target: key, approvers: [other] });
      const { code, text } = await attack(
        approver,
        'pim.approve',
        { ref: refOf(card.card), comment },
        card.id,
      );
      assert.equal(code, 'pim.not-approver', text);
      assert.match(text, /does not count you among those who decide/);
    });
  }

  it('somebody taken off between our look and our write is told so, and nothing is decided', async () => {
    await stage.activate('engineer', 'platform-admins');
    const card = await stage.decideCard('manager');
    await stage.fault({ match: { service: 'graph', method: 'PATCH' }, do: { delayMs: 700 } });
    const pressed = stage.press('manager', card.id, 'pim.approve', { comment });
    await until('the decision under way', async () =>
      (await stage.requests('graph')).some(({ method }) => method === 'PATCH'),
    );
    await stage.post('/pim/rules', { target: 'platform-admins', approvers: ['appowner'] });
    const answer = await pressed;
    assert.equal((await stage.refusals()).at(-1), 'pim.not-approver');
    assert.match(readIn(answer), /does not count you among those who decide/);
    assert.equal((await stage.request('engineer', 'platform-admins')).step?.result, 'NotReviewed');
  });

  it('a guest whom Entra lists for a privileged group sees who may decide, and no buttons', async () => {
    const { shown } = await guestsCard();
    assert.match(cardText(shown), /Ayumi Fernqvist asks/);
    assert.ok(!hasButton(shown, 'pim.approve'), cardText(shown));
  });

  it('a guest whom Entra lists decides nothing that is privileged', async () => {
    const { ref } = await guestsCard();
    for (const verb of ['pim.approve', 'pim.deny']) {
      const { code, text } = await attack('guest', verb, { ref, comment });
      assert.equal(code, 'pim.no-guest-approver');
      assert.match(text, /Guests do not decide/);
    }
  });

  it('an old card decides nothing after somebody else denied', async () => {
    await stage.activate('engineer', 'platform-admins');
    const [card, others] = [await stage.decideCard('manager'), await stage.decideCard('appowner')];
    await stage.press('appowner', others.id, 'pim.deny', { comment: 'Not before the release' });
    const { code, text } = await attack(
      'manager',
      'pim.approve',
      { ref: refOf(card.card), comment },
      card.id,
    );
    assert.equal(code, 'pim.settled');
    assert.match(text, /Denied by Wanjiru Halvorsen/);
    assert.match(text, /Not before the release/);
  });

  it('an old card decides nothing after its asker took the request back', async () => {
    const { id } = await stage.activate('engineer', 'platform-admins');
    const card = await stage.decideCard('manager');
    await stage.press('engineer', id, 'pim.cancel');
    const { code, text } = await attack(
      'manager',
      'pim.approve',
      { ref: refOf(card.card), comment },
      card.id,
    );
    assert.equal(code, 'pim.settled');
    assert.match(text, /^Taken back/);
  });

  it('an old card decides nothing after the day in which somebody could', async () => {
    await stage.activate('engineer', 'platform-admins');
    const card = await stage.decideCard('manager');
    await stage.advance('PT25H');
    const { code, text } = await attack(
      'manager',
      'pim.approve',
      { ref: refOf(card.card), comment },
      card.id,
    );
    assert.equal(code, 'pim.settled');
    assert.match(text, /^(No longer open|Not decided in time)/);
  });

  it('a card that is older than it may be decides nothing, though the request still waits', async () => {
    await stage.activate('engineer', 'platform-admins');
    const card = await stage.decideCard('manager');
    await stage
      .store()
      .write((tx) =>
        tx.updateTable('cards').set({ expires_at: 1 }).where('ref', '=', refOf(card.card)).execute(),
      );
    const { code } = await attack('manager', 'pim.approve', { ref: refOf(card.card), comment }, card.id);
    assert.equal(code, 'flows.card-expired');
  });
});
