import assert from 'node:assert/strict';
import fc from 'fast-check';
import { reviewQuality } from '../../src/insight/review-quality.js';
import { inARow, type Said, someDecisions } from './some-decisions.js';

const qualityOf = (...said: readonly Said[]) => reviewQuality(someDecisions(said));

describe('the quality of a review', () => {
  it('of a review that nobody decided is all zeros, and says that there is nothing to tell', () => {
    assert.deepEqual(qualityOf({}, {}), {
      total: 2,
      kept: 0,
      removed: 0,
      unsure: 0,
      undecided: 2,
      keptShare: 0,
      against: 0,
      seconds: undefined,
      reviewers: [],
      reasons: [],
    });
  });

  it('counts what was decided, and the share kept of that alone', () => {
    const found = qualityOf(
      { by: 'Ada' },
      { by: 'Ada', decision: 'Deny' },
      { by: 'Ada', decision: 'DontKnow' },
      { by: 'Ben' },
      {},
    );
    const { total, kept, removed, unsure, undecided, keptShare } = found;
    assert.deepEqual(
      { total, kept, removed, unsure, undecided },
      { total: 5, kept: 2, removed: 1, unsure: 1, undecided: 1 },
    );
    assert.equal(keptShare, 0.5);
  });

  it('takes what Entra decided by itself when the review ended for undecided', () => {
    const [item] = someDecisions([{ by: 'Ada', decision: 'Deny' }]);
    assert.ok(item);
    const { undecided, removed, reviewers } = reviewQuality([{ ...item, reviewedBy: undefined }]);
    assert.deepEqual({ undecided, removed, reviewers }, { undecided: 1, removed: 0, reviewers: [] });
  });

  it('counts who was kept against the recommendation, not who was removed against it', () => {
    const { against } = qualityOf(
      { by: 'Ada', recommendation: 'Deny' },
      { by: 'Ada', recommendation: 'Deny', decision: 'Deny' },
      { by: 'Ada', recommendation: 'Approve', decision: 'Deny' },
      { by: 'Ada', recommendation: 'NoInfoAvailable' },
    );
    assert.equal(against, 1);
  });
});

describe('the pace of a reviewer', () => {
  const paceOf = (...at: readonly number[]) =>
    qualityOf(...at.map((each) => ({ by: 'Ada', at: each }))).seconds;

  it('is the median between one decision and the next', () => {
    assert.equal(paceOf(0, 4, 10, 90), 6);
    assert.equal(paceOf(0, 4, 10), 5);
    assert.equal(paceOf(90, 0, 10, 4), 6);
  });

  it('does not count a pause of more than ten minutes', () => {
    assert.equal(paceOf(0, 20, 20 + 601, 20 + 601 + 20), 20);
    assert.equal(paceOf(0, 600), 600);
  });

  it('is zero for what was decided with one press', () => {
    assert.equal(paceOf(5, 5, 5), 0);
  });

  it('cannot be told from a single decision, nor from one a day', () => {
    assert.equal(paceOf(0), undefined);
    assert.equal(paceOf(0, 86_400), undefined);
  });

  it('is never measured from one reviewer to another', () => {
    const { seconds } = qualityOf({ by: 'Ada', at: 0 }, { by: 'Ben', at: 1 }, { by: 'Ada', at: 40 });
    assert.equal(seconds, 40);
  });
});

describe('a hasty reviewer', () => {
  const hasty = (said: readonly Said[]) => qualityOf(...said).reviewers.map((each) => each.hasty);

  it('kept everybody, five or more, within seconds', () => {
    assert.deepEqual(hasty(inARow('Ada', 5, 3)), [true]);
    assert.deepEqual(hasty(inARow('Ada', 4, 3)), [false]);
    assert.deepEqual(hasty(inARow('Ada', 5, 10)), [false]);
  });

  it('is not one who removed somebody, or was not sure about one', () => {
    assert.deepEqual(hasty([...inARow('Ada', 9, 3), { by: 'Ada', at: 40, decision: 'Deny' }]), [false]);
    assert.deepEqual(hasty([...inARow('Ada', 9, 3), { by: 'Ada', at: 40, decision: 'DontKnow' }]), [false]);
  });

  it('comes first in the list, then who decided most', () => {
    const said = [...inARow('Ada', 5, 60), ...inARow('Ben', 6, 1), ...inARow('Cy', 9, 60)];
    assert.deepEqual(
      qualityOf(...said).reviewers.map(({ name, decided }) => `${name} ${decided}`),
      ['Ben 6', 'Cy 9', 'Ada 5'],
    );
  });
});

describe('the sample of reasons', () => {
  it('takes one of each reviewer in turn, what goes against the recommendation first', () => {
    const { reasons } = qualityOf(
      { by: 'Ada', reason: 'Works on Nord', about: 'Kim' },
      { by: 'Ada', reason: 'Back from leave next week', about: 'Lou', recommendation: 'Deny' },
      { by: 'Ben', reason: 'Leads the team', about: 'Max' },
    );
    assert.deepEqual(
      reasons.map(({ by, about, reason }) => `${by} on ${about}: ${reason}`),
      ['Ada on Lou: Back from leave next week', 'Ben on Max: Leads the team', 'Ada on Kim: Works on Nord'],
    );
  });

  it('shows the same words of one reviewer once, and no empty ones', () => {
    const { reasons } = qualityOf(...inARow('Ada', 20, 0, { reason: 'All known to me ' }), {
      by: 'Ben',
      reason: '  ',
    });
    assert.deepEqual(
      reasons.map(({ reason }) => reason),
      ['All known to me'],
    );
  });

  it('begins with reviewers who went against the recommendation, when there are more than fit', () => {
    const quiet = ['Ada', 'Ben', 'Cy', 'Dot', 'Eve'].map((by) => ({ by, reason: `${by} knows them` }));
    const { reasons } = qualityOf(...quiet, {
      by: 'Zoe',
      reason: 'On parental leave',
      recommendation: 'Deny',
    });
    assert.equal(reasons.length, 5);
    assert.equal(reasons[0]?.by, 'Zoe');
  });
});

const anySaid: fc.Arbitrary<Said> = fc.record(
  {
    by: fc.constantFrom('Ada', 'Ben', 'Cy'),
    at: fc.integer({ min: 0, max: 5_000 }),
    decision: fc.constantFrom('Approve', 'Deny', 'DontKnow'),
    recommendation: fc.constantFrom('Approve', 'Deny', 'NoInfoAvailable'),
    reason: fc.constantFrom('', 'Needs it for Nord', 'Has left'),
  },
  { requiredKeys: [] },
);

describe('the quality of any review', () => {
  it('adds up', () => {
    fc.assert(
      fc.property(fc.array(anySaid, { maxLength: 60 }), (said) => {
        const found = qualityOf(...said);
        const decided = found.kept + found.removed + found.unsure;
        assert.equal(decided + found.undecided, found.total);
        assert.equal(
          found.reviewers.reduce((sum, each) => sum + each.decided, 0),
          decided,
        );
        assert.ok(found.against <= found.kept && found.reasons.length <= 5);
        assert.ok(found.seconds === undefined || (found.seconds >= 0 && found.seconds <= 600));
      }),
    );
  });

  it('does not depend on the order in which Entra lists the decisions', () => {
    fc.assert(
      fc.property(fc.array(anySaid, { maxLength: 30 }), fc.infiniteStream(fc.nat()), (said, luck) => {
        const decisions = someDecisions(said);
        const shuffled = decisions
          .map((each) => ({ each, at: luck.next().value }))
          .sort((a, b) => a.at - b.at)
          .map(({ each }) => each);
        assert.deepEqual(reviewQuality(shuffled), reviewQuality(decisions));
      }),
    );
  });
});
