import assert from 'node:assert/strict';
import { hasButton, refOf } from '../support/on-card.js';
import { openPackagesStage, type PackagesStage } from '../support/packages-stage.js';
import { type Attack, attackOn } from './attack.js';
import { smuggledForm } from './packages-attack.js';

const comment = 'I know of the project and looked at it';
const kind = 'packages.decide';

/** Approvers at a stage that is not theirs, twice, too late, or about themselves: Entra's stage stays as it is. */
describe('deciding a stage that is not one’s to decide', () => {
  let stage: PackagesStage;
  let attack: Attack;
  before(async () => {
    stage = await openPackagesStage();
  });
  beforeEach(async () => {
    await stage.reset();
    attack = attackOn(stage);
  });
  after(() => stage.close());

  const smuggle = async (person: string, request: string, stageAt = 0) =>
    smuggledForm(stage, person, { kind, item: `assignmentRequest:${request}`, stageAt });
  const decided = async (request: string) =>
    (await stage.sent()).filter(
      ({ method, status, path }) => method === 'PATCH' && status < 300 && path.includes(request),
    ).length;

  it('who decides the second stage, before the first one is over: on a card of either, and by opening it', async () => {
    await stage.ask('engineer', 'redteam');
    await stage.decideCard('manager');
    const { id } = await stage.portal.newest('engineer');
    for (const stageAt of [0, 1]) {
      for (const verb of ['packages.approve', 'packages.deny']) {
        const ref = await smuggle('security', id, stageAt);
        const { code, text } = await attack('security', verb, { ref, comment });
        assert.equal(code, 'packages.not-approver');
        assert.match(text, /does not list you as an approver/);
      }
    }
    const opened = await attack('security', 'packages.approval', { request: id });
    assert.equal(opened.code, 'packages.not-waiting');
    assert.equal(await decided(id), 0);
  });

  it('who decided the first stage, afterwards: it stays decided, and the second is not theirs', async () => {
    await stage.ask('engineer', 'redteam');
    const first = await stage.decideCard('manager');
    const ref = refOf(first.card);
    await stage.press('manager', first.id, 'packages.approve', { comment });
    await stage.decideCard('security');
    const { id } = await stage.portal.newest('engineer');
    const { code, card } = await attack('manager', 'packages.deny', { ref, comment });
    assert.equal(code, 'packages.stage-over');
    assert.ok(!hasButton(card, 'packages.approve'));
    const second = await smuggle('manager', id, 1);
    assert.equal(
      (await attack('manager', 'packages.approve', { ref: second, comment })).code,
      'packages.not-approver',
    );
    const early = await smuggle('security', id, 0);
    assert.equal(
      (await attack('security', 'packages.approve', { ref: early, comment })).code,
      'packages.stage-over',
    );
    assert.equal(await decided(id), 1);
  });

  it('an old card after a denial, and a second decision of the same person, are settled', async () => {
    await stage.ask('engineer', 'elevated');
    const [one, two] = [await stage.decideCard('security'), await stage.decideCard('appowner')];
    const refs = { security: refOf(one.card), appowner: refOf(two.card) };
    await stage.press('security', one.id, 'packages.deny', { comment });
    const { id } = await stage.portal.newest('engineer');
    const others = [
      ['security', 'packages.approve'],
      ['appowner', 'packages.approve'],
      ['appowner', 'packages.deny'],
    ] as const;
    for (const [person, verb] of others) {
      const { code, card } = await attack(person, verb, { ref: refs[person], comment });
      assert.equal(code, 'packages.settled');
      assert.ok(!hasButton(card, 'packages.approve'));
    }
    const opened = await attack('appowner', 'packages.approval', { request: id });
    assert.equal(opened.code, 'packages.not-waiting');
    assert.equal(await decided(id), 1);
  });

  it('whoever asked, and whoever would get it, are never their own approvers', async () => {
    const { answer } = await stage.ask('manager', 'workshop', { policy: 'two weeks', person: 'engineer' });
    assert.equal(answer.statusCode, 200);
    const request = await madeBy('manager');
    // Both are listed by Entra, as far as the bot can see.
    await stage.fault({
      match: { service: 'graph', method: 'GET', path: `/accessPackageAssignmentApprovals/${request}/stages` },
      do: { status: 200, body: { value: [stageForMe] } },
      times: 50,
    });
    for (const [person, expected] of [
      ['manager', 'packages.own-request'],
      ['engineer', 'packages.own-access'],
    ] as const) {
      const ref = await smuggle(person, request);
      for (const verb of ['packages.approve', 'packages.deny']) {
        assert.equal((await attack(person, verb, { ref, comment })).code, expected);
      }
      assert.equal((await attack(person, 'packages.approval', { request })).code, expected);
    }
    assert.equal(await decided(request), 0);
  });

  it('a guest whom Entra lists decides nothing that the tier keeps from guests', async () => {
    await stage.ask('engineer', 'elevated');
    await stage.decideCard('security');
    const { id } = await stage.portal.newest('engineer');
    await stage.fault({
      match: { service: 'graph', method: 'GET', path: `/accessPackageAssignmentApprovals/${id}/stages` },
      do: { status: 200, body: { value: [stageForMe] } },
      times: 50,
    });
    const ref = await smuggle('guest', id);
    for (const verb of ['packages.approve', 'packages.deny']) {
      const { code, text } = await attack('guest', verb, { ref, comment });
      assert.equal(code, 'packages.no-guest-approver');
      assert.match(text, /Guests do not approve/);
    }
    assert.equal(await decided(id), 0);
  });

  it('somebody Entra lists nowhere: with a card smuggled in, and by opening it', async () => {
    await stage.ask('engineer', 'standard');
    await stage.decideCard('manager');
    const { id } = await stage.portal.newest('engineer');
    for (const person of ['finance', 'helpdesk', 'guest']) {
      const ref = await smuggle(person, id);
      assert.equal(
        (await attack(person, 'packages.approve', { ref, comment })).code,
        'packages.not-approver',
      );
      const { code, text } = await attack(person, 'packages.approval', { request: id });
      assert.equal(code, 'packages.not-waiting');
      assert.doesNotMatch(text, /Ayumi|contracts/, 'nothing is told of it');
    }
  });

  it('where Entra wants the approver’s words, a press without them decides nothing', async () => {
    await stage.ask('engineer', 'redteam');
    const first = await stage.decideCard('manager');
    await stage.press('manager', first.id, 'packages.approve', { comment: '' });
    const second = await stage.decideCard('security');
    for (const nothing of ['', '  \u00a0\n']) {
      const data = { ref: refOf(second.card), comment: nothing };
      const { code, card } = await attack('security', 'packages.approve', data, second.id);
      assert.equal(code, 'packages.comment');
      assert.ok(hasButton(card, 'packages.approve'), 'the words can be written');
    }
  });

  const madeBy = async (person: string): Promise<string> => {
    const [row] = await stage
      .store()
      .db.selectFrom('cards')
      .select('item')
      .where('kind', '=', 'packages.status')
      .where('person', '=', stage.idOf(person))
      .execute();
    return row?.item.split(':')[1] ?? '';
  };
});

const stageForMe = {
  id: '00000000-0000-4000-8000-0000000000aa',
  displayName: 'Listed',
  status: 'InProgress',
  assignedToMe: true,
  justification: null,
  reviewResult: 'NotReviewed',
  reviewedBy: null,
  reviewedDateTime: null,
};
