import assert from 'node:assert/strict';
import { GraphError } from '@microsoft/microsoft-graph-client';
import { graphErrorFrom } from '../../src/graph/error-from.js';
import { graphError } from '../../src/graph/errors.js';

describe('the funnel for whatever goes wrong on the way to Graph', () => {
  it('leaves an error of ours as it is', () => {
    const ours = graphError('graph.conflict');
    assert.equal(graphErrorFrom(ours), ours);
  });

  it("understands the library's own error, and one that never reached Graph", () => {
    assert.equal(graphErrorFrom(new GraphError(404, 'Not here')).code, 'graph.not-found');
    assert.equal(graphErrorFrom(new GraphError(-1, 'fetch failed')).code, 'graph.unavailable');
  });

  it('tells being late from being unreachable, and keeps no words of strangers', () => {
    assert.equal(graphErrorFrom(AbortSignal.abort().reason).code, 'graph.timed-out');
    const error = graphErrorFrom(new Error('Bearer eyJ0eXAi was refused'));
    assert.equal(error.code, 'graph.unavailable');
    assert.ok(error.cause instanceof Error && error.cause.message === 'Error');
  });

  it('takes anything at all', () => {
    for (const odd of [undefined, null, 'text', 7, { kind: 'else' }]) {
      assert.equal(graphErrorFrom(odd).code, 'graph.unavailable');
    }
  });

  const failed = 'RoleAssignmentRequestPolicyValidationFailed';
  const answered = (body: unknown, headers = {}) =>
    graphErrorFrom({ kind: 'answered', status: 400, headers: new Headers(headers), body, broken: false });
  const plain = (code: string, message: string) => ({ error: { code, message } });
  const wrapped = (errorCode: string, message: string) =>
    plain('UnknownError', JSON.stringify({ errorCode, message, instanceAnnotations: [] }));

  it('names the rules of a role that were not met, in both forms in which they come', () => {
    const message = 'The following policy rules failed: ["JustificationRule","TicketingRule"]';
    for (const form of [plain, wrapped]) {
      const { code, detail } = answered(form(failed, message));
      assert.deepEqual(
        [code, detail.graphCode, detail.rules],
        ['graph.bad-request', failed, 'JustificationRule,TicketingRule'],
      );
    }
    const all = 'MfaRule JustificationRule TicketingRule expirationrule EligibilityRule';
    assert.equal(
      answered(plain(failed.toLowerCase(), all)).detail.rules,
      'MfaRule,JustificationRule,TicketingRule,ExpirationRule,EligibilityRule',
    );
  });

  it('lets nothing else of such a message out', () => {
    for (const message of ['["SecretRule"]', 'for ada@contoso.example: NotTicketingRules', ''])
      assert.ok(!('rules' in answered(plain(failed, message)).detail), message);
    assert.ok(!('rules' in answered(plain('RoleAssignmentExists', '["MfaRule"]')).detail));
    const { detail, cause } = answered(plain(failed, 'ada@contoso.example failed ["MfaRule"]'));
    assert.ok(!JSON.stringify([detail, String(cause)]).includes('ada'));
  });

  it('reads the request id of Azure from its header', () => {
    const { detail } = answered(plain('BadRequest', ''), { 'x-ms-request-id': 'arm-1' });
    assert.equal(detail.requestId, 'arm-1');
  });
});
