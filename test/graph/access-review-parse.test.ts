import assert from 'node:assert/strict';
import { asDecision } from '../../src/graph/review-decision.js';
import { asInstance, asReview, asReviewer, asReviewStage } from '../../src/graph/review-definition.js';

const nobody = '00000000-0000-0000-0000-000000000000';
const one = 'aa000000-0000-4000-8000-00000000000A';
const two = 'bb000000-0000-4000-8000-00000000000B';
const type = (name: string) => ({ '@odata.type': `#microsoft.graph.${name}` });

describe('what Graph says about a series of reviews', () => {
  const whole = {
    id: one,
    displayName: 'Guests in Finance',
    descriptionForAdmins: 'a',
    descriptionForReviewers: 'r',
    status: 'inProgress',
    createdBy: { id: two, displayName: 'Ada' },
    createdDateTime: '2026-01-01T00:00:00Z',
    lastModifiedDateTime: '2026-02-01T00:00:00Z',
    scope: { query: `/groups/${two}/members`, queryType: 'MicrosoftGraph' },
    reviewers: [{ query: './manager', queryType: 'MicrosoftGraph', queryRoot: 'decisions' }],
    fallbackReviewers: [],
    settings: {
      justificationRequiredOnApproval: true,
      recommendationsEnabled: true,
      recommendationLookBackDuration: 'P14D',
      autoApplyDecisionsEnabled: true,
      defaultDecisionEnabled: true,
      defaultDecision: 'deny',
      decisionHistoriesForReviewersEnabled: false,
      recurrence: {
        pattern: { type: 'absoluteMonthly', interval: 3, month: 0, dayOfMonth: 1 },
        range: { type: 'noEnd', startDate: '2026-12-01' },
      },
    },
    stageSettings: [],
  };

  it('is taken whole', () => {
    assert.deepEqual(asReview(whole), {
      id: one.toLowerCase(),
      name: 'Guests in Finance',
      description: 'r',
      status: 'InProgress',
      createdBy: { id: two.toLowerCase(), name: 'Ada' },
      modifiedAt: '2026-02-01T00:00:00Z',
      scope: { kind: 'group', id: two.toLowerCase() },
      selfReview: false,
      byManager: true,
      stages: [],
      settings: {
        reasonRequired: true,
        recommendations: true,
        lookBack: 'P14D',
        autoApply: true,
        ifNobody: 'Deny',
        earlierShown: false,
        recurrence: { every: 3, unit: 'month' },
      },
    });
  });

  it('is taken as it comes, with fields left out or null', () => {
    const review = asReview({ id: 'D', settings: null, stageSettings: null, createdBy: { id: nobody } });
    assert.deepEqual(
      [review.name, review.status, review.createdBy, review.modifiedAt, review.scope.kind],
      ['', '', undefined, '', 'other'],
    );
    assert.deepEqual(review.settings, {
      reasonRequired: false,
      recommendations: false,
      lookBack: 'P30D',
      autoApply: false,
      ifNobody: '',
      earlierShown: false,
      recurrence: undefined,
    });
    assert.equal(
      asReview({ id: 'D', createdDateTime: '2026-01-01T00:00:00Z' }).modifiedAt,
      '2026-01-01T00:00:00Z',
    );
    assert.equal(asReview({ id: 'D', status: 'Resting' }).status, 'Resting');
  });

  it('is a self-review only where nobody at all is named', () => {
    const named = [{ query: `/users/${one}` }];
    const selfReview = (more: object) => asReview({ ...whole, reviewers: [], ...more }).selfReview;
    assert.equal(selfReview({}), true);
    assert.equal(selfReview({ fallbackReviewers: named }), false);
    assert.equal(
      selfReview({ stageSettings: [{ stageId: '1' }, { stageId: '2', reviewers: named }] }),
      false,
    );
    // Somebody we cannot read is somebody.
    assert.equal(selfReview({ reviewers: [null] }), false);
    assert.equal(selfReview({ reviewers: [{ query: 7 }] }), false);
  });

  it('has stages, and what they say about recommendations stands above the rest', () => {
    const insight = (days: number) => ({
      ...type('userLastSignInRecommendationInsightSetting'),
      recommendationLookBackDuration: `P${days}D`,
      signInScope: 'tenant',
    });
    const outliers = type('groupPeerOutlierRecommendationInsightSettings');
    const review = asReview({
      ...whole,
      reviewers: [],
      stageSettings: [
        { stageId: '1', durationInDays: 3, recommendationsEnabled: false },
        { stageId: '2', durationInDays: 5, reviewers: [{ query: './manager' }], dependsOn: ['1'] },
      ],
    });
    assert.deepEqual(review.stages, [
      { id: '1', days: 3 },
      { id: '2', days: 5 },
    ]);
    assert.equal(review.byManager, true);
    assert.equal(review.settings.recommendations, false);
    const lookBack = (settings: object, stages: readonly object[] = []) =>
      asReview({ id: 'd', settings, stageSettings: stages }).settings.lookBack;
    assert.equal(lookBack({ recommendationInsightSettings: [outliers, insight(45)] }), 'P45D');
    assert.equal(lookBack({ recommendationInsightSettings: 'odd' }), 'P30D');
    const stage = { stageId: '1', recommendationInsightSettings: [insight(60)] };
    assert.equal(lookBack({ recommendationLookBackDuration: 'P10D' }, [stage]), 'P60D');
  });

  it('comes back each week or month, or is held once', () => {
    const recurrence = (pattern: unknown) =>
      asReview({ id: 'd', settings: { recurrence: { pattern, range: {} } } }).settings.recurrence;
    assert.deepEqual(recurrence({ type: 'weekly', interval: 1 }), { every: 1, unit: 'week' });
    assert.deepEqual(recurrence({ type: 'absoluteYearly', interval: 1 }), { every: 12, unit: 'month' });
    for (const odd of [null, undefined, {}, { type: 'weekly', interval: 0 }, { type: 'moonly', interval: 1 }])
      assert.equal(recurrence(odd), undefined);
  });
});

describe('what Graph says about instances, stages and reviewers', () => {
  it('is taken as it comes', () => {
    assert.deepEqual(asInstance({ id: 'I', status: 'inprogress', startDateTime: null, endDateTime: 'e' }), {
      id: 'i',
      status: 'InProgress',
      startsAt: '',
      endsAt: 'e',
      scope: { kind: 'other', id: '' },
    });
    assert.deepEqual(asReviewStage({ id: 'S', status: 'Completed' }), {
      id: 's',
      status: 'Completed',
      startsAt: '',
      endsAt: '',
    });
    assert.deepEqual(asReviewer({ id: 'R', displayName: null, userPrincipalName: 'ada@contoso.example' }), {
      id: 'r',
      name: 'ada@contoso.example',
      since: '',
    });
    for (const parse of [asReview, asInstance, asReviewStage, asReviewer, asDecision]) {
      assert.throws(() => parse({ displayName: 'no id' }), { code: 'graph.broken-answer' });
    }
  });
});
