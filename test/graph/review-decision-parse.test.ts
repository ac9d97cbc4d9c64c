import assert from 'node:assert/strict';
import { asDecision, countOf } from '../../src/graph/review-decision.js';

const nobody = '00000000-0000-0000-0000-000000000000';
const one = 'aa000000-0000-4000-8000-00000000000A';
const two = 'bb000000-0000-4000-8000-00000000000B';
const type = (name: string) => ({ '@odata.type': `#microsoft.graph.${name}` });

describe('what Graph says about one decision', () => {
  it('says nobody with a zero GUID, and nothing with an empty text', () => {
    const decision = asDecision({
      id: one,
      accessReviewId: two,
      reviewedDateTime: null,
      decision: 'NotReviewed',
      justification: '',
      appliedDateTime: null,
      applyResult: 'New',
      recommendation: 'Deny',
      reviewedBy: { id: nobody, displayName: '', userPrincipalName: '' },
      appliedBy: { id: nobody, displayName: '', userPrincipalName: '' },
      resource: { id: two, displayName: 'Finance readers', type: 'group' },
      principal: {
        ...type('userIdentity'),
        id: one,
        displayName: 'Ada',
        userPrincipalName: 'ada@contoso.example',
      },
    });
    assert.deepEqual(decision, {
      id: one.toLowerCase(),
      decision: 'NotReviewed',
      recommendation: 'Deny',
      justification: '',
      reviewedAt: undefined,
      reviewedBy: undefined,
      applyResult: 'New',
      appliedAt: undefined,
      principal: {
        kind: 'user',
        id: one.toLowerCase(),
        name: 'Ada',
        userPrincipalName: 'ada@contoso.example',
      },
      resource: { id: two.toLowerCase(), name: 'Finance readers', type: 'group' },
      lastSignIn: undefined,
      outlier: undefined,
    });
  });

  it('is taken as it comes, with fields left out or null', () => {
    const bare = asDecision({ id: 'd', principal: null, resource: null, insights: null });
    assert.deepEqual(
      [bare.decision, bare.recommendation, bare.principal.id, bare.resource, bare.lastSignIn],
      ['NotReviewed', 'NoInfoAvailable', '', undefined, undefined],
    );
    assert.equal(asDecision({ id: 'd', decision: 'dontknow' }).decision, 'DontKnow');
    const service = { ...type('servicePrincipalIdentity'), id: two, displayName: 'Indexer', appId: one };
    assert.deepEqual(asDecision({ id: 'd', principal: service }).principal, {
      kind: 'service',
      id: two.toLowerCase(),
      name: 'Indexer',
      userPrincipalName: '',
    });
  });

  it('tells a sign-in, no sign-in and not knowing apart', () => {
    const lastSignIn = (...insights: readonly unknown[]) => asDecision({ id: 'd', insights }).lastSignIn;
    const signIn = (lastSignInDateTime?: string | null) => ({
      ...type('userSignInInsight'),
      id: nobody,
      insightCreatedDateTime: null,
      ...(lastSignInDateTime === undefined ? {} : { lastSignInDateTime }),
    });
    const at = '2026-05-04T03:02:01Z';
    assert.deepEqual(lastSignIn(signIn(at)), { kind: 'at', at });
    assert.deepEqual(lastSignIn(signIn(null)), { kind: 'never' });
    assert.deepEqual(lastSignIn(signIn('0001-01-01T00:00:00Z')), { kind: 'never' });
    assert.equal(lastSignIn(signIn()), undefined);
    assert.equal(lastSignIn(), undefined);
    assert.equal(lastSignIn(null, 7, type('membershipOutlierInsight')), undefined);
    assert.deepEqual(lastSignIn(null, signIn(at)), { kind: 'at', at });
  });

  it('knows an outlier only where Entra names one', () => {
    const outlier = (...insights: readonly unknown[]) => asDecision({ id: 'd', insights }).outlier;
    assert.equal(outlier({ ...type('membershipOutlierInsight'), memberId: one, containerId: two }), true);
    assert.equal(outlier(type('userSignInInsight')), undefined);
    assert.equal(outlier(), undefined);
  });

  it('counts only where Entra counted', () => {
    assert.equal(countOf({ '@odata.count': 12, value: [] }), 12);
    for (const odd of [{ value: [] }, { '@odata.count': '12' }, { '@odata.count': -1 }, undefined, null, 'x'])
      assert.equal(countOf(odd), undefined);
  });
});
