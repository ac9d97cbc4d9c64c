import assert from 'node:assert/strict';
import { systemClock } from '../../src/base/clock.js';
import { createGraph } from '../../src/graph/create-graph.js';
import type { GraphAs } from '../../src/graph/graph.js';
import type { Eligibility, Wish } from '../../src/graph/pim/activating.js';
import { activatingOf, effective } from '../../src/graph/pim/kinds.js';
import { actorOf, idOf, openPracticeGraph, type PracticeGraph, reference } from './practice-graph.js';

const scope = 'https://management.azure.com/user_impersonation';
const azure = activatingOf('azure');
const never = () => Promise.resolve(false);

describe('roles of Azure, at the practice tenant', () => {
  let practice: PracticeGraph;
  let engineer: GraphAs;
  let approver: GraphAs;

  before(async function () {
    this.timeout(30_000);
    practice = await openPracticeGraph();
    const { visit, identity, log } = practice;
    const graph = createGraph({
      graphUrl: `${visit.url}/graph`,
      azureUrl: `${visit.url}/arm`,
      ...identity,
      clock: systemClock,
      log,
      random: () => 0,
    });
    const as = async (key: string): Promise<GraphAs> => {
      const actor = actorOf(key);
      await identity.userTokens.accept(actor, await visit.assertion(key));
      return graph.as(actor, [scope], reference);
    };
    [engineer, approver] = [await as('engineer'), await as('appowner')];
  });
  after(() => practice.close());

  /** Azure, too, shows what it did a moment later. */
  const later = async (advance: string): Promise<void> => {
    const moved = await practice.visit.control('POST', '/clock', { advance });
    assert.ok(moved.status < 300, JSON.stringify(moved.body));
  };
  const eligible = async (name: string): Promise<Eligibility> => {
    const found = (await azure.eligible(engineer)).find((one) => one.name === name);
    return found ?? assert.fail(`not eligible for ${name}`);
  };
  const wish = (found: Eligibility, requestId: string, more: Partial<Wish> = {}): Wish => ({
    ...found,
    principalId: idOf('engineer'),
    reason: 'Restore the index of the help desk',
    ticket: undefined,
    minutes: 60,
    startsAt: undefined,
    requestId,
    ...more,
  });
  const guid = (n: number) => `11111111-0000-4000-8000-00000000000${n}`;

  it('are found with their scopes and rules', async () => {
    const [contributor, reader] = [
      await eligible('Cognitive Services Contributor'),
      await eligible('Storage Blob Data Reader'),
    ];
    assert.equal(contributor.scope, contributor.scope.toLowerCase());
    assert.match(contributor.id, /\/roledefinitions\/25fbc0a9-bd7c-42a3-aa1a-3b75d497ee68$/);
    assert.notEqual(contributor.scopeName, '');
    assert.deepEqual(await azure.rules(engineer, contributor), {
      ...{ longest: 240, reason: true, ticket: true, mfa: false, context: '' },
      approval: {
        required: true,
        approvers: [{ kind: 'user', id: idOf('appowner') }],
        approverReason: false,
        days: 1,
      },
    });
    assert.deepEqual((await azure.rules(engineer, reader)).approval, { required: false });
    assert.equal(await azure.seen(practice.reader, { ...reader, principalId: idOf('engineer') }), undefined);
  });

  it('tell which rules a wish does not meet, without anything being asked for', async () => {
    const found = await eligible('Cognitive Services Contributor');
    const poor = wish(found, guid(1), { reason: '', minutes: 600 });
    await assert.rejects(azure.validate(engineer, poor), (error: { detail?: { rules?: string } }) => {
      assert.equal(error.detail?.rules, 'JustificationRule,TicketingRule,ExpirationRule');
      return true;
    });
    const good = wish(found, guid(1), { ticket: { system: 'ServiceNow', number: 'INC-4711' } });
    await azure.validate(engineer, good);
    assert.deepEqual(await azure.mine(engineer), []);
  });

  it('are active at once where nobody has to approve, and asked for once with one id', async () => {
    const found = await eligible('Storage Blob Data Reader');
    const asked = await azure.submit(engineer, wish(found, guid(2)), never);
    assert.deepEqual([asked?.id, asked?.action, asked?.minutes], [guid(2), 'activate', 60]);
    assert.deepEqual(asked?.target, { kind: 'azure', id: found.id, scope: found.scope });
    const again = await azure.submit(engineer, wish(found, guid(2)), never);
    assert.equal(again?.id, guid(2));
    await assert.rejects(azure.submit(engineer, wish(found, guid(3)), never), (error: object) => {
      assert.match(JSON.stringify(error), /RoleAssignmentExists/);
      return true;
    });
    await later('PT1M');
    const [held] = await azure.held(engineer);
    assert.deepEqual([held?.id, held?.activated, held?.scope], [found.id, true, found.scope]);
    assert.equal(held?.scheduleId, asked?.scheduleId);
    const whose = { target: found, principalId: idOf('engineer') };
    assert.equal(await effective(engineer, whose), true);
    await assert.rejects(effective(practice.reader, whose), TypeError);
    assert.equal((await azure.mine(engineer)).length, 1);
  });

  it('wait for their approver, whose decision counts once', async () => {
    const found = await eligible('Cognitive Services Contributor');
    const ticket = { system: 'ServiceNow', number: 'INC-4711' };
    const asked = await azure.submit(engineer, wish(found, guid(4), { ticket }), never);
    assert.deepEqual([asked?.state, asked?.ticket], ['waiting', ticket]);
    const [waiting, ...others] = await azure.waiting(approver);
    assert.ok(waiting !== undefined && others.length === 0);
    assert.deepEqual([waiting.id, waiting.principalId], [guid(4), idOf('engineer')]);
    assert.notEqual(waiting.principalName, '');
    const [step] = await azure.steps(approver, waiting.approvalId);
    assert.deepEqual([step?.assignedToMe, step?.result], [true, 'NotReviewed']);
    const decision = {
      approvalId: waiting.approvalId,
      stepId: step?.id ?? '',
      result: 'Deny',
      justification: 'Use the pipeline instead',
      landed: never,
    } as const;
    await assert.rejects(azure.decide(engineer, decision), { code: 'graph.forbidden' });
    await azure.decide(approver, decision);
    await assert.rejects(azure.decide(approver, decision), { code: 'graph.conflict' });
    const [decided] = await azure.steps(engineer, waiting.approvalId);
    assert.deepEqual(
      [decided?.result, decided?.reviewedBy?.id, decided?.justification],
      ['Denied', idOf('appowner'), 'Use the pipeline instead'],
    );
    assert.equal((await azure.mine(engineer))[0]?.state, 'denied');
    assert.deepEqual(await azure.waiting(approver), []);
  });

  it('can be taken back while they wait', async () => {
    const found = await eligible('Cognitive Services Contributor');
    const ticket = { system: 'ServiceNow', number: 'INC-4712' };
    const asked = await azure.submit(engineer, wish(found, guid(5), { ticket }), never);
    assert.ok(asked !== undefined);
    await azure.cancel(engineer, asked, never);
    assert.equal((await azure.mine(engineer))[0]?.state, 'cancelled');
  });

  it('are ended before their time', async () => {
    const found = await eligible('Storage Blob Data Reader');
    const early = azure.deactivate(engineer, wish(found, guid(6)), never);
    await assert.rejects(early, (error: object) => {
      assert.match(JSON.stringify(error), /ActiveDurationTooShort/);
      return true;
    });
    await later('PT10M');
    await azure.deactivate(engineer, wish(found, guid(7)), never);
    await later('PT1M');
    assert.deepEqual(await azure.held(engineer), []);
  });
});
