import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ReviewInfo } from '../../src/graph/access-review.js';
import { type Deserved, resting, reviewCadence } from '../../src/insight/review-cadence.js';

const admins = 'a0000000-0000-4000-8000-000000000001';

function review(
  recurrence: ReviewInfo['settings']['recurrence'],
  more: Partial<ReviewInfo> = {},
): ReviewInfo {
  return {
    id: 'd1',
    name: 'Admins',
    description: '',
    status: 'InProgress',
    createdBy: undefined,
    modifiedAt: '',
    scope: { kind: 'group', id: admins },
    selfReview: false,
    byManager: false,
    stages: [],
    settings: {
      reasonRequired: false,
      recommendations: true,
      lookBack: 'P30D',
      autoApply: false,
      earlierShown: true,
      ifNobody: '',
      recurrence,
    },
    ...more,
  };
}

const every = (count: number, unit: 'week' | 'month' = 'month') => ({ every: count, unit });

const now = new Date('2026-06-15T09:00:00Z');
const never = { now, newest: new Map<string, string>() };

function cadence(deserves: Deserved, reviews: readonly ReviewInfo[], newest?: string) {
  const began = newest === undefined ? never : { now, newest: new Map([['d1', newest]]) };
  const [found] = reviewCadence(reviews, new Map([[admins, deserves]]), began);
  assert.ok(found);
  return `${found.has === '' ? 'none' : found.has}: ${found.enough ? 'enough' : 'too seldom'}`;
}

describe('how often a group is reviewed', () => {
  const cases: readonly [string, string, Deserved, readonly ReviewInfo[]][] = [
    ['no review', 'none: too seldom', 'yearly', []],
    ['no review, and one for every project would do', 'none: too seldom', 'per-project', []],
    ['as often as it deserves', 'monthly: enough', 'monthly', [review(every(1))]],
    ['more often', 'weekly: enough', 'monthly', [review(every(1, 'week'))]],
    ['less often', 'quarterly: too seldom', 'monthly', [review(every(3))]],
    ['every four weeks', 'every 4 weeks: enough', 'monthly', [review(every(4, 'week'))]],
    ['every five weeks', 'every 5 weeks: too seldom', 'monthly', [review(every(5, 'week'))]],
    ['every thirteen weeks', 'every 13 weeks: enough', 'quarterly', [review(every(13, 'week'))]],
    ['twice a year', 'half-yearly: enough', 'half-yearly', [review(every(6))]],
    ['every second year', 'every 24 months: too seldom', 'yearly', [review(every(24))]],
    ['once', 'once: too seldom', 'yearly', [review(undefined)]],
    ['once, and that is what it deserves', 'once: enough', 'per-project', [review(undefined)]],
    [
      'by two series: the faster counts',
      'monthly: enough',
      'quarterly',
      [review(every(12)), review(every(1))],
    ],
    [
      'by a series that has not begun',
      'monthly: enough',
      'monthly',
      [review(every(1), { status: 'NotStarted' })],
    ],
    ['by a series that is over', 'once: too seldom', 'monthly', [review(every(1), { status: 'Completed' })]],
    [
      'as a group of Privileged Identity Management',
      'monthly: enough',
      'monthly',
      [review(every(1), { scope: { kind: 'pim-group', id: admins } })],
    ],
    [
      'not at all, while something else with reviews exists',
      'none: too seldom',
      'monthly',
      [
        review(every(1), { scope: { kind: 'group', id: 'another' } }),
        review(every(1), { scope: { kind: 'role', id: admins } }),
      ],
    ],
  ];
  for (const [when, result, deserves, reviews] of cases) {
    it(`${when} (deserves ${deserves}) -> ${result}`, () => assert.equal(cadence(deserves, reviews), result));
  }

  it('is told of a series at rest by when its newest instance began', () => {
    const atRest = [review(every(1), { status: 'Applied' })];
    assert.equal(cadence('monthly', atRest, '2026-05-16T09:00:00Z'), 'monthly: enough');
    assert.equal(cadence('monthly', atRest, '2026-05-01T09:00:00Z'), 'once: too seldom');
  });

  it('needs the instances of nothing but series that are at rest', () => {
    const reviews = [
      review(every(1), { id: 'runs' }),
      review(undefined, { id: 'once', status: 'Applied' }),
      review(every(1), { id: 'rests', status: 'Applied' }),
      review(every(1), { id: 'another', status: 'Applied', scope: { kind: 'group', id: 'another' } }),
    ];
    assert.deepEqual(resting(reviews, new Map([[admins, 'monthly']])), ['rests']);
  });

  it('is told for every group that was asked about, and for no other', () => {
    const found = reviewCadence([review(every(1))], new Map([['x', 'monthly']]), never);
    assert.deepEqual(found, [{ group: 'x', deserves: 'monthly', has: '', enough: false }]);
  });

  it('never gets worse by one more review', () => {
    const recurrence = fc.option(
      fc.record({
        every: fc.integer({ min: 1, max: 30 }),
        unit: fc.constantFrom('week' as const, 'month' as const),
      }),
      { nil: undefined },
    );
    const status = fc.constantFrom('InProgress', 'NotStarted', 'Completed');
    const anyReview = fc
      .record({ recurrence, status })
      .map((each) => review(each.recurrence, { status: each.status }));
    const deserved = fc.constantFrom<Deserved>(
      'monthly',
      'quarterly',
      'half-yearly',
      'yearly',
      'per-project',
    );
    fc.assert(
      fc.property(deserved, fc.array(anyReview, { maxLength: 5 }), anyReview, (deserves, some, another) => {
        const wanted = new Map([[admins, deserves]]);
        const [before] = reviewCadence(some, wanted, never);
        const [after] = reviewCadence([...some, another], wanted, never);
        assert.ok(before?.enough !== true || after?.enough === true);
      }),
    );
  });
});
