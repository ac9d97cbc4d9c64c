import assert from 'node:assert/strict';
import { endAfter } from '../../src/graph/access-schedule.js';
import { asHeld } from '../../src/graph/held-packages.js';

describe('a package that somebody holds', () => {
  const whole = {
    id: 'A1',
    state: 'Delivered',
    status: 'NearExpiry1DayNotificationTriggered',
    target: { id: 'record', objectId: 'MINA', displayName: 'Mina' },
    accessPackage: { id: 'AP', displayName: 'Prompt library' },
    assignmentPolicy: { id: 'POL' },
    schedule: {
      startDateTime: '2026-11-01T08:00:00Z',
      expiration: { type: 'afterDateTime', endDateTime: '2026-12-01T08:00:00Z' },
    },
    expiredDateTime: null,
  };

  it('is read with whose it is and until when', () => {
    assert.deepEqual(asHeld(whole), {
      id: 'a1',
      state: 'delivered',
      status: 'NearExpiry1DayNotificationTriggered',
      packageId: 'ap',
      packageName: 'Prompt library',
      policyId: 'pol',
      personId: 'mina',
      personName: 'Mina',
      startsAt: '2026-11-01T08:00:00Z',
      endsAt: '2026-12-01T08:00:00Z',
    });
  });

  it('may lack everything but its id', () => {
    for (const odd of [
      { id: 'A' },
      { id: 'A', target: null, accessPackage: null, schedule: null, state: null },
    ]) {
      const held = asHeld(odd);
      assert.deepEqual([held.personId, held.packageId, held.policyId, held.endsAt], ['', '', undefined, '']);
    }
    assert.throws(() => asHeld({ state: 'delivered' }), { code: 'graph.broken-answer' });
  });

  it('has ended when Entra ended it, and not when it was planned', () => {
    const held = asHeld({ ...whole, state: 'expired', expiredDateTime: '2026-11-11T11:00:00Z' });
    assert.deepEqual([held.state, held.endsAt], ['expired', '2026-11-11T11:00:00Z']);
  });

  it('ends after its time where Entra gives a length instead of a day', () => {
    const lasting = (duration: unknown, startDateTime: unknown = '2026-01-31T08:00:00Z') =>
      asHeld({ ...whole, schedule: { startDateTime, expiration: { type: 'afterDuration', duration } } })
        .endsAt;
    assert.equal(lasting('P30D'), '2026-03-02T08:00:00.000Z');
    for (const none of [
      lasting(null),
      lasting('P30D', null),
      lasting('soon'),
      lasting('P'),
      lasting('PT0S'),
    ]) {
      assert.equal(none, '');
    }
  });
});

describe('the end of a duration', () => {
  for (const [duration, end] of [
    ['P1Y', '2025-02-28T10:00:00.000Z'],
    ['P2W', '2024-03-13T10:00:00.000Z'],
    ['PT36H', '2024-02-29T22:00:00.000Z'],
    ['P1DT1H30M5S', '2024-02-29T11:30:05.000Z'],
    ['p1m', '2024-03-28T10:00:00.000Z'],
  ] as const) {
    it(`is known: ${duration}`, () => assert.equal(endAfter('2024-02-28T10:00:00Z', duration), end));
  }

  it('is not known of what is none, or leads out of time', () => {
    for (const none of ['', 'P', 'PT', '-P1D', 'P1.5D', 'P9999999D', 'one day']) {
      assert.equal(endAfter('2024-02-28T10:00:00Z', none), '', none);
    }
    assert.equal(endAfter('never', 'P1D'), '');
    assert.equal(endAfter('+275760-09-12T00:00:00Z', 'P9Y'), '');
  });
});
