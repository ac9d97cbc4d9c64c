import assert from 'node:assert/strict';
import {
  cancelRequest,
  entitlementRowsSince,
  giveBack,
  heldById,
  heldPages,
  heldPart,
  myHeld,
  myRequests,
  policiesOfPackage,
  policyById,
  reprocessRequest,
  requestPages,
  requestsIMade,
  submitRequest,
} from '../../src/graph/entitlement.js';
import type { GraphAs, GraphReader } from '../../src/graph/graph.js';
import { type OddGraph, refused, startOddGraph } from './odd-graph.js';
import { actorOf, reference } from './practice-graph.js';

const base = '/graph/v1.0/identityGovernance/entitlementManagement';
const never = async (): Promise<boolean> => false;

let odd: OddGraph;
let reader: GraphReader;
let graph: GraphAs;
beforeEach(async () => {
  odd = await startOddGraph();
  reader = odd.graph.reader(reference);
  graph = odd.graph.as(actorOf('engineer'), ['EntitlementMgmt-SubjectAccess.ReadWrite'], reference);
});
afterEach(() => odd.close());

const asked = (): readonly string[] =>
  odd.seen.map(({ method, path }) => `${method} ${decodeURIComponent(path).replace(base, '')}`);

async function allOf<Item>(pages: AsyncIterable<readonly Item[]>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const page of pages) all.push(...page);
  return all;
}

const whole = '/assignments?$expand=target,accessPackage,assignmentPolicy&$filter=';

describe('access packages, read call by call', () => {
  it('ask for everything a card needs in one call each', async () => {
    odd.onRequest(() => ({ body: { value: [{ id: 'X' }] } }));
    const mine = await Promise.all([myHeld(graph), myRequests(graph), requestsIMade(graph)]);
    assert.deepEqual(
      mine.map(([first]) => first?.id),
      ['x', 'x', 'x'],
    );
    const request = '$expand=requestor,accessPackage,assignment($expand=target)';
    assert.deepEqual([...asked()].sort(), [
      `GET /assignmentRequests/filterByCurrentUser(on='createdBy')?${request}`,
      `GET /assignmentRequests/filterByCurrentUser(on='target')?${request}`,
      "GET /assignments/filterByCurrentUser(on='target')?$expand=target,accessPackage,assignmentPolicy",
    ]);
  });

  it('list who holds a package, page by page', async () => {
    odd.onRequest((_seen, n) =>
      n === 1
        ? { body: { value: [{ id: 'A1' }], '@odata.nextLink': `${odd.url}/v1.0/more` } }
        : { body: { value: [{ id: 'A2' }] } },
    );
    const held = await allOf(heldPages(reader, { packageId: "p'1" }));
    assert.deepEqual(
      held.map(({ id }) => id),
      ['a1', 'a2'],
    );
    assert.deepEqual(asked(), [
      `GET ${whole}accessPackage/id eq 'p''1' and state eq 'delivered'`,
      'GET /graph/v1.0/more',
    ]);
  });

  it('list who holds anything, from the place on where somebody stopped', async () => {
    odd.onRequest((_seen, n) => ({
      body:
        n === 1
          ? {
              value: [{ id: 'A1' }],
              '@odata.nextLink': 'https://elsewhere.example/x?$top=5&$skiptoken=a%2Bb',
            }
          : { value: [{ id: 'A2' }] },
    }));
    const first = await heldPart(reader, 'partiallyDelivered');
    assert.deepEqual(first.next, { $skiptoken: 'a+b' });
    const { held, next } = await heldPart(reader, 'partiallyDelivered', first.next);
    assert.deepEqual([held.map(({ id }) => id), next], [['a2'], undefined]);
    const part = `GET ${whole}state eq 'partiallyDelivered'`;
    assert.deepEqual(asked(), [part, `${part}&$skiptoken=a+b`]);
  });

  it('list the requests for one package, all or the newest', async () => {
    odd.onRequest(() => ({ body: { value: [{ id: 'R1', state: 'denied' }] } }));
    const [request] = await allOf(requestPages(reader, { packageId: 'p1' }));
    assert.deepEqual([request?.id, request?.state], ['r1', 'denied']);
    await allOf(requestPages(reader, { packageId: 'p1', since: new Date(0) }));
    const all =
      'GET /assignmentRequests?$expand=requestor,accessPackage,assignment($expand=assignmentPolicy,target)' +
      "&$filter=accessPackage/id eq 'p1'";
    assert.deepEqual(asked(), [all, `${all} and createdDateTime ge 1970-01-01T00:00:00.000Z`]);
  });

  it('tell an assignment that is gone from one that cannot be read', async () => {
    odd.onRequest((_seen, n) => (n === 1 ? { body: { id: 'A' } } : refused(n === 2 ? 404 : 403, 'Odd')));
    assert.equal((await heldById(reader, 'A'))?.id, 'a');
    assert.equal(await heldById(reader, 'A'), undefined);
    await assert.rejects(heldById(reader, 'A'), { code: 'graph.forbidden' });
  });

  it('read a policy with its questions', async () => {
    const question = { '@odata.type': '#microsoft.graph.accessPackageTextInputQuestion', id: 'Q' };
    const policy = { id: 'POL', questions: [question] };
    odd.onRequest((_seen, n) => ({ body: n === 1 ? policy : { value: [policy] } }));
    assert.equal((await policyById(reader, 'pol')).questions[0]?.id, 'q');
    assert.equal((await policiesOfPackage(reader, 'p1'))[0]?.questions[0]?.kind, 'text');
    assert.deepEqual(asked(), [
      'GET /assignmentPolicies/pol?$expand=questions',
      'GET /accessPackages/p1/assignmentPolicies?$expand=questions',
    ]);
  });

  it('read their part of the audit log, oldest first', async () => {
    odd.onRequest(() => ({ body: { value: [{ id: '1', activityDateTime: '2026-11-21T09:00:03Z' }] } }));
    const since = new Date('2026-11-21T08:00:00Z');
    const rows = await allOf(entitlementRowsSince(reader, since, new Date('2026-11-21T10:00:00Z')));
    assert.equal(rows[0]?.id, '1');
    await allOf(entitlementRowsSince(reader, since));
    const from =
      "loggedByService eq 'Entitlement Management' and activityDateTime ge 2026-11-21T08:00:00.000Z";
    const filters = odd.seen.map(({ path }) => new URLSearchParams(path.split('?')[1]).get('$filter'));
    assert.deepEqual(filters, [`${from} and activityDateTime le 2026-11-21T10:00:00.000Z`, from]);
    assert.match(asked()[0] ?? '', /\/auditLogs\/directoryAudits\?.*\$orderby=activityDateTime&\$top=1000$/);
  });
});

describe('access packages, written call by call', () => {
  const wish = { packageId: 'p1', policyId: 'pol', targetId: 'mina', justification: 'Project Nord' };
  const assignment = { accessPackageId: 'p1', assignmentPolicyId: 'pol', targetId: 'mina' };
  const plain = { requestType: 'userAdd', assignment, justification: 'Project Nord' };
  const sent = () => odd.seen.map(({ body }) => body);
  beforeEach(() => odd.onRequest(() => ({ status: 201, body: { id: 'R', state: 'submitted' } })));

  it('are asked for with answers and dates', async () => {
    const made = await submitRequest(graph, {
      ...wish,
      answers: [
        { questionId: 'q1', kind: 'text', value: 'NORD-12', display: 'NORD-12' },
        { questionId: 'q2', kind: 'choice', value: 'VIE', display: 'Vienna' },
      ],
      startsAt: '2026-12-01T00:00:00Z',
      endsAt: '2026-12-21T00:00:00Z',
      landed: never,
    });
    assert.equal(made?.id, 'r');
    const answer = { '@odata.type': '#microsoft.graph.accessPackageAnswerString' };
    const question = (kind: string, id: string) => ({
      '@odata.type': `#microsoft.graph.accessPackage${kind}Question`,
      id,
    });
    assert.deepEqual(sent(), [
      {
        ...plain,
        answers: [
          {
            ...answer,
            value: 'NORD-12',
            displayValue: 'NORD-12',
            answeredQuestion: question('TextInput', 'q1'),
          },
          {
            ...answer,
            value: 'VIE',
            displayValue: 'Vienna',
            answeredQuestion: question('MultipleChoice', 'q2'),
          },
        ],
        schedule: {
          startDateTime: '2026-12-01T00:00:00Z',
          recurrence: null,
          expiration: { type: 'afterDateTime', endDateTime: '2026-12-21T00:00:00Z', duration: null },
        },
      },
    ]);
  });

  it('say nothing of answers and dates where there are none, and only of the start where only that is known', async () => {
    await submitRequest(graph, { ...wish, landed: never });
    await submitRequest(graph, { ...wish, answers: [], startsAt: '2026-12-01T00:00:00Z', landed: never });
    const expiration = { type: 'notSpecified', endDateTime: null, duration: null };
    const schedule = { startDateTime: '2026-12-01T00:00:00Z', recurrence: null, expiration };
    assert.deepEqual(sent(), [plain, { ...plain, schedule }]);
  });

  it('are given back by naming the assignment', async () => {
    assert.equal((await giveBack(graph, { assignmentId: 'a1', landed: never }))?.id, 'r');
    assert.deepEqual(sent(), [{ requestType: 'userRemove', assignment: { id: 'a1' } }]);
    assert.deepEqual(asked(), ['POST /assignmentRequests']);
  });

  for (const status of [200, 202, 204]) {
    it(`are cancelled and delivered again, whichever way Entra says yes: ${status}`, async () => {
      odd.onRequest(() => ({ status, body: '' }));
      await cancelRequest(graph, { requestId: 'r/1', landed: never });
      await reprocessRequest(graph, { requestId: 'r1', landed: never });
      assert.deepEqual(
        odd.seen.map(({ method, path }) => `${method} ${path.replace(base, '')}`),
        ['POST /assignmentRequests/r%2F1/cancel', 'POST /assignmentRequests/r1/reprocess'],
      );
    });
  }

  it('are written once where the answer got lost and the effect is there', async () => {
    odd.onRequest(() => ({ drop: 'before' }));
    const landed = async (): Promise<boolean> => true;
    assert.equal(await giveBack(graph, { assignmentId: 'a1', landed }), undefined);
    assert.equal(await submitRequest(graph, { ...wish, landed }), undefined);
    await cancelRequest(graph, { requestId: 'r1', landed });
    await reprocessRequest(graph, { requestId: 'r1', landed });
    assert.equal(odd.seen.length, 4);
  });

  it('are refused as Entra refuses them', async () => {
    odd.onRequest(() => refused(400, 'InvalidRequest'));
    await assert.rejects(cancelRequest(graph, { requestId: 'r1', landed: never }), {
      code: 'graph.bad-request',
    });
    odd.onRequest(() => refused(403, 'UnAuthorized'));
    await assert.rejects(reprocessRequest(graph, { requestId: 'r1', landed: never }), {
      code: 'graph.forbidden',
    });
  });
});
