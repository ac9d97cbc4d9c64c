import assert from 'node:assert/strict';
import fc from 'fast-check';
import { day, hour, minute } from '../../src/base/clock.js';
import { nextNotice, outsideQuiet } from '../../src/policy/notices.js';
import type { Notices } from '../../src/policy/policy.js';

const vienna: Notices = {
  timeZone: 'Europe/Vienna',
  quiet: { from: '19:00', to: '07:30' },
  gaps: [4 * hour, day, 4 * day],
};
const moved = (notices: Notices, at: string): string => outsideQuiet(notices, new Date(at)).toISOString();
const quietFrom = (from: string, to: string): Notices => ({ ...vienna, quiet: { from, to } });

describe('reminders', () => {
  it('come with growing gaps, and the last gap repeats', () => {
    const now = new Date('2026-11-18T09:00:00Z');
    const gaps = [0, 1, 2, 3, 50].map((sent) => nextNotice(vienna, now, sent).getTime() - now.getTime());
    assert.deepEqual(gaps, [4 * hour, day, 4 * day, 4 * day, 4 * day]);
  });

  it('wait until the quiet hours are over', () => {
    assert.equal(
      nextNotice(vienna, new Date('2026-11-18T16:00:00Z'), 0).toISOString(),
      '2026-11-19T06:30:00.000Z',
    );
  });
});

describe('quiet hours', () => {
  it('leave the day as it is', () => {
    assert.equal(moved(vienna, '2026-11-18T12:34:56.789Z'), '2026-11-18T12:34:56.789Z');
  });

  it('begin with their first minute and end before their last', () => {
    assert.equal(moved(vienna, '2026-11-18T18:00:00Z'), '2026-11-19T06:30:00.000Z');
    assert.equal(moved(vienna, '2026-11-18T17:59:59Z'), '2026-11-18T17:59:59.000Z');
    assert.equal(moved(vienna, '2026-11-19T06:30:00Z'), '2026-11-19T06:30:00.000Z');
  });

  it('may lie within one day', () => {
    assert.equal(moved(quietFrom('12:00', '13:00'), '2026-11-18T11:15:20Z'), '2026-11-18T12:00:00.000Z');
  });

  it('are those of the zone', () => {
    const kathmandu = { ...vienna, timeZone: 'Asia/Kathmandu' };
    assert.equal(moved(kathmandu, '2026-11-18T20:00:00Z'), '2026-11-19T01:45:00.000Z');
  });

  it('end by the clock on the wall in the night it is put forward', () => {
    assert.equal(moved(vienna, '2026-03-29T00:30:00Z'), '2026-03-29T05:30:00.000Z');
  });

  it('end by the clock on the wall in the night it is put back', () => {
    assert.equal(moved(vienna, '2026-10-25T00:30:00Z'), '2026-10-25T06:30:00.000Z');
  });

  it('end at a time that does not exist in one night of the year', () => {
    const at = outsideQuiet(quietFrom('22:00', '02:30'), new Date('2026-03-29T00:30:00Z'));
    assert.ok(at.getTime() >= Date.parse('2026-03-29T01:00:00Z'), at.toISOString());
    assert.ok(at.getTime() <= Date.parse('2026-03-29T02:00:00Z'), at.toISOString());
  });

  it('may be left out', () => {
    const { quiet: _, ...always } = vienna;
    assert.equal(moved(always, '2026-11-18T23:00:00Z'), '2026-11-18T23:00:00.000Z');
  });

  it('only ever delay, by less than a day, to a time that is not quiet', () => {
    const times = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 45))
      .map(([hours, minutes]) => `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`);
    const zones = fc.constantFrom(
      'Europe/Vienna',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
      'UTC',
    );
    const moments = fc.date({
      min: new Date('2024-01-01'),
      max: new Date('2032-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(times, times, zones, moments, (from, to, timeZone, at) => {
        fc.pre(from !== to);
        const notices: Notices = { timeZone, quiet: { from, to }, gaps: [hour] };
        const after = outsideQuiet(notices, at);
        assert.ok(after >= at && after.getTime() - at.getTime() < day + 2 * hour + minute);
        assert.deepEqual(outsideQuiet(notices, after), after);
      }),
      { numRuns: 500 },
    );
  });
});
