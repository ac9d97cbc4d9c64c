import assert from 'node:assert/strict';
import { day, hour, minute } from '../../../src/base/clock.js';
import { cardStage, decidePurpose } from '../../../src/flows/packages/decide/card-stage.js';
import { decisionsIn } from '../../../src/flows/packages/follow/decisions-in-log.js';
import { mergeLog, mergeStages, type StageSeen } from '../../../src/flows/packages/follow/merge-stages.js';
import { openStage } from '../../../src/flows/packages/follow/open-stage.js';
import { nextReminder } from '../../../src/flows/packages/follow/remind-job.js';
import type { AuditRow } from '../../../src/graph/directory-audits.js';
import type { PolicyStageInfo } from '../../../src/graph/entitlement.js';

const start = Date.parse('2026-11-19T08:00:00Z');
const time = (ms: number): string => new Date(start + ms).toISOString();

const byManager: StageSeen = {
  result: 'approved',
  byId: 'manager',
  byName: 'Olumide',
  at: time(hour),
  comment: 'Fine',
};
const bySecurity: StageSeen = { ...byManager, byId: 'security', byName: 'Ingrid', at: time(2 * hour) };
const bySomebody: StageSeen = { result: 'approved', byId: '', byName: '', at: '', comment: '' };

describe('what is known of the stages of a request', () => {
  it('grows with what an approver’s own token shows', () => {
    assert.deepEqual(mergeStages([], [byManager, bySecurity]), [byManager, bySecurity]);
  });

  it('never loses a name to somebody who knows less', () => {
    assert.deepEqual(mergeStages([byManager], [{ ...bySomebody, at: time(hour) }]), [byManager]);
    assert.deepEqual(mergeStages([byManager, bySecurity], [byManager]), [byManager, bySecurity]);
    assert.deepEqual(mergeStages([bySomebody], [byManager]), [byManager]);
  });

  it('tells from a later stage that those before it were approved', () => {
    assert.deepEqual(mergeStages([], [bySecurity], 1), [bySomebody, bySecurity]);
  });

  it('takes the log for a decision it knows, for the missing name of one, or for the next one', () => {
    const late = { ...byManager, at: time(hour + minute), comment: '' };
    assert.deepEqual(mergeLog([byManager], [late]), [byManager]);
    assert.deepEqual(mergeLog([bySomebody], [byManager]), [byManager]);
    assert.deepEqual(mergeLog([byManager], [bySecurity]), [byManager, bySecurity]);
    assert.deepEqual(mergeLog([], [bySecurity, byManager]), [byManager, bySecurity]);
  });

  it('is not changed by a line of the log from before all of them, nor by one after a denial', () => {
    assert.deepEqual(mergeLog([bySecurity], [byManager]), [bySecurity]);
    const denied: StageSeen = { ...byManager, result: 'denied' };
    assert.deepEqual(mergeLog([denied], [bySecurity]), [denied]);
  });
});

const line: AuditRow = {
  id: 'a1',
  at: time(hour),
  activity: 'Approve access package assignment request',
  category: 'EntitlementManagement',
  service: 'Entitlement Management',
  ok: true,
  reason: 'Fine',
  by: { id: 'manager', name: 'Olumide' },
  byApp: '',
  targets: [{ id: '6f1f4a58-0f65-4c1c-9d5e-0c1a5b1a7d10', name: '', type: 'Request' }],
  details: { Justification: 'denied' },
  correlationId: '',
};

describe('decisions in the audit log', () => {
  const of = (...rows: readonly AuditRow[]) => decisionsIn(rows).get('6f1f4a58-0f65-4c1c-9d5e-0c1a5b1a7d10');

  it('are found by the id of the request, with the words of whoever decided', () => {
    assert.deepEqual(of(line), [byManager]);
  });

  it('count once where two lines tell of the same one', () => {
    const stageDone = 'Approval stage completed for access package assignment request';
    assert.deepEqual(of(line, { ...line, id: 'a2', activity: stageDone, reason: '' }), [byManager]);
    assert.equal(of({ ...line, activity: stageDone }, { ...line, id: 'a2', at: time(2 * hour) })?.length, 2);
  });

  it('are those of people only', () => {
    assert.equal(of({ ...line, by: undefined }), undefined);
    assert.equal(of({ ...line, ok: false }), undefined);
    assert.equal(of({ ...line, activity: 'Auto approve access package assignment request' }), undefined);
  });
});

const rule: PolicyStageInfo = {
  approvers: [],
  fallback: [],
  commentRequired: false,
  deniedAfter: 'P14D',
  escalation: { after: 'P2D', approvers: [], fallback: [] },
};
const two = { stages: [rule, rule] };
const asked = { createdAt: time(0) };

describe('the open stage', () => {
  const at = (stages: readonly StageSeen[], stageSince: number, now: number) =>
    openStage(two, { stages, stageSince }, asked, now);

  it('comes after those that are decided, and counts its time from the last of them', () => {
    const open = at([byManager], start + hour, start + 2 * hour);
    assert.deepEqual(
      [open?.index, open?.of, open?.deniedAt, open?.escalated],
      [1, 2, start + hour + 14 * day, false],
    );
  });

  it('is open to more people once nobody has decided in time', () => {
    assert.equal(at([], start, start + 2 * day)?.escalated, true);
    assert.equal(at([], start, start + 2 * day - 1)?.escalated, false);
  });

  it('is not guessed at: several stages and nobody has told', () => {
    assert.equal(at([], 0, start), undefined);
    assert.equal(openStage({ stages: [rule] }, { stages: [], stageSince: 0 }, asked, start)?.index, 0);
  });

  it('is not the one that should have run out long ago', () => {
    assert.equal(at([], start, start + 15 * day), undefined);
  });

  it('is none after a denial or after the last one', () => {
    assert.equal(at([{ ...byManager, result: 'denied' }], start, start), undefined);
    assert.equal(at([byManager, bySecurity], start, start), undefined);
  });
});

describe('the card of a stage', () => {
  it('knows which one it was made for', () => {
    for (const stage of [0, 1, 12]) {
      assert.equal(cardStage({ purpose: decidePurpose('q-1', 'p-1', stage) }), stage);
    }
  });
});

describe('reminders of a request that waits', () => {
  const notices = { timeZone: 'UTC', gaps: [day, 2 * day, 4 * day] };
  const next = (from: number, sent: number, deniedAt: number) => {
    const found = nextReminder(notices, { now: new Date(start + from), sent, deniedAt });
    return found && [found.at.getTime() - start, found.last];
  };

  it('come less and less often', () => {
    assert.deepEqual(next(0, 0, 0), [day, false]);
    assert.deepEqual(next(day, 1, 0), [3 * day, false]);
    assert.deepEqual(next(3 * day, 2, 0), [7 * day, false]);
  });

  it('end with a warning a day before Entra denies it by itself', () => {
    assert.deepEqual(next(11 * day, 4, start + 14 * day), [13 * day, true]);
  });

  it('warn half-way where there is less than a day', () => {
    assert.deepEqual(next(0, 0, start + 12 * hour), [6 * hour, true]);
  });

  it('are none where the quiet hours last until it is denied', () => {
    const quiet = { from: '00:00', to: '23:00' };
    const now = new Date(start);
    assert.equal(
      nextReminder({ ...notices, quiet }, { now, sent: 0, deniedAt: start + 2 * hour }),
      undefined,
    );
  });
});
