import assert from 'node:assert/strict';
import { dataOf } from '../support/on-card.js';
import { openPackagesStage, type PackagesStage } from '../support/packages-stage.js';
import { type Attack, attackOn } from './attack.js';

/** Each attack: refused, one line in the record, nothing written to Entra. */
describe('attacks on the packages flow', () => {
  let stage: PackagesStage;
  let attack: Attack;
  let managersCard: string;
  let ref: string;
  before(async () => {
    stage = await openPackagesStage();
    attack = attackOn(stage);
    await stage.say('engineer', 'I need the research assistant');
    const form = await stage.card('engineer', /research assistant - standard/);
    const reason = 'Reading the supplier contracts of project Nord';
    await stage.press('engineer', form.id, 'packages.ask', { reason });
    const card = await stage.card('manager', /Ayumi Fernqvist/);
    managersCard = card.id;
    ref = String(dataOf(card.card, 'packages.approve').ref);
  });
  after(() => stage.close());

  it('the requester approves the own request with the manager’s reference', async () => {
    const { code } = await attack('engineer', 'packages.approve', { ref, comment: 'me' });
    assert.equal(code, 'flows.not-your-card');
  });

  it('somebody else uses the manager’s reference', async () => {
    const { code } = await attack('security', 'packages.approve', { ref, comment: 'x' });
    assert.equal(code, 'flows.not-your-card');
  });

  it('a guest uses it', async () => {
    const { code } = await attack('guest', 'packages.approve', { ref });
    assert.equal(code, 'flows.not-your-card');
  });

  it('a reference that was guessed', async () => {
    const { code } = await attack(
      'manager',
      'packages.approve',
      { ref: 'AAAAAAAAAAAAAAAAAAAAAA' },
      managersCard,
    );
    assert.equal(code, 'flows.unknown-card');
  });

  it('card data that claims another person, another stage, another verdict', async () => {
    const forged = {
      ref: 'nope',
      actor: 'x',
      stageId: 'x',
      requestId: 'x',
      verdict: 'Approve',
      approved: true,
    };
    const { code } = await attack('manager', 'packages.approve', forged, managersCard);
    assert.equal(code, 'flows.unknown-card');
  });

  for (const [what, data] of [
    ['a reference that is a list', { ref: ['a'] }],
    ['a reference that is an object', { ref: { $ne: '' } }],
    ['a comment of a megabyte’s wish', { ref: 'a', comment: 'x'.repeat(5000) }],
  ] as const) {
    it(`bad input: ${what}`, async () => {
      const { status, code } = await attack('manager', 'packages.approve', data, managersCard);
      assert.equal(status, 400);
      assert.equal(code, 'flows.bad-input');
    });
  }

  it('a verb that does not exist', async () => {
    const { code } = await attack('manager', 'packages.grantEverything', { ref }, managersCard);
    assert.equal(code, 'flows.unknown-verb');
  });

  it('the approver’s form pressed as if it were a request form', async () => {
    const { code } = await attack('manager', 'packages.ask', { ref, reason: 'I want it' }, managersCard);
    assert.equal(code, 'flows.unknown-card');
  });

  it('a card that is too old', async () => {
    await stage
      .store()
      .write((tx) => tx.updateTable('cards').set({ expires_at: 1 }).where('ref', '=', ref).execute());
    const { code } = await attack('manager', 'packages.approve', { ref, comment: 'late' }, managersCard);
    assert.equal(code, 'flows.card-expired');
  });

  it('outsiders are turned away at the door, and see nothing', async () => {
    const answer = await stage.post<{ status: number }>('/people/outsider/activities', {
      text: 'I need access',
    });
    assert.ok(answer.status >= 400 && answer.status < 500);
  });

  it('no write of the whole story carried the bot’s own token', async () => {
    assert.ok((await stage.writes()).every(({ token }) => token === 'user'));
  });
});
