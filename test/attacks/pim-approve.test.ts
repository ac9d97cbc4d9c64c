import assert from 'node:assert/strict';
import { verifyRecord } from '../../src/audit/verify.js';
import { cardText } from '../support/card-text.js';
import { cardOf, hasButton, refOf } from '../support/on-card.js';
import { goodReason, openPimStage, type PimStage } from '../support/pim-stage.js';
import { type Attack, smuggledCard } from './attack.js';
import { attackOnRoles } from './pim-attack.js';

const comment = 'I know of the incident and looked at the ticket';

/** A request that waits, and people who should not decide it, with everything a card could have told them. */
describe('attacks on a request that waits for approval', () => {
  let stage: PimStage;
  let attack: Attack;
  /** The reference on the manager's card. */
  let ref: string;
  let request: string;

  before(async () => {
    stage = await openPimStage();
    attack = attackOnRoles(stage);
    const { id } = await stage.activate('engineer', 'platform-admins');
    await stage.says('engineer', id, /Waiting for approval/);
    ref = refOf((await stage.decideCard('manager')).card);
    request = (await stage.request('engineer', 'platform-admins')).id;
  });
  after(async () => {
    const verdict = await verifyRecord(stage.store());
    const strangers = (await stage.sent()).filter(({ token }) => token !== 'user');
    await stage.close();
    assert.equal(verdict.kind, 'intact');
    assert.deepEqual(strangers, [], 'no write carries the bot’s own token');
  });

  for (const person of ['engineer', 'security', 'guest', 'finance']) {
    for (const verb of ['pim.approve', 'pim.deny']) {
      it(`${person} presses ${verb} with the reference on the manager’s card`, async () => {
        const { code, text } = await attack(person, verb, { ref, comment });
        assert.equal(code, 'flows.not-your-card');
        assert.doesNotMatch(text, /Fernqvist|AI Platform Admins|index/);
      });
    }
    it(`${person} looks at the manager’s card, and reads nothing of it`, async () => {
      const { code, text } = await attack(person, 'pim.show', { ref });
      assert.equal(code, 'flows.not-your-card');
      assert.doesNotMatch(text, /Fernqvist|AI Platform Admins|index/);
    });
  }

  it('a reference that was guessed', async () => {
    const { code } = await attack('manager', 'pim.approve', { ref: 'AAAAAAAAAAAAAAAAAAAAAA', comment });
    assert.equal(code, 'flows.unknown-card');
  });

  for (const verb of ['pim.ask', 'pim.cancel', 'pim.end', 'pim.expected', 'pim.question']) {
    it(`the approver’s card pressed as if it were another kind: ${verb}`, async () => {
      const { code } = await attack('manager', verb, { ref, comment });
      assert.match(code ?? '', /^flows\.(unknown-card|bad-input)$/);
    });
  }

  it('the form is asked for again with the approver’s card', async () => {
    const { code } = await attack('manager', 'pim.form', { again: ref });
    assert.equal(code, 'flows.unknown-card');
  });

  for (const person of ['finance', 'guest', 'engineer']) {
    it(`${person} asks for the card of that request by its id`, async () => {
      const { code, text } = await attack(person, 'pim.approval', { kind: 'group', id: request });
      assert.match(code ?? '', /^pim\.(not-waiting|own-request)$/);
      assert.doesNotMatch(text, new RegExp(goodReason));
    });
  }

  it('words in the card’s data that claim another request, another verdict, another decider change nothing', async () => {
    const before = (await stage.sent()).length;
    const forged = {
      kind: 'role',
      id: 'x',
      stepId: 'x',
      approvalId: 'x',
      word: 'Deny',
      personId: 'x',
      byId: 'x',
    };
    const card = await stage.decideCard('manager');
    const answer = await stage.press('manager', card.id, 'pim.approve', { ...forged, comment });
    assert.match(cardText(cardOf(answer)), /^Approved by you/);
    const [write, ...more] = (await stage.sent()).slice(before);
    assert.deepEqual(more, []);
    const { path = '', user, body } = write ?? {};
    assert.ok(path.includes(request), 'it is about the request of the card');
    assert.equal(user, stage.idOf('manager'));
    assert.deepEqual(body, { reviewResult: 'Approve', justification: comment });
  });

  it('outsiders are turned away at the door', async () => {
    for (const text of ['my roles', 'approvals', 'role findings']) {
      const answer = await stage.post<{ status: number }>('/people/outsider/activities', { text });
      assert.ok(answer.status >= 400 && answer.status < 500);
    }
  });
});

describe('one’s own request', () => {
  let stage: PimStage;
  let attack: Attack;
  before(async () => {
    stage = await openPimStage();
    attack = attackOnRoles(stage);
    // Whoever set this up meant well: the one who asks is among those who approve.
    await stage.post('/pim/rules', { target: 'platform-admins', approvers: ['engineer', 'manager'] });
  });
  after(() => stage.close());

  it('is never offered to its asker, though the rules of the role list them', async () => {
    await stage.activate('engineer', 'platform-admins');
    const card = await stage.decideCard('manager');
    assert.doesNotMatch(cardText(card.card), /Also asked: Ayumi/);
    const all = await stage.timeline('engineer');
    assert.ok(all.every((entry) => !hasButton(entry.card, 'pim.approve')));
    const list = await stage.roles('engineer', 'approvals');
    assert.doesNotMatch(cardText(list.card), /AI Platform Admins/);
  });

  it('cannot be opened by its asker on a card with buttons', async () => {
    const { id } = await stage.request('engineer', 'platform-admins');
    const { code } = await attack('engineer', 'pim.approval', { kind: 'group', id });
    assert.match(code ?? '', /^pim\.(own-request|not-waiting)$/);
  });

  for (const verb of ['pim.approve', 'pim.deny']) {
    it(`cannot be decided by its asker, not even with a card of their own: ${verb}`, async () => {
      const { id } = await stage.request('engineer', 'platform-admins');
      const ref = await smuggledCard(stage, 'engineer', { kind: 'pim.decide', item: `activation:${id}` });
      const { code, text } = await attack('engineer', verb, { ref, comment });
      assert.equal(code, 'pim.own-request');
      assert.match(text, /somebody else has to decide it/);
    });
  }
});
