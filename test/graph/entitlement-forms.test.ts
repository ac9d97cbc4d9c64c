import assert from 'node:assert/strict';
import { platformAdmins } from '../../practice/world/groups.js';
import {
  agentWorkshop,
  elevatedPackage,
  partnerDesk,
  promptLibrary,
  redTeam,
} from '../../practice/world/packages.js';
import { approversAmong } from '../../src/flows/approvers.js';
import {
  cancelRequest,
  conflictsOf,
  entitlementRowsSince,
  giveBack,
  type Held,
  heldById,
  heldPages,
  heldPart,
  myHeld,
  myRequests,
  type NewRequest,
  packageOpens,
  policyById,
  reprocessRequest,
  requestById,
  requestPages,
  requestsIMade,
  requirementsFor,
  submitRequest,
} from '../../src/graph/entitlement.js';
import type { GraphAs } from '../../src/graph/graph.js';
import { until } from '../support/until.js';
import { idOf, openPracticeGraph, type PracticeGraph } from './practice-graph.js';

const own = 'EntitlementMgmt-SubjectAccess.ReadWrite';
const landed = async (): Promise<boolean> => false;

async function allOf<Item>(pages: AsyncIterable<readonly Item[]>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

describe('access packages in the practice tenant, with forms, dates and other people', () => {
  let practice: PracticeGraph;
  let engineer: GraphAs;
  beforeEach(async () => {
    practice = await openPracticeGraph();
    engineer = await practice.as('engineer', own);
  });
  afterEach(() => practice.close());

  const ask = (graph: GraphAs, packageId: string, policyId: string, more: Partial<NewRequest> = {}) =>
    submitRequest(graph, {
      ...{ packageId, policyId, targetId: idOf('engineer'), justification: 'For project Nord', landed },
      ...more,
    });
  const project = () => agentWorkshop.otherPolicies?.[0] ?? assert.fail('no second policy');
  const holdPrompts = async (): Promise<Held> => {
    await ask(engineer, promptLibrary.id, promptLibrary.policy.id);
    return until('the package to be delivered', async () =>
      (await myHeld(engineer)).find(
        ({ state, packageId }) => state === 'delivered' && packageId === promptLibrary.id,
      ),
    );
  };

  it('have several ways in, each with its questions, and answers and dates come back', async () => {
    const ways = await requirementsFor(engineer, agentWorkshop.id);
    assert.deepEqual(
      ways.map(({ policyId, questions }) => [policyId, questions.length]),
      [
        [agentWorkshop.policy.id, 0],
        [project().id, 4],
      ],
    );
    const questions = ways[1]?.questions ?? [];
    assert.deepEqual(
      questions.map(({ kind, many, singleLine }) => [kind, many, singleLine]),
      [
        ['text', false, true],
        ['text', false, false],
        ['choice', false, false],
        ['choice', true, false],
      ],
    );
    const [first, , where, data] = questions;
    assert.ok(first !== undefined && where !== undefined && data !== undefined);
    assert.deepEqual([first.editable, first.required, first.pattern !== ''], [false, true, true]);
    assert.ok(where.localizations.some(({ language }) => language === 'de'));
    const [endsAt] = [new Date(Date.now() + 40 * 86_400_000).toISOString()];
    const made = await ask(engineer, agentWorkshop.id, project().id, {
      answers: [
        { questionId: first.id, kind: 'text', value: 'NORD-12', display: 'NORD-12' },
        { questionId: where.id, kind: 'choice', value: 'VIE', display: 'Vienna' },
        { questionId: data.id, kind: 'choice', value: 'public,internal', display: 'Public, Internal' },
      ],
      endsAt,
    });
    const read = await requestById(practice.reader, made?.id ?? '');
    assert.deepEqual(
      read.answers.map(({ questionId, value, display }) => [questionId, value, display]),
      [
        [first.id, 'NORD-12', 'NORD-12'],
        [where.id, 'VIE', 'Vienna'],
        [data.id, 'public,internal', 'Public, Internal'],
      ],
    );
    assert.deepEqual([read.endsAt, read.policyId], [endsAt, project().id]);
    assert.deepEqual(read.answers.map(({ question }) => question)[0], first.text);
    const [mine] = await myRequests(engineer);
    assert.equal(mine?.answers.length, 3, 'the person who asked can read their own answers');
    const policy = await policyById(practice.reader, project().id);
    assert.deepEqual(policy.questions, questions);
    assert.deepEqual([policy.ownDates, policy.onBehalf, policy.stages.length], [true, [], 2]);
  });

  it('can be asked for by the manager where the policy says so', async () => {
    const { id: packageId, policy } = agentWorkshop;
    assert.deepEqual((await policyById(practice.reader, policy.id)).onBehalf, [
      { kind: 'manager', level: 1, of: 'target' },
    ]);
    const manager = await practice.as('manager', own);
    const made = await ask(manager, packageId, policy.id);
    const [mine] = await requestsIMade(manager);
    assert.deepEqual(
      [mine?.id, mine?.requestorId, mine?.targetId],
      [made?.id, idOf('manager'), idOf('engineer')],
    );
    assert.equal((await myRequests(engineer))[0]?.targetId, idOf('engineer'));
    await assert.rejects(ask(manager, packageId, project().id), { code: 'graph.forbidden' });
  });

  it('are held until they are given back', async () => {
    const held = await holdPrompts();
    assert.deepEqual([held.personId, held.policyId], [idOf('engineer'), promptLibrary.policy.id]);
    assert.ok(Date.parse(held.endsAt) > Date.parse(held.startsAt));
    assert.deepEqual(await heldById(practice.reader, held.id), held);
    const everybody = await allOf(heldPages(practice.reader, { packageId: promptLibrary.id }));
    assert.ok(everybody.some(({ id }) => id === held.id));
    assert.ok(
      everybody.every(({ packageId, state }) => packageId === promptLibrary.id && state === 'delivered'),
    );
    const { held: all } = await heldPart(practice.reader, 'delivered');
    assert.ok(all.length >= everybody.length);
    assert.equal((await giveBack(engineer, { assignmentId: held.id, landed }))?.type, 'userRemove');
    await until('the package to be gone', async () => {
      const now = await heldById(practice.reader, held.id);
      return now === undefined || now.state === 'expired';
    });
    assert.equal(await heldById(practice.reader, '00000000-aaaa-4000-8000-000000000000'), undefined);
  });

  it('are cancelled by whoever asked, and leave a line in the log', async () => {
    const since = new Date(Date.now() - 60_000);
    const made = await ask(engineer, elevatedPackage.id, elevatedPackage.policy.id);
    const requestId = made?.id ?? '';
    await cancelRequest(engineer, { requestId, landed });
    const state = await until('the request to be cancelled', async () => {
      const read = await requestById(practice.reader, requestId);
      return read.state === 'canceled' ? read.state : undefined;
    });
    assert.equal(state, 'canceled');
    const packageId = elevatedPackage.id;
    const all = await allOf(requestPages(practice.reader, { packageId, since }));
    assert.ok(all.some(({ id }) => id === requestId));
    const later = new Date(Date.now() + 60_000);
    assert.deepEqual(await allOf(requestPages(practice.reader, { packageId, since: later })), []);
    await practice.visit.control('POST', '/clock', { advance: 'PT5M' });
    const rows = await allOf(entitlementRowsSince(practice.reader, since));
    const mine = rows.filter(({ targets }) => targets.some(({ id }) => id === requestId));
    assert.ok(mine.some(({ activity }) => activity === 'User requests access package assignment'));
    assert.ok(mine.some(({ activity, by }) => /^Cancel /.test(activity) && by?.id === idOf('engineer')));
    await assert.rejects(reprocessRequest(engineer, { requestId, landed }));
  });

  it('say what they open, what they conflict with, and who is asked later', async () => {
    const opens = (await packageOpens(practice.reader, [agentWorkshop.id, redTeam.id])).get(agentWorkshop.id);
    assert.deepEqual(
      opens?.map(({ kind, url }) => [kind, url.startsWith('https://')]),
      [
        ['group', false],
        ['application', false],
        ['site', true],
      ],
    );
    assert.ok(opens?.every(({ name, role }) => name !== '' && role !== ''));
    const conflicts = await conflictsOf(practice.reader, redTeam.id);
    assert.deepEqual(
      [conflicts.packages.map(({ id }) => id), conflicts.groups.map(({ id }) => id)],
      [[elevatedPackage.id], [platformAdmins.id]],
    );
    const other = await conflictsOf(practice.reader, elevatedPackage.id);
    assert.deepEqual(other.packages, [{ id: redTeam.id, name: redTeam.displayName }]);
    const [, stage] = (await policyById(practice.reader, redTeam.policy.id)).stages;
    assert.deepEqual([stage?.commentRequired, stage?.escalation?.after], [true, 'P2D']);
    assert.deepEqual(stage?.escalation?.approvers, [{ kind: 'user', id: idOf('appowner') }]);
  });

  it('are decided by the sponsor of a guest', async () => {
    const [stage] = (await policyById(practice.reader, partnerDesk.policy.id)).stages;
    assert.deepEqual(stage?.approvers, [{ kind: 'sponsors', which: 'own' }]);
    const found = await approversAmong(practice.reader, stage.approvers, {
      requestorId: idOf('guest'),
      targetId: idOf('guest'),
    });
    assert.deepEqual(
      found.map(({ user, why }) => [user.id, why]),
      [[idOf('manager'), 'sponsor']],
    );
  });
});
