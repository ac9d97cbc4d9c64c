import assert from 'node:assert/strict';
import type { GraphAs } from '../../src/graph/graph.js';
import type { Eligibility, Wish } from '../../src/graph/pim/activating.js';
import {
  activatingOf,
  effective,
  eligibleHolders,
  privilegedRoleAdministrators,
  rolesOfGroup,
  standingHolders,
} from '../../src/graph/pim/kinds.js';
import { idOf, openPracticeGraph, type PracticeGraph } from './practice-graph.js';

const roles = activatingOf('role');
const never = () => Promise.resolve(false);

describe('roles of Entra, at the practice tenant', () => {
  let practice: PracticeGraph;
  let engineer: GraphAs;
  let security: GraphAs;

  beforeEach(async function () {
    this.timeout(30_000);
    practice = await openPracticeGraph();
    const own = ['RoleEligibilitySchedule.Read.Directory', 'RoleAssignmentSchedule.ReadWrite.Directory'];
    [engineer, security] = [await practice.as('engineer', ...own), await practice.as('security', ...own)];
  });
  afterEach(() => practice.close());

  const later = async (advance: string): Promise<void> => {
    const moved = await practice.visit.control('POST', '/clock', { advance });
    assert.ok(moved.status < 300, JSON.stringify(moved.body));
  };
  const eligible = async (name: string): Promise<Eligibility> => {
    const found = (await roles.eligible(engineer)).find((one) => one.name === name);
    return found ?? assert.fail(`not eligible for ${name}`);
  };
  const wish = (found: Eligibility, more: Partial<Wish> = {}): Wish => ({
    ...found,
    principalId: idOf('engineer'),
    reason: 'Restore the index of the help desk',
    ticket: undefined,
    minutes: 60,
    startsAt: undefined,
    requestId: '11111111-0000-4000-8000-000000000001',
    ...more,
  });
  const whose = (found: Eligibility) => ({ ...found, principalId: idOf('engineer') });

  it('are found with names, scopes, ends, and the groups they come through', async () => {
    const found = await roles.eligible(engineer);
    assert.ok(found.every(({ name, scheduleId }) => name !== '' && scheduleId !== ''));
    const lab = await eligible('Groups Administrator');
    assert.match(lab.scope, /^\/administrativeUnits\//);
    assert.equal(lab.scopeName, 'AI Lab');
    const platform = await eligible('Power Platform Administrator');
    assert.deepEqual([platform.scope, platform.scopeName, platform.throughGroup], ['/', '', false]);
    assert.notEqual(platform.until, undefined);
    assert.equal((await eligible('Exchange Administrator')).throughGroup, true);
    assert.equal((await eligible('AI Administrator')).until, undefined);
  });

  it('have rules that the bot can read by itself', async () => {
    const rulesOf = async (name: string) => roles.rules(practice.reader, await eligible(name));
    assert.deepEqual(await rulesOf('AI Administrator'), {
      ...{ longest: 240, reason: true, ticket: true, mfa: false, context: 'c1' },
      approval: {
        required: true,
        approvers: [
          { kind: 'user', id: idOf('security') },
          { kind: 'user', id: idOf('manager') },
        ],
        approverReason: true,
        days: 1,
      },
    });
    assert.deepEqual(await rulesOf('Power Platform Administrator'), {
      ...{ longest: 1440, reason: false, ticket: false, mfa: true, context: '' },
      approval: { required: false },
    });
    const unknown = { kind: 'role', id: '00000000-0000-4000-8000-00000000dead', scope: '/' } as const;
    await assert.rejects(roles.rules(practice.reader, unknown), { code: 'graph.not-found' });
  });

  it('tell in one go what a wish lacks, and nothing is asked for', async () => {
    const poor = wish(await eligible('AI Administrator'), { reason: '', minutes: 600 });
    await assert.rejects(roles.validate(engineer, poor), (error: { detail?: { rules?: string } }) => {
      assert.equal(error.detail?.rules, 'JustificationRule,TicketingRule,ExpirationRule');
      return true;
    });
    const context = wish(await eligible('AI Administrator'), { ticket: { system: 'S', number: '1' } });
    await assert.rejects(roles.validate(engineer, context), { code: 'identity.step-up-needed' });
    await roles.validate(engineer, wish(await eligible('Security Administrator')));
    assert.deepEqual(await roles.mine(engineer), []);
  });

  it('run at once where nobody approves: asked, seen, working, ended', async () => {
    const found = await eligible('Security Administrator');
    const asked = await roles.submit(engineer, wish(found), never);
    assert.ok(asked !== undefined && ['active', 'provisioning'].includes(asked.state), asked?.state);
    assert.deepEqual(asked.target, { kind: 'role', id: found.id, scope: '/' });
    await assert.rejects(roles.submit(engineer, wish(found), never), { code: 'graph.bad-request' });
    await later('PT1M');
    const [mine] = await roles.mine(engineer);
    assert.deepEqual([mine?.id, mine?.state, mine?.minutes], [asked.id, 'active', 60]);
    assert.deepEqual([mine?.name, mine?.principalId], ['Security Administrator', idOf('engineer')]);
    const held = (await roles.held(engineer)).filter(({ activated }) => activated);
    assert.deepEqual([held.length, held[0]?.scheduleId], [1, mine?.scheduleId]);
    const seen = await roles.seen(practice.reader, whose(found));
    assert.deepEqual([seen?.length, seen?.[0]?.activated, seen?.[0]?.id], [1, true, found.id]);
    const works = { target: found, principalId: idOf('engineer') };
    assert.equal(await effective(practice.reader, works), true);
    await later('PT10M');
    await roles.deactivate(engineer, wish(found), never);
    await later('PT1M');
    assert.deepEqual(await roles.seen(practice.reader, whose(found)), []);
    assert.equal(await effective(practice.reader, works), false);
    assert.deepEqual(
      (await roles.mine(engineer)).map(({ action, state }) => [action, state]),
      [
        ['deactivate', 'revoked'],
        ['activate', 'active'],
      ],
    );
  });

  it('can be planned: seen by the bot before they begin, and taken back', async () => {
    const found = await eligible('Security Administrator');
    const startsAt = new Date(Date.now() + 3 * 3_600_000).toISOString();
    const asked = await roles.submit(engineer, wish(found, { startsAt }), never);
    assert.equal(asked?.state, 'scheduled');
    const seen = (await roles.seen(practice.reader, whose(found))) ?? [];
    assert.deepEqual(
      seen.map((one) => Date.parse(one.startsAt ?? '')),
      [Date.parse(startsAt)],
    );
    assert.equal(Date.parse(seen[0]?.endsAt ?? '') - Date.parse(startsAt), 3_600_000);
    assert.ok(asked !== undefined);
    await roles.cancel(engineer, asked, never);
    assert.equal((await roles.mine(engineer))[0]?.state, 'cancelled');
    assert.deepEqual(await roles.seen(practice.reader, whose(found)), []);
  });

  it('wait for their approver, and the first decision counts', async () => {
    const found = await eligible('Groups Administrator');
    const asked = await roles.submit(engineer, wish(found), never);
    assert.equal(asked?.state, 'waiting');
    const [waiting, ...others] = await roles.waiting(security);
    assert.ok(waiting !== undefined && others.length === 0);
    assert.deepEqual(
      [waiting.id, waiting.name, waiting.scopeName, waiting.principalId],
      [asked?.id, 'Groups Administrator', 'AI Lab', idOf('engineer')],
    );
    assert.notEqual(waiting.principalName, '');
    assert.deepEqual(await roles.waiting(engineer), []);
    const [step] = await roles.steps(security, waiting.approvalId);
    assert.deepEqual([step?.assignedToMe, step?.result, step?.status], [true, 'NotReviewed', 'InProgress']);
    const decision = {
      approvalId: waiting.approvalId,
      stepId: step?.id ?? '',
      result: 'Approve',
      justification: 'Seen the ticket',
      landed: never,
    } as const;
    await assert.rejects(roles.decide(engineer, decision), { code: 'graph.forbidden' });
    await roles.decide(security, decision);
    await assert.rejects(roles.decide(security, { ...decision, result: 'Deny' }), { code: 'graph.conflict' });
    const [decided] = await roles.steps(security, waiting.approvalId);
    assert.deepEqual(
      [decided?.result, decided?.reviewedBy?.id, decided?.justification],
      ['Approved', idOf('security'), 'Seen the ticket'],
    );
    await later('PT1M');
    assert.equal((await roles.mine(engineer))[0]?.state, 'active');
    assert.equal(
      await effective(practice.reader, { target: found, principalId: idOf('engineer') }),
      true,
      'in its own part of the directory',
    );
  });

  it('are listed for whoever looks after them', async () => {
    const all = (await eligibleHolders(practice.reader, 'role')) ?? [];
    const exchange = all.find(({ name }) => name === 'Exchange Administrator');
    assert.equal(exchange?.principal.kind, 'group');
    const one = await eligibleHolders(practice.reader, 'role', (await eligible('AI Administrator')).id);
    assert.deepEqual(
      one?.map(({ principalId, principal }) => [principalId, principal.kind]),
      [[idOf('engineer'), 'person']],
    );
    const administrators = await privilegedRoleAdministrators(practice.reader);
    assert.deepEqual(administrators, [idOf('security')]);
    const target = { kind: 'role', id: 'e8611ab8-c189-46e8-94e1-60213ab1f814', scope: '/' } as const;
    const standing = (await standingHolders(practice.reader, target)) ?? [];
    assert.deepEqual(
      standing.map(({ principalId, activated, endsAt }) => [principalId, activated, endsAt]),
      [[idOf('security'), false, undefined]],
    );
    assert.deepEqual(await rolesOfGroup(practice.reader, exchange?.principalId ?? ''), [
      'Exchange Administrator',
    ]);
  });
});
