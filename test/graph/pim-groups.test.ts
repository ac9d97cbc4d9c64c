import assert from 'node:assert/strict';
import type { GraphAs } from '../../src/graph/graph.js';
import type { Eligibility, Wish } from '../../src/graph/pim/activating.js';
import {
  activatingOf,
  effective,
  eligibleHolders,
  standingHolders,
  withGroupNames,
  withNames,
} from '../../src/graph/pim/kinds.js';
import { idOf, openPracticeGraph, type PracticeGraph } from './practice-graph.js';

const groups = activatingOf('group');
const never = () => Promise.resolve(false);

describe('membership of groups for a time, at the practice tenant', () => {
  let practice: PracticeGraph;

  beforeEach(async function () {
    this.timeout(30_000);
    practice = await openPracticeGraph();
  });
  afterEach(() => practice.close());

  const as = (key: string): Promise<GraphAs> =>
    practice.as(
      key,
      'PrivilegedEligibilitySchedule.Read.AzureADGroup',
      'PrivilegedAssignmentSchedule.ReadWrite.AzureADGroup',
      'User.Read.All',
    );
  const later = async (advance: string): Promise<void> => {
    const moved = await practice.visit.control('POST', '/clock', { advance });
    assert.ok(moved.status < 300, JSON.stringify(moved.body));
  };
  const only = async (graph: GraphAs): Promise<Eligibility> => {
    const [found, ...others] = await groups.eligible(graph);
    assert.ok(found !== undefined && others.length === 0);
    return found;
  };
  const wish = (found: Eligibility, person: string): Wish => ({
    ...found,
    principalId: idOf(person),
    reason: 'Restore the index of the help desk',
    ticket: { system: 'ServiceNow', number: 'INC-4711' },
    minutes: 90,
    startsAt: undefined,
    requestId: '11111111-0000-4000-8000-000000000001',
  });

  it('has no name until somebody who may read groups gives it one', async () => {
    const found = await groups.eligible(await as('engineer'));
    assert.deepEqual(
      found.map(({ name, scope }) => [name, scope]),
      [['', 'member']],
    );
    const [named] = await withGroupNames(practice.reader, found);
    assert.deepEqual([named?.name, named?.scopeName], ['AI Platform Admins', '']);
  });

  it('is asked for, approved, seen and working', async () => {
    const [engineer, manager] = [await as('engineer'), await as('manager')];
    const found = await only(engineer);
    const rules = await groups.rules(practice.reader, found);
    assert.deepEqual([rules.longest, rules.reason, rules.approval.required], [240, true, true]);
    await groups.validate(engineer, wish(found, 'engineer'));
    const asked = await groups.submit(engineer, wish(found, 'engineer'), never);
    assert.deepEqual(
      [asked?.state, asked?.minutes, asked?.ticket.number, asked?.target],
      ['waiting', 90, 'INC-4711', { kind: 'group', id: found.id, scope: 'member' }],
    );
    const [waiting] = await groups.waiting(manager);
    assert.ok(waiting !== undefined);
    assert.deepEqual([waiting.id, waiting.principalId], [asked?.id, idOf('engineer')]);
    const [named] = await withNames(practice.reader, [waiting]);
    assert.deepEqual([named?.name, named?.principalName], ['AI Platform Admins', 'Ayumi Fernqvist']);
    const [step] = await groups.steps(manager, waiting.approvalId);
    assert.equal(step?.assignedToMe, true);
    const decision = { approvalId: waiting.approvalId, stepId: step?.id ?? '', landed: never };
    await groups.decide(manager, { ...decision, result: 'Approve', justification: 'ok' });
    await assert.rejects(
      groups.decide(await as('appowner'), { ...decision, result: 'Deny', justification: 'no' }),
      { code: 'graph.conflict' },
    );
    await later('PT1M');
    const [seen] = (await groups.seen(practice.reader, { ...found, principalId: idOf('engineer') })) ?? [];
    assert.deepEqual([seen?.activated, seen?.scope], [true, 'member']);
    const works = { target: found, principalId: idOf('engineer') };
    assert.equal(await effective(practice.reader, works), true);
    const [held] = (await groups.held(engineer)).filter(({ activated }) => activated);
    assert.equal(held?.scheduleId, seen?.scheduleId);
    await later('PT2H');
    assert.deepEqual(await groups.seen(practice.reader, { ...found, principalId: idOf('engineer') }), []);
    assert.equal(await effective(practice.reader, works), false);
  });

  it('can be ownership, which begins at once and is ended by its owner', async () => {
    const manager = await as('manager');
    const found = await only(manager);
    assert.equal(found.scope, 'owner');
    await groups.submit(manager, wish(found, 'manager'), never);
    await later('PT10M');
    const works = { target: found, principalId: idOf('manager') };
    assert.equal(await effective(practice.reader, works), true);
    await groups.deactivate(manager, wish(found, 'manager'), never);
    await later('PT1M');
    assert.equal(await effective(practice.reader, works), false);
    assert.deepEqual(
      (await groups.mine(manager)).map(({ action }) => action),
      ['deactivate', 'activate'],
    );
  });

  it('can be taken back while it waits', async () => {
    const guest = await as('guest');
    const asked = await groups.submit(guest, wish(await only(guest), 'guest'), never);
    assert.ok(asked !== undefined);
    await groups.cancel(guest, asked, never);
    assert.equal((await groups.mine(guest))[0]?.state, 'cancelled');
  });

  it('is listed for whoever looks after the group, group by group', async () => {
    const found = await only(await as('engineer'));
    const holders = await eligibleHolders(practice.reader, 'group', found.id);
    assert.deepEqual(
      holders?.map(({ principalId, name, principal }) => [principalId, name, principal.kind]),
      [[idOf('engineer'), 'AI Platform Admins', 'person']],
    );
    assert.equal(await eligibleHolders(practice.reader, 'group'), undefined);
    const standing = (await standingHolders(practice.reader, found)) ?? [];
    assert.ok(standing.every(({ activated, scope }) => !activated && scope === 'member'));
  });
});
