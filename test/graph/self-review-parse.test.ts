import assert from 'node:assert/strict';
import fc from 'fast-check';
import { asReview } from '../../src/graph/review-definition.js';

const somebody = [{ query: '/users/x', queryType: 'MicrosoftGraph' }];
const stage = (reviewers: unknown) => ({ stageId: '1', durationInDays: 7, reviewers });
const isSelf = (more: object): boolean => asReview({ id: 'D', ...more }).selfReview;

/** A self-review lifts what guards all others: nobody keeps their own access because a list did not come. */
describe('a review of one’s own access', () => {
  it('is one whose lists of reviewers are there, and empty', () => {
    assert.ok(isSelf({ reviewers: [], fallbackReviewers: [], stageSettings: [] }));
    assert.ok(isSelf({ reviewers: [], stageSettings: [stage([])] }));
  });

  const others: readonly (readonly [string, object])[] = [
    ['the list was not sent', { stageSettings: [] }],
    ['the list is null', { reviewers: null, stageSettings: [] }],
    ['the list cannot be read', { reviewers: 'everybody', stageSettings: [] }],
    ['somebody in it cannot be read', { reviewers: [null], stageSettings: [] }],
    ['somebody reviews', { reviewers: somebody, stageSettings: [] }],
    ['somebody steps in', { reviewers: [], fallbackReviewers: somebody, stageSettings: [] }],
    ['somebody reviews at a stage', { reviewers: [], stageSettings: [stage([]), stage(somebody)] }],
    ['a stage came without its list', { reviewers: [], stageSettings: [stage(undefined)] }],
    ['a stage cannot be read', { reviewers: [], stageSettings: ['1'] }],
    ['the stages cannot be read', { reviewers: [], stageSettings: { '1': stage(somebody) } }],
  ];
  for (const [what, review] of others) {
    it(`is not one where ${what}`, () => assert.equal(isSelf(review), false));
  }

  it('is never one without a list that says so', () => {
    const odd = fc.oneof(fc.anything(), fc.constantFrom(undefined, null, [], somebody, [[]]));
    fc.assert(
      fc.property(odd, (reviewers) => {
        const empty = Array.isArray(reviewers) && reviewers.length === 0;
        assert.equal(isSelf({ reviewers, stageSettings: [] }), empty);
      }),
    );
  });
});
