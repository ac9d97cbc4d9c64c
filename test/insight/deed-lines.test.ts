import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dangers } from '../../src/insight/activity-danger.js';
import { type Deed, linesOf, mostTelling } from '../../src/insight/deed-lines.js';

function deed(what: string, minute: number, more: Partial<Deed> = {}): Deed {
  const at = new Date(Date.parse('2026-03-02T09:00:00Z') + minute * 60_000).toISOString();
  return { at, what, on: [], ok: true, danger: 'plain', ...more };
}
const told = (deeds: readonly Deed[], atMost = 10) =>
  mostTelling(linesOf(deeds), atMost).map(({ what, times }) => (times === 1 ? what : `${what} x${times}`));

describe('the lines of what was done', () => {
  it('are one for the same thing, from the first time to the last, with what it was done to', () => {
    const deeds = [
      deed('changed', 30, { on: ['C', 'D'] }),
      deed('changed', 10, { on: ['A', 'B'] }),
      deed('changed', 20, { on: ['B', 'E'] }),
    ];
    assert.deepEqual(linesOf(deeds), [
      {
        at: '2026-03-02T09:10:00.000Z',
        lastAt: '2026-03-02T09:30:00.000Z',
        what: 'changed',
        on: 'A, B, E, 2 more',
        ok: true,
        times: 3,
        danger: 'plain',
      },
    ]);
    const many = Array.from({ length: 1500 }, (_, n) => deed('changed', 1, { on: [`user ${n}`] }));
    assert.equal(linesOf(many)[0]?.on, 'user 0, user 1, user 2, 1,497 more');
  });

  it('keep apart what failed, and what is more dangerous', () => {
    const deeds = [
      deed('added', 1),
      deed('added', 2, { ok: false, danger: 'some' }),
      deed('added', 3, { danger: 'high' }),
    ];
    assert.equal(linesOf(deeds).length, 3);
  });

  it('tell of danger first, and then in the order of time', () => {
    const deeds = [
      deed('plain, early', 1),
      deed('some', 2, { danger: 'some' }),
      deed('high, late', 4, { danger: 'high' }),
      deed('high, early', 3, { danger: 'high' }),
      deed('plain, late', 5),
    ];
    assert.deepEqual(told(deeds), ['high, early', 'high, late', 'some', 'plain, early', 'plain, late']);
  });

  it('leave out what is least dangerous, and of that the oldest', () => {
    const deeds = [
      deed('high', 0, { danger: 'high' }),
      ...Array.from({ length: 20 }, (_, n) => deed(`plain ${n}`, n + 1)),
    ];
    assert.deepEqual(told(deeds, 3), ['high', 'plain 18', 'plain 19']);
  });

  it('count every deed once, and never hide a more dangerous line behind a lesser one', () => {
    const deeds = fc.array(
      fc.record({
        what: fc.constantFrom('a', 'b', 'c', 'd'),
        minute: fc.integer({ min: 0, max: 500 }),
        ok: fc.boolean(),
        danger: fc.constantFrom(...dangers),
      }),
    );
    fc.assert(
      fc.property(deeds, fc.nat(12), (all, atMost) => {
        const lines = linesOf(all.map(({ what, minute, ok, danger }) => deed(what, minute, { ok, danger })));
        assert.equal(
          lines.reduce((sum, { times }) => sum + times, 0),
          all.length,
        );
        const shown = mostTelling(lines, atMost);
        assert.equal(shown.length, Math.min(atMost, lines.length));
        const rank = (line: (typeof lines)[number]) => dangers.indexOf(line.danger);
        const least = Math.max(-1, ...shown.map(rank));
        const hidden = lines.filter((line) => !shown.includes(line));
        assert.ok(hidden.every((line) => rank(line) >= least));
      }),
    );
  });
});
