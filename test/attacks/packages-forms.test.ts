import assert from 'node:assert/strict';
import { cardActions, cardText } from '../support/card-text.js';
import { readIn, refOf } from '../support/on-card.js';
import { goodReason, openPackagesStage, type PackagesStage } from '../support/packages-stage.js';
import { type Attack, attackOn, plainCardOf } from './attack.js';
import { smuggledForm } from './packages-attack.js';

const reason = goodReason;

/** Packages, policies and people somebody may not ask for, and forms that are somebody else's. */
describe('asking for what one may not ask for', () => {
  let stage: PackagesStage;
  let attack: Attack;
  let form: string;
  let status: string;
  before(async () => {
    stage = await openPackagesStage();
    attack = attackOn(stage);
    form = refOf((await stage.form('engineer', 'workshop', { policy: 'project' })).card);
    const asked = await stage.ask('engineer', 'standard');
    await stage.says('engineer', asked.id, /^Waiting/);
    status = refOf((await stage.entry('engineer', asked.id)).card);
  });
  after(() => stage.close());

  it('a package that Entra does not offer this person', async () => {
    const { id } = await stage.packageOf('partner');
    for (const data of [{ package: id }, { package: id.toUpperCase() }]) {
      const { code, text } = await attack('engineer', 'packages.open', data);
      assert.equal(code, 'packages.may-not-ask');
      assert.match(text, /does not offer you this package/);
    }
  });

  it('a package that does not exist', async () => {
    const writes = (await stage.sent()).length;
    const data = { package: stage.idOf('engineer') };
    const answer = await stage.press('engineer', await plainCardOf(stage, 'engineer'), 'packages.open', data);
    assert.match(readIn(answer), /does not know this any more/);
    assert.equal((await stage.sent()).length, writes);
  });

  it('a policy of another package, in the list and in the form', async () => {
    const { id } = await stage.packageOf('workshop');
    const policy = (await stage.packageOf('prompts')).policies[0]?.id;
    const listed = await attack('engineer', 'packages.open', { package: id, policy });
    assert.equal(listed.code, 'packages.may-not-ask');
    const typed = await attack('engineer', 'packages.ask', { ref: form, policy, reason });
    assert.equal(typed.code, 'packages.may-not-ask');
  });

  it('no policy where there are several: it is not chosen for them', async () => {
    const { code } = await attack('engineer', 'packages.ask', { ref: form, reason });
    assert.equal(code, 'packages.may-not-ask');
  });

  it('a form smuggled in for a package that is not offered', async () => {
    const item = `accessPackage:${(await stage.packageOf('partner')).id}`;
    const ref = await smuggledForm(stage, 'finance', { kind: 'packages.ask', item });
    const { code } = await attack('finance', 'packages.ask', { ref, reason });
    assert.equal(code, 'packages.may-not-ask');
  });

  it('a guest with a form for what its tier keeps from guests', async () => {
    const item = `accessPackage:${(await stage.packageOf('elevated')).id}`;
    const ref = await smuggledForm(stage, 'guest', { kind: 'packages.ask', item });
    const { code, text } = await attack('guest', 'packages.ask', { ref, reason });
    assert.equal(code, 'packages.no-guests');
    assert.match(text, /Guests cannot ask/);
  });

  it('somebody else’s form, and somebody else’s status, from any button', async () => {
    for (const [verb, data] of [
      ['packages.ask', { ref: form, reason }],
      ['packages.ask', { ref: status, reason }],
      ['packages.show', { ref: status }],
      ['packages.cancel', { ref: status }],
      ['packages.open', { again: status }],
    ] as const) {
      const { code, text } = await attack('finance', verb, data);
      assert.equal(code, 'flows.not-your-card', verb);
      assert.doesNotMatch(text, /contracts|Ayumi/);
    }
  });

  it('a card of another kind under the button of a form, and the other way round', async () => {
    for (const [verb, ref] of [
      ['packages.approve', form],
      ['packages.deny', status],
      ['packages.cancel', form],
      ['packages.show', form],
    ] as const) {
      const { code } = await attack('engineer', verb, { ref });
      assert.equal(code, 'flows.unknown-card', verb);
    }
  });

  it('what was asked for already, with another form of the same package', async () => {
    const item = `accessPackage:${(await stage.packageOf('standard')).id}`;
    const ref = await smuggledForm(stage, 'engineer', { kind: 'packages.ask', item });
    const { code, text } = await attack('engineer', 'packages.ask', { ref, reason });
    assert.equal(code, 'packages.asked-already');
    assert.match(text, /^Waiting/, 'the card of the open request');
  });

  it('somebody who is not one’s report: by list, by form, and by a form smuggled in', async () => {
    const { id } = await stage.packageOf('workshop');
    for (const [person, whom] of [
      ['engineer', 'finance'],
      ['manager', 'helpdesk'],
      ['manager', 'security'],
      ['engineer', 'manager'],
    ] as const) {
      const { code } = await attack(person, 'packages.open', { package: id, person: stage.idOf(whom) });
      assert.equal(code, 'packages.not-for-them', `${person} for ${whom}`);
      const smuggled = { kind: 'packages.ask', item: `accessPackage:${id}`, whom: stage.idOf(whom) };
      const ref = await smuggledForm(stage, person, smuggled);
      const policy = (await stage.packageOf('workshop')).policies[0]?.id;
      const typed = await attack(person, 'packages.ask', { ref, policy, reason });
      assert.equal(typed.code, 'packages.not-for-them', `${person} for ${whom}`);
    }
    const listed = await attack('engineer', 'packages.open', { query: '', person: stage.idOf('finance') });
    assert.equal(listed.code, 'packages.not-for-them');
  });

  it('a report, under a policy that does not let managers ask: a sentence, and the way to My Access', async () => {
    const workshop = await stage.packageOf('workshop');
    const smuggled = {
      kind: 'packages.ask',
      item: `accessPackage:${workshop.id}`,
      whom: stage.idOf('finance'),
    };
    const ref = await smuggledForm(stage, 'manager', smuggled);
    const policy = workshop.policies.find(({ name }) => name.includes('project'))?.id;
    const { code, card } = await attack('manager', 'packages.ask', { ref, policy, reason });
    assert.equal(code, 'packages.not-for-them');
    assert.match(JSON.stringify(card), /myaccess\.microsoft\.com/);
    assert.deepEqual(
      cardActions(card).filter(({ verb }) => verb === 'packages.ask'),
      [],
      cardText(card),
    );
  });
});
