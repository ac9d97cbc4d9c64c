import assert from 'node:assert/strict';
import { day } from '../../../../src/base/clock.js';
import {
  type DateRules,
  dayIn,
  readDates,
  startOfDay,
} from '../../../../src/flows/packages/ask/date-rules.js';

const rules: DateRules = {
  own: true,
  lasts: 'P30D',
  longest: undefined,
  renews: false,
  now: Date.parse('2026-11-20T08:00:00Z'),
  timeZone: 'Europe/Vienna',
};
const read = (change: Partial<DateRules>, startDate: string, endDate: string) =>
  readDates({ ...rules, ...change }, { startDate, endDate });
const fine = { start: '', end: '' };

describe('own dates on the form of a package', () => {
  it('left empty: as the policy says', () => {
    assert.deepEqual(read({}, '', ''), { startsAt: '', endsAt: '', problems: fine });
  });

  it('are whole days of the zone, the last one included', () => {
    assert.deepEqual(read({}, '2026-11-23', '2026-12-01'), {
      startsAt: '2026-11-22T23:00:00.000Z',
      endsAt: '2026-12-01T23:00:00.000Z',
      problems: fine,
    });
  });

  it('today means at once', () => assert.equal(read({}, '2026-11-20', '').startsAt, ''));

  it('the last possible day counts, though it is not over when the time is up', () => {
    assert.equal(read({}, '', '2026-12-20').endsAt, '2026-12-20T08:00:00.000Z');
    assert.match(read({}, '', '2026-12-21').problems.end, /last day you can ask for is 2026-12-20/);
  });

  it('a later start allows a later end', () => {
    assert.deepEqual(read({}, '2026-12-01', '2026-12-30').problems, fine);
  });

  it('a policy that ends on a day ends there, whenever it starts', () => {
    const lasts = '2026-12-10T23:00:00Z';
    assert.match(read({ lasts }, '', '2026-12-12').problems.end, /2026-12-11/);
    assert.match(read({ lasts }, '2026-12-20', '').problems.start, /ended/);
  });

  it('without a limit any end will do', () => {
    assert.deepEqual(read({ lasts: '' }, '', '2031-01-01').problems, fine);
  });

  it('guests get an end of ours where they leave it empty, and no later one', () => {
    const longest = 7 * day;
    assert.equal(read({ longest }, '', '').endsAt, '2026-11-27T08:00:00.000Z');
    assert.match(read({ longest }, '', '2026-12-20').problems.end, /2026-11-27/);
    assert.equal(read({ longest, lasts: 'P2D' }, '', '').endsAt, '2026-11-22T08:00:00.000Z');
  });

  it('where the policy has no own dates nothing is sent, guest or not', () => {
    const dates = read({ own: false, longest: day }, '2026-11-23', '2026-12-01');
    assert.deepEqual(dates, { startsAt: '', endsAt: '', problems: fine });
  });

  it('a longer stay goes on from what there is', () => {
    assert.equal(read({ renews: true }, '2026-11-23', '').startsAt, '');
  });

  for (const typed of ['2026-02-31', '20.11.2026', '0', '2026-11-20T00:00', '９９９９-01-01']) {
    it(`no day of the calendar: ${typed}`, () => {
      assert.notEqual(read({}, typed, '').problems.start, '');
      assert.notEqual(read({}, '', typed).problems.end, '');
    });
  }

  it('a day that is over, one far ahead, and an end before the start', () => {
    assert.match(read({}, '2026-11-19', '').problems.start, /over/);
    assert.match(read({}, '2028-01-01', '').problems.start, /within a year/);
    assert.match(read({}, '2026-12-01', '2026-11-25').problems.end, /after it starts/);
  });

  it('months and years are those of the calendar', () => {
    assert.match(read({ lasts: 'P1Y' }, '', '2027-11-21').problems.end, /2027-11-20/);
    assert.deepEqual(read({ lasts: 'P3M' }, '', '2027-02-20').problems, fine);
  });

  it('days begin where the people are, also when the clocks change', () => {
    assert.equal(startOfDay('2026-10-25', 'Europe/Vienna'), Date.parse('2026-10-24T22:00:00Z'));
    assert.equal(startOfDay('2026-10-26', 'Europe/Vienna'), Date.parse('2026-10-25T23:00:00Z'));
    assert.equal(dayIn(Date.parse('2026-11-20T23:30:00Z'), 'Europe/Vienna'), '2026-11-21');
  });
});
