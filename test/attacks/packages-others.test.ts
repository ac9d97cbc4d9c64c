import assert from 'node:assert/strict';
import { hasButton, readIn } from '../support/on-card.js';
import { openPackagesStage, type PackagesStage } from '../support/packages-stage.js';
import { type Attack, attackOn, plainCardOf } from './attack.js';
import { smuggledForm } from './packages-attack.js';

/** Access, requests and packages that are other people's: neither shown nor touched. */
describe('what belongs to somebody else', () => {
  let stage: PackagesStage;
  let attack: Attack;
  let assignment: string;
  let failed: string;
  before(async () => {
    stage = await openPackagesStage();
    attack = attackOn(stage);
    assignment = (await stage.hold('finance', 'workshop', 5)).id;
    const { id } = await stage.ask('engineer', 'sandbox');
    await stage.says('engineer', id, /not delivered|could not|failed/i);
    failed = (await stage.portal.newest('engineer')).id;
  });
  after(() => stage.close());

  it('another’s access is neither given back nor extended', async () => {
    for (const person of ['engineer', 'manager', 'security', 'guest']) {
      for (const [verb, more] of [
        ['packages.give-back', {}],
        ['packages.give-back', { sure: true }],
        ['packages.extend', {}],
      ] as const) {
        const { code, text } = await attack(person, verb, { assignment, ...more });
        assert.equal(code, 'packages.not-held', `${person}: ${verb}`);
        assert.doesNotMatch(text, /workshop|Brandvold/);
      }
    }
    assert.equal((await stage.held('finance', 'workshop'))?.state, 'delivered');
  });

  it('another’s access is not shown', async () => {
    const answer = await stage.press('engineer', await plainCardOf(stage, 'engineer'), 'packages.show', {
      assignment,
    });
    assert.doesNotMatch(readIn(answer), /workshop|Brandvold/);
    assert.match(readIn(answer), /do not have this access/);
  });

  it('another’s request is neither taken back nor shown, with a status card smuggled in', async () => {
    await stage.ask('finance', 'standard');
    await stage.decideCard('manager');
    const { id } = await stage.portal.newest('finance');
    const item = `assignmentRequest:${id}`;
    const ref = await smuggledForm(stage, 'helpdesk', { kind: 'packages.status', item });
    const writes = (await stage.sent()).length;
    for (const verb of ['packages.cancel', 'packages.show']) {
      const answer = await stage.press('helpdesk', await plainCardOf(stage, 'helpdesk'), verb, { ref });
      assert.match(readIn(answer), /does not show this request/);
      assert.doesNotMatch(readIn(answer), /Brandvold|contracts/);
    }
    assert.equal((await stage.sent()).length, writes);
    assert.equal((await stage.portal.newest('finance')).state, 'pendingApproval');
  });

  it('a failed delivery is not set going again by somebody who has nothing to do with it', async () => {
    for (const person of ['helpdesk', 'finance', 'guest']) {
      const { code, text } = await attack(person, 'packages.reprocess', { request: failed });
      assert.equal(code, 'packages.not-owner');
      assert.doesNotMatch(text, /Fernqvist|sandbox/i);
    }
  });

  it('whoever asked is no owner: Entra turns them away, and it stays failed', async () => {
    const card = await plainCardOf(stage, 'engineer');
    const before = (await stage.refusals()).length;
    const answer = await stage.press('engineer', card, 'packages.reprocess', { request: failed });
    assert.match(readIn(answer), /does not let you try this delivery again/);
    assert.deepEqual((await stage.refusals()).slice(before), ['packages.not-owner']);
    assert.equal((await stage.portal.newest('engineer')).state, 'deliveryFailed');
    const tries = (await stage.sent()).filter(({ path }) => path.endsWith('/reprocess'));
    assert.deepEqual(
      tries.map(({ status, token }) => [status, token]),
      [[403, 'user']],
    );
  });

  it('a request that did not fail, or does not exist, is not set going', async () => {
    const { id } = await stage.ask('starter', 'prompts');
    await stage.says('starter', id, /^You have access/);
    const { id: fine } = await stage.portal.newest('starter');
    const late = await attack('security', 'packages.reprocess', { request: fine });
    assert.equal(late.code, 'packages.not-failed');
    const unknown = await attack('security', 'packages.reprocess', { request: stage.idOf('security') });
    assert.equal(unknown.code, 'packages.not-owner');
  });

  it('who has a package is not told to people who do not look after it', async () => {
    const { id } = await stage.packageOf('workshop');
    for (const person of ['engineer', 'manager', 'guest']) {
      const { code, text, card } = await attack(person, 'packages.owned', { package: id });
      assert.equal(code, 'packages.owned-closed', person);
      assert.doesNotMatch(text, /Brandvold/);
      assert.ok(!hasButton(card, 'packages.reprocess'));
    }
  });

  it('the list of what one answers for is empty for others, and names nobody', async () => {
    const answer = await stage.press('finance', await plainCardOf(stage, 'finance'), 'packages.owned');
    assert.equal(answer.statusCode, 200);
    assert.doesNotMatch(readIn(answer), /Brandvold|workshop/);
  });
});
