import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { GraphAs } from '../../src/graph/graph.js';
import { person } from '../identity/people.js';
import { failureOf, type OddGraph, refused, startOddGraph, userToken } from './odd-graph.js';

describe('a call that Graph turns away', () => {
  const reference = 'c0ffee00-0000-4000-8000-000000000001';
  let odd: OddGraph;
  let graph: GraphAs;

  beforeEach(async () => {
    odd = await startOddGraph();
    graph = odd.graph.as(person(1), ['User.Read'], reference);
  });
  afterEach(() => odd.close());

  const failure = (work: Promise<unknown>) => failureOf(work, odd.log);

  const claims = '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}';
  const header = `Bearer realm="", error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`;
  const encoded = `&claims=${encodeURIComponent(claims)}`;
  const wrapped = (errorCode: string, message: string) =>
    refused(400, 'UnknownError', JSON.stringify({ errorCode, message, instanceAnnotations: [] }));

  it('gets a fresh token once', async () => {
    odd.onRequest((_seen, n) =>
      n === 1 ? refused(401, 'InvalidAuthenticationToken') : { body: { id: '1' } },
    );
    assert.deepEqual(await graph.get('/me'), { id: '1' });
    assert.deepEqual(odd.challenges, [undefined, {}]);
    assert.equal(odd.seen[1]?.headers.authorization, `Bearer ${userToken}-renewed`);
  });

  it('asks the person to sign in when that does not help', async () => {
    odd.onRequest(() => refused(401, 'InvalidAuthenticationToken'));
    assert.equal((await failure(graph.post('/requests', {}))).code, 'identity.sign-in-needed');
    assert.equal(odd.seen.length, 2);
  });

  it('hands a claims challenge to the sign-in service first, and then to the person', async () => {
    odd.onRequest(() => refused(401, 'InvalidAuthenticationToken', '', { 'www-authenticate': header }));
    const error = await failure(graph.get('/me'));
    assert.equal(error.code, 'identity.step-up-needed');
    assert.equal(error.detail.claims, claims);
    assert.deepEqual(odd.challenges, [undefined, { claims }]);
  });

  for (const [form, answer] of [
    ['plain', refused(400, 'RoleAssignmentRequestAcrsValidationFailed', encoded)],
    ['wrapped', wrapped('RoleAssignmentRequestAcrsValidationFailed', encoded)],
  ] as const) {
    it(`understands how role activation asks for a stronger sign-in, ${form}`, async () => {
      odd.onRequest(() => answer);
      const error = await failure(graph.post('/requests', {}));
      assert.equal(error.code, 'identity.step-up-needed');
      assert.equal(error.detail.claims, claims);
      // It has changed nothing: a sign-in that is at hand and meets it is tried before the person is bothered.
      assert.deepEqual(odd.challenges, [undefined, { claims }]);
    });
  }

  it('does not take just anything for a challenge', async () => {
    odd.onRequest(() => refused(400, 'BadRequest', '&claims=not%20JSON'));
    assert.equal((await failure(graph.post('/requests', {}))).code, 'graph.bad-request');
  });

  const scope =
    'missing permission scope RoleAssignmentSchedule.ReadWrite.Directory,RoleManagement.ReadWrite.Directory.';
  const refusals = [
    [refused(403, 'Authorization_RequestDenied'), 'graph.forbidden'],
    [refused(403, 'UnAuthorized'), 'graph.forbidden'],
    [
      refused(403, 'PermissionScopeNotGranted', `Authorization failed due to ${scope}`),
      'graph.scope-missing',
    ],
    [
      { ...wrapped('PermissionScopeNotGranted', `failed due to ${scope}`), status: 403 },
      'graph.scope-missing',
    ],
    [refused(404, 'Request_ResourceNotFound'), 'graph.not-found'],
    [refused(409, 'Conflict'), 'graph.conflict'],
    [wrapped('RoleAssignmentRequestPolicyValidationFailed', 'The following …'), 'graph.bad-request'],
    [{ status: 400, body: 'no JSON at all' }, 'graph.bad-request'],
    [refused(500, 'InternalServerError'), 'graph.unavailable'],
  ] as const;
  for (const [answer, code] of refusals) {
    it(`tells ${code} from ${inspect(answer, { breakLength: Number.POSITIVE_INFINITY }).slice(0, 60)}…`, async () => {
      odd.onRequest(() => answer);
      assert.equal((await failure(graph.get('/me'))).code, code);
      assert.equal(odd.seen.length, 1);
    });
  }

  it("keeps what support needs, and nothing of Graph's own words", async () => {
    odd.onRequest(() => refused(403, 'Authorization_RequestDenied', 'About Ada Lovelace.'));
    const error = await failure(graph.get('/me'));
    assert.deepEqual(error.detail, {
      status: 403,
      graphCode: 'Authorization_RequestDenied',
      requestId: 'req-1',
    });
    assert.ok(!inspect(error, { depth: 10 }).includes('Lovelace'));
  });

  it('is not even sent for somebody who has not signed in', async () => {
    const nobody = odd.graph.as(person(1), ['nobody'], reference);
    assert.equal((await failure(nobody.get('/me'))).code, 'identity.sign-in-needed');
    assert.equal(odd.seen.length, 0);
  });
});
